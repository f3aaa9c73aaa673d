"""Dice that are rolled: their total, what one of them shows, how many of them show it.

Chances are quotients of counts, of the outcomes that meet the event and of all, so that every case is tried.
"""

import re
from collections.abc import Mapping
from itertools import combinations
from typing import Final

from verifiers.expr import Apply, Expr, Sym, app, num
from verifiers.extraction.results.conditions import Value, both, condition
from verifiers.extraction.results.matched import rational
from verifiers.extraction.results.skeleton import Skeleton

_MOST_DICE: Final = 5
_MOST_ROLLED: Final = 30
_MOST_OUTCOMES: Final = 50_000
DIE: Final = Sym("d_1")
_THE_DIE: Final = app("tuple", DIE)

_ASK: Final = r"(?:what is|what's|find|compute|determine|calculate) the probability (?:(?:that|of) )?"
_KIND: Final = (
    r"(?P<kind>(?:(?:fair|standard|ordinary|regular|normal|unbiased|balanced|different|distinct|identical"
    r"|cubic|cubical|«\d+»[- ]sided|,)(?: and)? ?)*)"
)
_ROLLED: Final = r"(?:rolled|thrown|tossed|cast|rolls?|throws?|toss|tosses)"
_TIMES: Final = r"(?P<times> (?:once|twice|«\d+» times))?"
_AND: Final = r"(?: simultaneously| together| at once| at the same time| one time)*"
_WHO: Final = r"(?:you|i|we|he|she|[a-z]+)"
_DICE: Final = rf"(?P<many>a pair of|«\d+») {_KIND}dice"
_ONE: Final = rf"(?:an?|one|the same|a single) {_KIND}die"
_SETUPS: Final = (
    rf"{_DICE} are (?:each )?{_ROLLED}(?: once)?",
    rf"(?P<many>a pair of) {_KIND}dice is {_ROLLED}(?: once)?",
    rf"{_WHO} {_ROLLED} {_DICE}(?: once)?",
    rf"{_ONE} is {_ROLLED}{_TIMES}",
    rf"{_WHO} {_ROLLED} {_ONE}{_TIMES}",
)
_NUMBERED: Final = (
    r"(?:(?: // the|,? each with|,? with)(?: «\d+»)? (?:faces"
    r"|sides)(?: of each die)?(?: are)? numbered (?:from )?(?:one|«(?P<low>\d+)») (?:to|through) «(?P<high>\d+)»)?"
)
_FORWARD: Final = tuple(
    re.compile(rf"(?:if |when |suppose )?{setup}{_AND}{_NUMBERED}(?: //|,) {_ASK}(?P<event>[^/]+)") for setup in _SETUPS
)
_BACKWARD: Final = tuple(
    re.compile(
        rf"{_ASK}(?P<event>[^/]+?) (?:when|if|with|on|using|in|from|by|after) (?:rolling |throwing "
        rf"|tossing )?{rolls}{_AND}"
    )
    for rolls in (
        rf"{_DICE}(?: are {_ROLLED})?",
        rf"{_WHO} {_ROLLED} {_DICE}",
        rf"(?P<many>a pair of) {_KIND}dice is {_ROLLED}",
        rf"{_ONE}(?: is {_ROLLED})?{_TIMES}(?: numbered (?:one|«(?P<low>\d+)») (?:to|through) «(?P<high>\d+)»)?",
        rf"(?:a|one|a single) roll of {_ONE}",
        rf"(?P<many>«\d+») rolls of {_ONE}",
    )
)
_TOTAL_OF: Final = re.compile(
    rf"{_ASK}(?P<event>the (?:sum|total|product)(?: of the numbers)?)(?: rolled| obtained)? (?:of|on|rolled on"
    rf"|when rolling|from rolling)"
    rf" (?P<many>«\d+») (?:rolled )?{_KIND}dice(?P<rest> is [^/]+)"
)
_TOTAL: Final = re.compile(
    r"(?:the |their |your )?(?P<what>sum|total|product)(?: of)?(?: the)?(?: «\d+»)?(?: (?:numbers|values|dice|rolls"
    r"|results|faces"
    r"|outcomes|top faces|face values|numbers rolled|numbers shown|numbers obtained|numbers showing"
    r"|(?:chosen|selected|drawn) numbers|integers))?"
    r"(?: (?:rolled|shown|showing|obtained|chosen|selected|drawn|picked"
    r"|on the (?:top faces|dice|two dice|«\d+» dice|faces)|that (?:are|is) rolled"
    r"|that come up"
    r"|that appear))*"
)
_GETTING: Final = re.compile(
    rf"^(?:(?:rolling|getting|obtaining|throwing)|{_WHO} (?:will )?(?:rolls?|gets?|obtains?)) an? (sum|total|product)"
    r" (?:of|that is|which is|equal to)? ?"
)
_HAVING: Final = re.compile(
    r"^(?:they|the (?:«\d+» )?(?:numbers|dice)(?: rolled| shown)?) (?:have a sum|have a total|add up to|sum to|total"
    r"|add to)(?: of)? "
)
_DOUBLES: Final = re.compile(
    r"(?:rolling|getting|obtaining|throwing) (?:doubles|a double|the same number(?: on (?:both|all"
    r"|all «\d+»)(?: of the)?(?: dice)?)?)"
    r"|doubles (?:are|is) rolled|(?:you|he|she|[a-z]+) (?:rolls?|gets?) doubles"
)
_DIFFERENT: Final = re.compile(
    r"(?:the |all |both |all the )*(?:«\d+» )?(?:numbers|dice|rolls|values|faces)(?: rolled| shown)* ?"
    r"(?:are|show)(?: all)? (?:different|distinct)(?: numbers| values)?"
    r"|(?:rolling|getting|obtaining) «(?P<many>\d+)» (?:different|distinct) numbers"
)
_SAME: Final = re.compile(
    r"(?:the |all |both |all the )*(?:«\d+» )?(?:numbers|dice|rolls|values|faces)?(?: rolled| shown)* ?"
    r"(?:are|show|match|come up)(?: all)?(?: the)?(?: same| equal)?(?: number| value)?"
)
_HOW: Final = r"(?P<how>at least |at most |exactly |only |no more than |more than |fewer than |less than )?"
_COUNTED: Final = re.compile(
    rf"{_HOW}(?P<k>both|all|all «\d+»|neither|none|each|one|«\d+»)(?: of (?:the|them|these)(?: «\d+»)?)?"
    r"(?: (?:dice|die|numbers|number|rolls|roll|throws))?(?: rolled| shown)? "
    r"(?:(?:show|shows|come up|comes up|land on|lands on|is|are|will be|result in|turns? up)) (?P<what>.+)"
)
_ROLLING: Final = re.compile(
    rf"(?:rolling|getting|obtaining|throwing|seeing|{_WHO} (?:will )?(?:rolls?|gets?|obtains?)|there (?:is"
    rf"|are)) {_HOW}(?P<k>one|an?|no|«\d+»)"
    r" (?P<what>.+?)(?P<each> on (?:both|all|each)(?: of the)?(?: «\d+»)? (?:rolls|throws|dice|roll|throw|die|tosses)"
    r"| (?:both|all «\d+») times| each time)?"
)
_PRONOUN: Final = re.compile(
    r"(?:it|the (?:(?:resulting|rolled|top) )?(?:number|value|result|outcome|die|roll|face)"
    r"(?: (?:rolled|shown|obtained|showing|on the (?:die|top face)|that (?:comes up|appears|is rolled)))?)"
)


