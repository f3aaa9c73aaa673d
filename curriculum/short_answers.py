"""Short answers held against the accepted ones: what each says is compared, not how alike they look.

Dates, numbers and article numbers decide by themselves. Words decide where they are the same, where one answer says
what the other denies, and where each has words of its own. What is spelled nearly alike, says less or more than the
accepted answer, or names several things is left undecided.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Final, TypeAlias

from curriculum.grades import Grade, Outcome, right, undecided, wrong
from curriculum.said import Fact, Said, said
from curriculum.word_lists import SAYING_NO, SAYING_YES
from verifiers.equality.outcome import Comparison
from verifiers.expr import Text
from verifiers.notation import Unread, read

Compare: TypeAlias = Callable[[str, str], Comparison]

LONGEST: Final = 2_000
"""Code points of an answer that are read."""
_NOT: Final = ("un", "in", "im", "il", "ir", "non", "dis", "anti")
_FORMULA: Final = re.compile(r"[\d=+*/^√π\\<>≤≥]|\bsqrt\b")
_CODE: Final = re.compile(r"[A-Za-z]+\d\w*|\d+[A-Z]\w*")
_FEW: Final = 4
"""Words of its own on either side up to which two answers are held to say different things."""
_ORDERED: Final = re.compile(r"\b(order|sequence|chronolog\w*|respectively|first to last|arrange)\b", re.IGNORECASE)


def grade_short(accepted: Sequence[str], given: str, stem: str, compare: Compare) -> Grade:
    """The best grade against any accepted answer."""
    if len(given) > LONGEST:
        return undecided(f"the answer is longer than {LONGEST:,} characters")
    grades = [_against(one, given, stem, compare) for one in accepted]
    for outcome in (Outcome.RIGHT, Outcome.UNDECIDED):
        if found := next((grade for grade in grades if grade.outcome is outcome), None):
            return found
    return grades[0]


def _against(accepted: str, given: str, stem: str, compare: Compare) -> Grade:
    if _plain(accepted) == _plain(given):
        return right(f"is the accepted answer “{accepted}”")
    key, answer, asked = said(accepted), said(given), said(stem)
    if _is_formula(accepted, key) and _is_formula(given, answer):
        return _by_value(accepted, given, compare)
    return _by_words(key, answer, asked)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold().strip(" .,;:!?\"'“”‘’")


def _is_formula(text: str, what: Said) -> bool:
    """Whether it is to be compared by value: a number, a quantity, an expression, and nothing that is a name."""
    if not _FORMULA.search(text) or what.negations or what.hedged or (what.alternatives and "/" not in text):
        return False
    if any(fact.kind in ("date", "reference", "ordinal") or fact.unit == "bc" for fact in what.facts):
        return False
    if _CODE.search(text):
        return False
    tree = read(text)
    return not isinstance(tree, Unread | Text)


def _by_value(accepted: str, given: str, compare: Compare) -> Grade:
    found = compare(accepted, given)
    if found.label == "equal":
        return right(f"has the value of “{accepted}”: {found.reason}")
    if found.label == "different":
        return wrong(f"“{given.strip()}” is not “{accepted}”: {found.reason}")
    return undecided(f"“{given.strip()}” and “{accepted}” could not be compared: {found.reason}")


def _by_words(key: Said, answer: Said, asked: Said) -> Grade:
    sides = [_plain(what.text) for what in (key, answer)]
    for yes, no in ((SAYING_YES, SAYING_NO), (SAYING_NO, SAYING_YES)):
        if sides[0] in yes and sides[1] in yes | no:
            return right(f"says “{key.text}”") if sides[1] in yes else wrong(f"says the opposite of “{key.text}”")
    if not answer.words and not answer.facts:
        return undecided("says nothing that could be compared")
    if answer.alternatives and not key.alternatives:
        return undecided("names more than one answer")
    facts = _facts(key, answer, asked)
    if facts is not None and facts.outcome is Outcome.WRONG:
        return wrong(facts.why) if (key.negations - answer.negations) % 2 == 0 else undecided("denies something else")
    words = _words(key, answer, asked)
    if (key.negations - answer.negations) % 2:
        same = words.outcome is Outcome.RIGHT and facts is None
        return wrong(f"says the opposite of “{key.text}”") if same else undecided("one of the two answers is negated")
    if answer.hedged and answer.hedged != key.hedged and answer.facts:
        return undecided(f"says “{answer.hedged}”")
    if words.outcome is Outcome.WRONG:
        return words
    if facts is not None:
        return facts
    return words


def _facts(key: Said, answer: Said, asked: Said) -> Grade | None:
    """What the exact parts come to; None where they agree."""
    left = list(answer.facts)
    missing: list[Fact] = []
    doubt = ""
    for fact in key.facts:
        ranked = sorted(left, key=lambda other: _rank(fact, other))
        if ranked and _rank(fact, ranked[0]) < 2:
            left.remove(ranked[0])
            if _rank(fact, ranked[0]) == 1:
                doubt = doubt or f"“{ranked[0].text}” may or may not be meant as “{fact.text}”"
        else:
            missing.append(fact)
    known = [fact for fact in left if any(_rank(fact, other) == 0 for other in asked.facts)]
    extra = [fact for fact in left if fact not in known]
    for fact in missing:
        rival = next((other for other in (*extra, *known) if _alike(fact, other)), None)
        if rival is not None:
            return wrong(f"says “{rival.text.strip()}” where “{fact.text.strip()}” is right")
    if missing:
        return undecided(f"does not say “{missing[0].text.strip()}”")
    if extra:
        return undecided(f"also says “{extra[0].text.strip()}”")
    return undecided(doubt) if doubt else None


def _alike(one: Fact, other: Fact) -> bool:
    """Whether two facts answer the same question, so that one excludes the other."""
    if {one.kind, other.kind} <= {"number", "ordinal"}:
        return True
    if "reference" in (one.kind, other.kind) and {one.kind, other.kind} & {"number", "ordinal"}:
        return "years" not in (one.unit, other.unit)
    if {one.kind, other.kind} == {"date", "number"}:
        return True
    return one.kind == other.kind


def _rank(one: Fact, other: Fact) -> int:
    """0 the same, 1 may be the same, 2 not the same; the first is the key's."""
    if one.kind == "date" and other.kind == "date":
        return min(_dates(a, b) for a in _readings(one) for b in _readings(other)) or bool(one.other or other.other)
    if {one.kind, other.kind} == {"date", "number"}:
        dated, year = (one, other) if one.kind == "date" else (other, one)
        return 1 if isinstance(dated.value, tuple) and Fraction(dated.value[0]) == year.value else 2
    if one.kind == "reference" and other.kind == "reference":
        return _references(one, other)
    if "reference" in (one.kind, other.kind) and {one.kind, other.kind} & {"number", "ordinal"}:
        named, number = (one, other) if one.kind == "reference" else (other, one)
        return 0 if named.value == (str(number.value),) and named.unit != "years" else 2
    if {one.kind, other.kind} <= {"number", "ordinal"}:
        if one.value != other.value or (other.unit == "bc" != one.unit) or (one.unit == "bc" and other.unit == "ad"):
            return 2
        if one.unit != other.unit and {"%", "bc"} & {one.unit, other.unit}:
            return 1
        return 1 if one.kind != other.kind and (one.counted or other.counted) else 0
    return 2


