"""Relations the question states between named quantities: "Katie has 4 times as many as Cole", "3 more than half of".

An entity is a proper name with the noun that is counted ("Katie", cookies) or a counted noun phrase ("red pens"). The
relation is always `subject = factor * other + offset`.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import takewhile
from typing import Final

import msgspec

from verifiers.extraction.words.nouns import NUMERALS, STOP, UNITS, WHOLE, is_plural, singular
from verifiers.notation.units import plural


def _words(text: str) -> str:
    return "|".join(text.split())


_SHARES: Final = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_ONES: Final = "|".join(word for word in NUMERALS if word not in ("zero", "hundred"))
_NO_NAMES: Final = _words(
    "The There They If When Then Each Every His Her He She It In On At And But This That So How What A An For After "
    "Before Since While Its Their We You My Our As To By From With Now Today Some All Both One Two"
)
NAME: Final = rf"(?!(?:{_NO_NAMES})\b)[A-Z][a-z]{{1,20}}(?: [A-Z][a-z]{{1,20}})?"
"""A proper name of one or two words."""
_ARTICLES: Final = frozenset({"the", "a", "an", "each", "one", "his", "her", "my"})
_THING: Final = r"(?:[Tt]he|[Aa]n?|[Ee]ach|[Oo]ne|[Hh]is|[Hh]er|[Mm]y) (?:[a-z]{2,20} ){0,2}?[a-z]{2,20}"
_PHRASE: Final = r"(?:[A-Za-z][a-z]{1,20} ){0,2}[a-z]{2,20}"
_PIECES: Final = {
    "A": rf"\b(?P<a>{NAME}|{_THING})(?:,? who| also| only| then| has to| can| could| will| would)?",
    "B": rf"(?P<b>{NAME}|{_THING})",
    "nameA": rf"\b(?P<a>{NAME})",
    "nameB": rf"(?P<b>{NAME})",
    "manyA": rf"(?P<a>{_PHRASE})",
    "manyB": rf"(?:there (?:are|were) |(?:the|his|her|he has|she has|they have) )?(?P<b>{_PHRASE})\b",
    "verb": r"(?P<verb>[a-z]{2,12})(?: about| exactly| currently| now| still)?",
    "factor": (
        rf"(?P<factor>twice|double|triple|thrice|half|(?:(?:one|a|two|three)[- ])?(?:{'|'.join(_SHARES)})s?"
        rf"|(?:\d{{1,6}}(?:\.\d{{1,4}})?|\d{{1,3}}/\d{{1,3}}|{_ONES})(?: and a half)? times"
        r"|\d{1,3}/\d{1,3}|\d{1,3}%)"
    ),
    "times": rf"(?P<factor>(?:\d{{1,6}}(?:\.\d{{1,4}})?|{_ONES}) times)",
    "offset": rf"(?P<offset>\$?\d{{1,3}}(?:,\d{{3}}){{1,2}}|\$?\d{{1,9}}(?:\.\d{{1,4}})?|{_ONES}|a dozen)",
    "percent": r"(?P<percent>\d{1,3})(?:%| percent)",
    "unit": r"(?:(?!times)[a-z]{3,12} )?",
    "sign": r"(?P<sign>more|fewer|less|older|younger|taller|shorter|heavier|lighter|longer)",
    "loose": r"(?P<loose>more|older|heavier|taller|longer|larger|bigger|faster)",
    "many": r"as (?:many|much|old|tall|heavy|long|fast|high|large|big|expensive)",
    "noun": r"(?: (?P<noun>(?!than|as)[a-z]{2,20}(?: (?!than\b|as\b)[a-z]{2,20}){0,2}))?",
    "count": rf"\$?(?:\d{{1,6}}|{_ONES})",
    "end": (
        r"(?=\s*(?:[.,;:?!]|$)|,? (?:does|do|did|has|had|is|was|[a-z]{3,10}s|can)\s*[.,;:?!]|,? (?:while|who|but)\b"
        r"|,? and (?:[a-z]+|[A-Z][a-z]+ (?:has|had|is|was|sold|made|ate))\b)"
    ),
}  # fmt: skip


def _form(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"@(\w+)", lambda match: _PIECES[match.group(1)], template))


_NAMED: Final = tuple(
    _form(template)
    for template in (
        r"@A @verb @factor @many@noun (?:as|than) @B@end",
        r"@A @verb @times @loose@noun than @B@end",
        r"@A @verb @percent @sign@noun than @B@end",
        r"@A @verb @offset @unit@sign@noun than @B@end",
        r"@A @verb @offset @unit@sign(?: [a-z]{3,20})? than @factor @many@noun (?:as|than) @B@end",
        r"@A @verb @factor the (?:number|amount) of@noun (?:as|than|that) @B@end",
        r"@A @verb @offset @sign than @factor the number of@noun (?:that )?@nameB (?:has|had|have|owns|did)@end",
        r"@A @verb @factor the (?:number|amount)(?: of@noun)? (?:that )?@nameB [a-z]{2,10}@end",
        r"@A @verb @count@noun(?:,? which (?:is|are|was|were)|,) @factor @many(?: [a-z]{3,20})? as @nameB@end",
        r"\b@nameB @verb @count@noun(?:,? and|,? while|,? but|\.) @nameA [a-z]{2,12} @factor (?:as|that) many"
        r"(?: [a-z]+)?(?=[.,;?!]| and\b)",
        r"@nameA['’]s@noun (?P<verb>is|was|weighs|costs|cost) @factor (?:@many as |that of )?@nameB"
        r"(?:['’]s [a-z]+)?@end",
    )
)
_COUNTED: Final = tuple(
    _form(template)
    for template in (
        r"\b@factor as many @manyA as @manyB",
        r"\b@times (?P<loose>more) @manyA than @manyB",
        r"\b@percent (?P<sign>more|fewer|less) @manyA than @manyB",
        r"\b@offset (?P<sign>more|fewer|less) @manyA than @manyB",
        r"\b@offset (?P<sign>more|fewer|less) (?:[a-z]{3,20} )?than @factor as many @manyA as @manyB",
        r"\b[Tt]he number of @manyA (?:is|was) @factor (?:as many as )?the number of @manyB",
        r"\b@count @manyB(?:,| and| but|, and)(?: [a-z]{2,10}){0,2}? @factor (?:as|that) many @manyA"
        r"(?=[.,;?!]| and\b)",
    )
)
_LESS: Final = frozenset({"fewer", "less", "younger", "shorter", "lighter"})
_NO_VERBS: Final = frozenset(
    {"and", "or", "of", "in", "on", "at", "to", "from", "for", "with", "but", "than", "as", "that", "if", "so", "while"}
    | {"by", "the", "each"}
)
_SHIFTING: Final = re.compile(
    r"\b(?:ago|from now|in \w+ years|years later|next year|last year|will be|used to|combined|together|average)\b",
    re.IGNORECASE,
)  # fmt: skip


class Entity(msgspec.Struct, frozen=True):
    """`owner` is a proper name or empty; `noun` the singular words of what is counted (the last is the head)."""

    owner: str
    noun: tuple[str, ...]
    verb: str = ""
    written: str = ""
    """The noun as the text has it."""

    @property
    def name(self) -> str:
        words = (self.written or " ".join(self.noun)).split()
        if words and words[-1] in WHOLE and not is_plural(words[-1]):
            words[-1] = plural(words[-1])
        noun = " ".join(words)
        return f"{self.owner}'s {noun}" if self.owner and noun else self.owner or noun


class Relation(msgspec.Struct, frozen=True, kw_only=True):
    """`subject = factor * other + offset`, with the words of the question."""

    subject: Entity
    other: Entity
    factors: tuple[Fraction, ...]
    """Two where the words are read either way: "three times more than" is 3 or 4 times."""
    offset: Fraction
    start: int
    end: int
    text: str


def _number(word: str) -> Fraction | None:
    word = word.lower().replace("$", "").replace(",", "").strip()
    if word == "a dozen":
        return Fraction(12)
    if word in NUMERALS:
        return Fraction(NUMERALS[word])
    try:
        return Fraction(word)
    except (ValueError, ZeroDivisionError):
        return None


def factor(words: str) -> Fraction | None:
    """`twice` is 2, `half` 1/2, `two-thirds` 2/3, `three times` 3, `2 and a half times` 5/2, `25%` 1/4."""
    words = words.lower().replace("-", " ")
    fixed = {"twice": 2, "double": 2, "triple": 3, "thrice": 3}
    if words in fixed:
        return Fraction(fixed[words])
    if words.endswith("%"):
        return Fraction(int(words[:-1]), 100)
    half = " and a half" in words
    words = words.replace(" and a half", "").removesuffix(" times")
    parts = words.split()
    denominator = _SHARES.get(parts[-1].removesuffix("s") if parts[-1] != "half" else "half")
    if denominator:
        above = {"a": 1, "one": 1, "two": 2, "three": 3}.get(parts[0], 1) if len(parts) > 1 else 1
        return Fraction(above, denominator)
    value = _number(words)
    return value + Fraction(1, 2) if half and value is not None else value


def _noun(words: str | None) -> tuple[str, ...]:
    """The words before the first that cannot belong to a noun phrase."""
    return tuple(takewhile(lambda word: word not in STOP, (words or "").split()))


def _entity(owner: str, words: tuple[str, ...], verb: str = "") -> Entity:
    return Entity(owner, tuple(singular(word) for word in words), verb, " ".join(words))


def _owner(words: str) -> str:
    """Proper names stay, "the red hat" becomes "red hat"."""
    article, _, rest = words.partition(" ")
    return rest if article.lower() in _ARTICLES else words


def _parts(match: re.Match[str]) -> tuple[Fraction, Fraction] | None:
    groups = match.groupdict()
    k: Fraction | None = Fraction(1)
    shift: Fraction | None = Fraction(0)
    if groups.get("factor"):
        k = factor(groups["factor"])
    if groups.get("offset"):
        shift = _number(groups["offset"])
        if shift is not None and groups["sign"] in _LESS:
            shift = -shift
    if groups.get("percent"):
        change = Fraction(int(groups["percent"]), 100)
        k = 1 - change if groups["sign"] in _LESS else 1 + change
    return None if k is None or shift is None else (k, shift)


def relations(text: str) -> Iterator[Relation]:
    """The relations of a text, in order. Those that speak of another time or of a rate are left out."""
    seen: set[int] = set()
    for pattern in (*reversed(_NAMED), *reversed(_COUNTED)):
        for match in pattern.finditer(text):
            parts = _parts(match)
            if parts is None or match.end() in seen or _SHIFTING.search(_sentence(text, match.start())):
                continue
            groups = match.groupdict()
            if groups.get("verb") is not None:
                noun = _noun(groups.get("noun"))
                if groups["verb"] in _NO_VERBS:
                    continue
                if STOP.intersection((match.group("a") + " " + match.group("b")).split()[1:]) - _ARTICLES:
                    continue
                subject = _entity(_owner(match.group("a")), noun, groups["verb"])
                other = _entity(_owner(match.group("b")), noun, groups["verb"])
            else:
                a, b = _noun(match.group("a")), _noun(match.group("b"))
                phrases = (match.group("a") + " " + match.group("b")).split()
                if not a or not b or a == b or {singular(a[-1]), singular(b[-1])} & UNITS.keys() or "of" in phrases:
                    continue
                if match.group("b")[0].isupper() and len(b) == 1:
                    continue
                if len(b) == 1 and len(a) > 1 and b[0] != a[-1] and b[0].endswith("ed"):
                    continue
                subject, other = _entity("", a), _entity("", b)
            if subject.name == other.name:
                continue
            seen.add(match.end())
            yield Relation(
                subject=subject,
                other=other,
                factors=(parts[0], parts[0] + 1) if groups.get("loose") else (parts[0],),
                offset=parts[1],
                start=match.start(),
                end=match.end(),
                text=match.group().strip(),
            )


def _sentence(text: str, at: int) -> str:
    start = max(text.rfind(mark, 0, at) for mark in ".?!")
    ends = [end for mark in ".?!" if (end := text.find(mark, at)) >= 0]
    return text[start + 1 : min(ends, default=len(text))]