def rolled(text: str, skeleton: Skeleton, value: Value) -> list[Expr]:
    """Readings of a whole question about dice, its sentences joined by " // "."""
    if "probability" not in text or not re.search(r"\bdi[ec]e?\b", text):
        return []
    if (match := _TOTAL_OF.fullmatch(text)) is not None:
        return _chances(match.groupdict(), match["event"] + match["rest"], skeleton, value)
    for pattern in (*_FORWARD, *_BACKWARD):
        if (match := pattern.fullmatch(text)) is not None:
            found = _chances(match.groupdict(), match["event"], skeleton, value)
            if found:
                return found
    return []


def _chances(said: Mapping[str, str | None], event: str, skeleton: Skeleton, value: Value) -> list[Expr]:
    many = _many(said, skeleton)
    sides = _sides(said["kind"] or "", skeleton)
    if many is None or sides is None or not 1 <= many <= _MOST_ROLLED or not 2 <= sides <= _MOST_OUTCOMES:
        return []
    low, high = (rational(skeleton.tree(said[name] or "")) if said.get(name) else None for name in ("low", "high"))
    if said.get("high") and (high != sides or (said.get("low") and low != 1)):
        return []
    one = app("in", DIE, app("range", num(1), num(sides)))
    if many == 1:
        face = _alone(event, skeleton, value)
        return [] if face is None else [quotient(_THE_DIE, one, face)]
    counts = counted(event, many, skeleton, value)
    if counts is not None:
        face, allowed = counts
        share = quotient(_THE_DIE, one, face)
        return [_binomial(many, share, reading) for reading in allowed]
    if many > _MOST_DICE or sides**many > _MOST_OUTCOMES:
        return []
    dice = [Sym(f"d_{k}") for k in range(1, many + 1)]
    space = both(*(app("in", die, app("range", num(1), num(sides))) for die in dice))
    met = together(event, dice, skeleton, value)
    return [] if met is None else [quotient(Apply("tuple", tuple(dice)), space, met)]