def _readings(fact: Fact) -> tuple[tuple[int, int, int], ...]:
    assert isinstance(fact.value, tuple)
    first = tuple(map(int, fact.value))
    return ((first[0], first[1], first[2]),) + ((fact.other,) if fact.other else ())


def _dates(one: tuple[int, int, int], other: tuple[int, int, int]) -> int:
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a and b]
    if any(a != b for a, b in pairs):
        return 2
    return 0 if one == other else 1


def _references(one: Fact, other: Fact) -> int:
    if one.unit != other.unit and one.unit and other.unit:
        return 2
    assert isinstance(one.value, tuple)
    assert isinstance(other.value, tuple)
    if one.value == other.value:
        return 0
    shorter = min(len(one.value), len(other.value))
    return 1 if one.value[:shorter] == other.value[:shorter] else 2


def _words(key: Said, answer: Said, asked: Said) -> Grade:
    """What the words come to, with those of the question left out where something is left on both sides."""
    mine, theirs = list(key.words), list(answer.words)
    known = set(asked.words)
    core = [word for word in mine if word not in known], [word for word in theirs if word not in known]
    bare = (core[0] or key.facts) and (core[1] or answer.facts)
    spoken = theirs if not core[1] else [word for word in theirs if word not in known or word in mine]
    one, other = core if bare else (mine, spoken)
    if one == other or mine == theirs:
        return right(f"says “{key.text}”")
    if Counter(one) == Counter(other):
        return _reordered(key, answer, asked)
    if _initials(key.text, one, answer.text, other):
        return right(f"is “{key.text}” with initials")
    if _acronym(key.text, answer.words) or _acronym(answer.text, key.words):
        return right(f"is short for “{key.text}”" if len(answer.text) < len(key.text) else f"spells “{key.text}” out")
    lacks, adds = list((Counter(one) - Counter(other)).elements()), list((Counter(other) - Counter(one)).elements())
    swapped = [(a, b) for a, b in zip(mine, theirs, strict=False) if a != b]
    if not lacks and len(mine) == len(theirs) > len(swapped) == 1:
        return wrong(f"says “{answer.text.strip()}” where “{key.text}” is right")
    if not lacks:
        return undecided(f"says more than “{key.text}”: “{' '.join(adds)}”")
    if not adds:
        return undecided(f"says less than “{key.text}”")
    if len(lacks) == len(adds) == 1:
        if _denies(lacks[0], adds[0]):
            return wrong(f"says the opposite of “{key.text}”")
        if _near(lacks[0], adds[0]):
            return undecided(f"“{adds[0]}” is spelled nearly like “{lacks[0]}”")
    if len(lacks) <= _FEW and len(adds) <= _FEW:
        return wrong(f"says “{' '.join(adds)}” where “{' '.join(lacks)}” is right")
    return undecided("says it in other words")