def _many(said: Mapping[str, str | None], skeleton: Skeleton) -> int | None:
    many, times = said.get("many"), (said.get("times") or "").strip()
    if many == "a pair of" or times == "twice":
        return 2
    slot = re.search(r"\d+", many or times)
    if slot is None:
        return 1 if times in ("", "once") else None
    value = rational(skeleton.tree(slot.group()))
    return int(value) if value is not None and value.denominator == 1 else None


def _sides(kind: str, skeleton: Skeleton) -> int | None:
    slot = re.search(r"«(\d+)»", kind)
    value = rational(skeleton.tree(slot.group(1))) if slot else 6
    return int(value) if value is not None and value.denominator == 1 else None


def quotient(letter: Expr, space: Expr, event: Expr) -> Expr:
    def count(met: Expr) -> Expr:
        return app("call", Sym("count"), app("such_that", letter, met))

    return app("div", count(both(space, event)), count(space))


def _binomial(n: int, share: Expr, allowed: range) -> Expr:
    """Chance that the number of dice that show something lies in a range, where each does with chance `share`."""
    rest = app("add", num(1), app("neg", share))
    terms = [
        app("mul", app("binom", num(n), num(k)), app("pow", share, num(k)), app("pow", rest, num(n - k)))
        for k in allowed
        if 0 <= k <= n
    ]
    return app("add", *terms) if len(terms) > 1 else terms[0] if terms else num(0)


def _alone(event: str, skeleton: Skeleton, value: Value) -> Expr | None:
    """What one die shows: "getting a number greater than 4", "it is odd"."""
    event = re.sub(r"^(?=an? )", "it is ", event)
    bare = re.sub(r"^not (?:rolling|getting|obtaining|throwing) ", "it is not ", event)
    bare = re.sub(rf"^(?:rolling|getting|obtaining|throwing|{_WHO} (?:will )?(?:rolls?|gets?)) ", "it is ", bare)
    bare = re.sub(r"^(?:the die|it) (?:shows|lands on|comes up) ", "it is ", bare)
    match = re.fullmatch(r"(?P<subject>.+?) is (?P<not>not )?(?P<what>.+)", bare)
    if match is None or not _PRONOUN.fullmatch(match["subject"]):
        return None
    face = _face(match["what"], skeleton, value)
    return None if face is None else app("not", face) if match["not"] else face


def _face(phrase: str, skeleton: Skeleton, value: Value) -> Expr | None:
    """A condition on the number that one die shows: "a six", "an even number", "a 1 or a 2", "less than 3"."""
    phrase = re.sub(r"^(?:either )?(?:an? |the )?(?:number |numbers )?(?:that (?:is|are) )?", "", phrase.strip())
    phrase = re.sub(r" of dots$", "", phrase)
    if phrase in _NUMERALS:
        return app("eq", DIE, num(_NUMERALS[phrase]))
    phrase = re.sub(r"^(odd|even|prime|composite) numbers?$|^(odd|even|prime|composite)s?$", r"\1\2", phrase)
    if re.fullmatch(r"«\d+»(?:(?:, or |, | or )(?:an? )?«\d+»)+", phrase):
        slots = [skeleton.tree(slot) for slot in re.findall(r"«(\d+)»", phrase)]
        return app("or", *(app("eq", DIE, tree) for tree in slots if tree is not None)) if None not in slots else None
    if " or " in phrase and not re.search(r"than or equal", phrase):
        return None

    def read(subject: str) -> Expr | None:
        return DIE if subject == "it" else value(subject)

    return condition(f"it is {phrase}", DIE, skeleton, read)


def counted(event: str, n: int, skeleton: Skeleton, value: Value) -> tuple[Expr, list[range]] | None:
    """How many of the dice show what: "at least one shows a 6", "getting exactly two sixes"."""
    match = _COUNTED.fullmatch(event) or _ROLLING.fullmatch(event)
    if match is None or re.search(r"sum|total|product|same|double", event):
        return None
    what = re.sub(r"^an? ", "", match["what"])
    what = re.sub(r"^(\w+?)e?s$", lambda m: _PLURALS.get(m.group(), m.group()), what)
    face = _face(what, skeleton, value)
    if face is None or re.match(r"not\b", what) or re.search(r"(?<!than) or ", what):
        return None
    how, said = (match["how"] or "").strip(), match["k"]
    each = match.groupdict().get("each")
    if said.startswith(("both", "all", "each")) or each:
        slot = re.search(r"«(\d+)»", said)
        if how or (said == "both" and n != 2) or (slot and not each and rational(skeleton.tree(slot.group(1))) != n):
            return None
        return (face, [range(n, n + 1)]) if said != "no" and not (each and "both" in each and n != 2) else None
    if said in ("neither", "none", "no"):
        return None if how or (said == "neither" and n != 2) else (face, [range(1)])
    number = 1 if said in ("a", "an", "one") else rational(skeleton.tree(said.strip("«»")))
    if number is None or number.denominator != 1 or not 0 <= number <= n:
        return None
    return face, _ranges(how, int(number), n)


_NUMERALS: Final[Mapping[str, int]] = {
    "ones": 1, "twos": 2, "threes": 3, "fours": 4, "fives": 5, "sixes": 6, "sixe": 6,
}  # fmt: skip
_PLURALS: Final[Mapping[str, str]] = {"evens": "even", "odds": "odd", "primes": "prime"}


def _ranges(how: str, k: int, n: int) -> list[range]:
    """Without a word on it, "two sixes" are exactly two, and for some at least two."""
    match how:
        case "at least":
            return [range(k, n + 1)]
        case "at most" | "no more than":
            return [range(k + 1)]
        case "more than":
            return [range(k + 1, n + 1)]
        case "fewer than" | "less than":
            return [range(k)]
        case "exactly" | "only":
            return [range(k, k + 1)]
    return [range(k, k + 1), range(k, n + 1)] if k < n else [range(n, n + 1)]


def together(text: str, dice: list[Sym], skeleton: Skeleton, value: Value) -> Expr | None:
    """What all dice show together."""
    if _DOUBLES.fullmatch(text) or (_SAME.fullmatch(text) and re.search(r"same|equal|match", text)):
        return both(*(app("eq", dice[0], die) for die in dice[1:])) if "double" not in text or len(dice) == 2 else None

    def total(phrase: str) -> Expr | None:
        found = _TOTAL.fullmatch(phrase)
        if found is None:
            return value(phrase)
        return Apply("mul" if found["what"] == "product" else "add", tuple(dice))

    if (match := _DIFFERENT.fullmatch(text)) is not None:
        if match["many"] and rational(skeleton.tree(match["many"])) != len(dice):
            return None
        return both(*(app("ne", a, b) for a, b in combinations(dice, 2)))
    text = _GETTING.sub(r"the \1 is ", _HAVING.sub("the sum is ", text))
    if not re.match(r"(?:the |their |your )?(?:sum|total|product)\b", text):
        return None
    either = re.fullmatch(r"(?P<whole>.+ is )(?:either )?(?P<a>«\d+») or (?P<b>«\d+»)", text)
    if either:
        made = [condition(f"{either['whole']}{either[name]}", Sym("n_"), skeleton, total) for name in "ab"]
        return app("or", *(one for one in made if one is not None)) if None not in made else None
    return condition(text, Sym("n_"), skeleton, total)