def _reordered(key: Said, answer: Said, asked: Said) -> Grade:
    listed = len(key.parts) > 1 and not _ORDERED.search(asked.text)
    if listed and set(key.parts) == set(answer.parts):
        return right("names the same, in another order")
    inverted = any(re.search(r"\bof\b|,", text) for text in (key.text, answer.text))
    rotated = any(list(key.words[at:] + key.words[:at]) == list(answer.words) for at in range(1, len(key.words)))
    if inverted and rotated:
        return right(f"says “{key.text}” in another order")
    return undecided("the same words in another order")


def _initials(key: str, one: Sequence[str], answer: str, other: Sequence[str]) -> bool:
    """`B. R. Ambedkar` and `Bhimrao Ramji Ambedkar`: as many names, each the same or the other's initial."""
    if len(one) != len(other) or len(one) < 2 or one[-1] != other[-1] or len(one[-1]) < 3:
        return False
    if not all(text.strip()[:1].isupper() for text in (key, answer)):
        return False
    pairs = list(zip(one[:-1], other[:-1], strict=True))
    return all(a == b or (a[0] == b[0] and 1 in (len(a), len(b))) for a, b in pairs)


def _acronym(short: str, words: Sequence[str]) -> bool:
    letters = short.replace(".", "").strip()
    return (
        2 <= len(letters) <= 8
        and letters.isalpha()
        and letters.isupper()
        and len(words) == len(letters)
        and "".join(word[0] for word in words) == letters.casefold()
    )


def _denies(one: str, other: str) -> bool:
    return any(long == prefix + short for prefix in _NOT for long, short in ((one, other), (other, one)))


def _near(one: str, other: str) -> bool:
    """One slip of the pen apart (two in long words); short words are not."""
    most = 2 if min(len(one), len(other)) >= 9 else 1
    return min(len(one), len(other)) >= 4 and _distance(one, other, most) <= most


def _distance(one: str, other: str, most: int) -> int:
    """Letters to change, drop, add or swap with the next (Damerau 1964); more than `most` is not counted out."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
