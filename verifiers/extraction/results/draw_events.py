"""What may come of a draw, in words: "both are aces", "drawing a king and a queen", "they are the same color"."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from verifiers.extraction.results.matched import rational
from verifiers.extraction.results.populations import Draw, Part
from verifiers.extraction.results.skeleton import Skeleton

_VERBED: Final = r"(?:drawn|chosen|selected|picked|dealt|taken|removed|pulled)"
_VERB: Final = r"(?:draws?|gets?|picks?|selects?|chooses?|takes?|pulls?|removes?|obtains?)"
_DOING: Final = r"(?:drawing|getting|picking|selecting|choosing|taking|pulling|obtaining|being dealt|removing)"
_WHO: Final = r"(?:you|he|she|i|we|they|[a-z]+)"
_MANY: Final = (
    r"(?P<how>at least |at most |exactly |only |more than |fewer than |less than |no more than |no fewer than )?"
    r"(?P<k>one|\d+|an?|the)"
)
_ENTRY: Final = re.compile(rf"(?:{_MANY}|(?P<all>both|all|no)) (?P<part>[a-z\d -]+)")
_TURNS: Final = r"(?: on (?:both|all|each) (?:of the )?(?:draws|occasions)| in a row| in succession| each time)?"


_PLURALS: Final = {
    "twos": "2s", "threes": "3s", "fours": "4s", "fives": "5s", "sixes": "6s", "sevens": "7s", "eights": "8s",
    "nines": "9s", "tens": "10s",
}  # fmt: skip


def event(text: str, draw: Draw, skeleton: Skeleton) -> tuple[Fraction, ...]:
    """The chance of the event under each of its readings; none where it is not understood."""
    text = re.sub(rf"\b({'|'.join(_PLURALS)})\b", lambda m: _PLURALS[m.group()], text)
    text = re.sub(r"«(\d+)»", lambda m: _numeral(m, skeleton), text.strip().strip(","))
    things = rf"(?:{draw.population.things}|cards?|ones?)"
    found = (
        _counted(text, draw, things)
        or _single(text, draw, things)
        or _in_turn(text, draw, things)
        or _sorted(text, draw, things)
        or _object(text, draw, things)
    )
    return tuple(dict.fromkeys(value for value in found if value is not None))


def _numeral(match: re.Match[str], skeleton: Skeleton) -> str:
    value = rational(skeleton.tree(match.group(1)))
    return match.group() if value is None or value.denominator != 1 or value < 0 else str(value)


def _allowed(how: str, k: int, n: int) -> Sequence[int]:
    match how.strip():
        case "at least" | "no fewer than":
            return range(k, n + 1)
        case "at most" | "no more than":
            return range(k + 1)
        case "more than":
            return range(k + 1, n + 1)
        case "fewer than" | "less than":
            return range(k)
    return (k,)


def _number(said: str) -> int | None:
    return 1 if said in ("one", "a", "an", "the") else int(said) if said.isdigit() else None


def _counted(text: str, draw: Draw, things: str) -> Sequence[Fraction]:
    """ "both are aces", "at least one of them is red", "the two cards are both hearts"."""
    match = re.fullmatch(
        rf"(?:(?P<how>at least|at most|exactly|only|more than|fewer than|no more than|no fewer than) )?"
        rf"(?P<k>both|all(?: (?:of )?(?:the )?\d+)?|neither|none|no|one|\d+|each)(?: of)?(?: (?:the|them|these|those))?"
        rf"(?: \d+)?(?: {things})?(?: (?:that )?(?:are |is |{_WHO} )?(?:{_VERBED}|{_VERB}))?"
        rf" (?:is|are|will be|turns? out to be|comes? up) (?P<part>(?:an? )?.+?){_TURNS}",
        text,
    ) or re.fullmatch(
        rf"(?:they|the {things}|the \d+ {things}|these {things})(?: (?:that )?(?:are |is |{_WHO} )?(?:{_VERBED}"
        rf"|{_VERB}))?"
        rf" (?:are|will be|turn out to be) (?P<how>)(?P<k>both|all(?: \d+)?|neither|) ?(?P<part>.+)",
        text,
    )
    part = None if match is None else draw.population.part(match["part"])
    if match is None or part is None or (not match["k"] and draw.many < 2):
        return ()
    if draw.many > 1 and " or " in match["part"]:
        return ()  # both hearts or both kings, or each of them a heart or a king
    n, said = draw.many, match["k"]
    if said == "both" and n != 2:
        return ()
    if said.startswith(("both", "all", "each")) or not said:
        told = re.search(r"\d+", said)
        return () if match["how"] or (told and int(told.group()) != n) else (draw.hits(part, (n,)),)
    if match["part"].startswith(("not ", "non-")) or n == 1:
        return ()
    if said in ("neither", "none", "no"):
        return () if match["how"] or (said == "neither" and n != 2) else (draw.hits(part, (0,)),)
    k = _number(said)
    if k is None or k > n:
        return ()
    if not match["how"]:
        return (draw.hits(part, (k,)), draw.hits(part, range(k, n + 1)))
    return (draw.hits(part, _allowed(match["how"], k, n)),)


def _single(text: str, draw: Draw, things: str) -> Sequence[Fraction]:
    """ "it is red", "the card drawn is not a heart"."""
    match = re.fullmatch(
        rf"(?:it|this|the {things}|the (?:{_VERBED}) {things}|an? {things})(?: (?:that )?(?:is |{_WHO} )?(?:{_VERBED}"
        rf"|{_VERB}))?"
        r" (?:is|will be|turns out to be|comes up) (?P<neither>neither )?(?P<part>.+)",
        text,
    )
    if match is None or draw.many != 1:
        return ()
    said = match["part"]
    part = draw.population.part(f"not {said.replace(' nor ', ' or ')}" if match["neither"] else said)
    return () if part is None or ("nor" in said and not match["neither"]) else (draw.hits(part, (1,)),)


def _in_turn(text: str, draw: Draw, things: str) -> Sequence[Fraction]:
    """ "the first is an ace and the second is a king", "drawing an ace and then a king"."""
    order = r"(?:first|second|third|1\^\{st\}|2\^\{nd\})"
    match = re.fullmatch(
        rf"the first(?: {things})?(?: {_VERBED})? is (?P<a>.+?),?(?: and)? the second(?: {things})?(?: {_VERBED})? is"
        rf" (?P<b>.+?)(?:,?(?: and)? the third(?: {things})?(?: {_VERBED})? is (?P<c>.+))?",
        text,
    ) or re.fullmatch(
        rf"(?:{_DOING} |{_WHO} {_VERB} )(?P<a>an? .+?)(?:,? then|,? and then| followed by| first and then"
        rf"| on the first (?:draw )?and) (?P<b>an? .+?)(?P<c>)(?: on the second(?: draw)?| second)?",
        text,
    )
    if match is None or re.search(order, match["a"]) or " nor " in text:
        return ()
    parts = [draw.population.part(phrase) for phrase in (match["a"], match["b"], match["c"]) if phrase]
    known = [part for part in parts if part is not None]
    value = draw.in_turn(known) if len(known) == len(parts) else None
    return () if value is None else (value,)


def _sorted(text: str, draw: Draw, things: str) -> Sequence[Fraction]:
    """ "they are of the same color", "two cards of different suits", "one of each color"."""
    sort = r"(?P<sort>colou?r|suit|rank|value|denomination|number)s?"
    match = re.fullmatch(
        rf"(?:they|both|both {things}|the (?:\d+ )?{things}|all|all (?:the )?(?:\d+ )?{things})(?: {_VERBED})?"
        rf" (?:are|have|will be|match)(?: all| both)?(?: of| in)?(?: the)? ?(?P<how>same|different|) ?{sort}",
        text,
    ) or re.fullmatch(
        rf"(?:{_DOING} |{_WHO} {_VERB} )(?:both |all )?(?P<many>\d+ )?{things} (?:of|with|that (?:are|have)(?: of)?)"
        rf" (?:the )?(?P<how>same|different) {sort}",
        text,
    )
    if match is None:
        if (
            re.fullmatch(rf"(?:they|the (?:\d+ )?{things}|both {things}) (?:will )?match", text)
            and draw.population.labels
        ):
            value = draw.alike("color")
            return () if value is None else (value,)
        if re.fullmatch(rf"(?:{_DOING} |{_WHO} {_VERB} )a pair", text) and draw.many == 2:
            value = draw.alike("rank")
            return () if value is None else (value,)
        if re.fullmatch(rf"(?:{_DOING} |{_WHO} {_VERB} )?(?:one|a thing|1)(?: {things})? of each colou?r", text):
            counts = draw.population.sorts.get("color", ())
            value = draw.unlike("color") if len(counts) == draw.many else None
            return () if value is None else (value,)
        return ()
    if match.groupdict().get("many") and int(match["many"]) != draw.many:
        return ()
    named = {"colour": "color", "value": "rank", "denomination": "rank", "number": "rank"}.get(
        match["sort"], match["sort"]
    )
    value = draw.unlike(named) if match["how"] == "different" else draw.alike(named)
    return () if value is None else (value,)


def _object(text: str, draw: Draw, things: str) -> Sequence[Fraction]:
    """ "drawing two aces", "she gets at least one heart", "one red and one blue"."""
    bare = re.sub(rf"^(?:{_DOING} |{_WHO} (?:will )?{_VERB} )", "", text)
    led = bare != text
    bare = re.sub(rf"{_TURNS}$", "", bare)
    paired = re.fullmatch(
        rf"one(?: {things})? is (?P<a>.+?) and (?:one|the other)(?: {things})? is (?P<b>.+)", text
    ) or re.fullmatch(rf"(?:there (?:is|are) |{_WHO} (?:has|have) )?one (?P<a>.+?) and one (?P<b>.+)", bare)
    if paired:
        parts = [draw.population.part(paired[name]) for name in "ab"]
        return _together([(part, 1) for part in parts if part is not None], 2, draw)
    if not led:
        return ()
    bare = re.sub(r"^either ", "", bare)
    if re.search(r" or ", bare):
        part = draw.population.part(bare) if draw.many == 1 else None
        return () if part is None else (draw.hits(part, (1,)),)
    entries = [_ENTRY.fullmatch(piece) for piece in re.split(r", and |,? and |, ", bare)]
    if len(entries) > 1:
        pairs = []
        for entry in entries:
            if entry is None or entry["all"] or (entry["how"] or "").strip() not in ("", "exactly"):
                return ()
            part, k = draw.population.part(entry["part"]), _number(entry["k"])
            if part is None or k is None:
                return ()
            pairs.append((part, k))
        return _together(pairs, len(entries), draw)
    return _quantified(entries[0], draw) if entries[0] is not None else _all(bare, draw)


def _all(bare: str, draw: Draw) -> Sequence[Fraction]:
    """ "drawing hearts" of more than one."""
    part = draw.population.part(bare) if draw.many > 1 and bare.endswith("s") else None
    return () if part is None else (draw.hits(part, (draw.many,)),)


def _quantified(entry: re.Match[str], draw: Draw) -> Sequence[Fraction]:
    part, n = draw.population.part(entry["part"]), draw.many
    if part is None:
        return ()
    if entry["all"]:
        if entry["all"] == "both" and n != 2:
            return ()
        return (draw.hits(part, (0 if entry["all"] == "no" else n,)),)
    k = _number(entry["k"])
    if k is None or k > n:
        return ()
    if entry["how"]:
        return (draw.hits(part, _allowed(entry["how"], k, n)),)
    return (draw.hits(part, (k,)), draw.hits(part, range(k, n + 1)))


def _together(parts: Sequence[tuple[Part, int]], expected: int, draw: Draw) -> Sequence[Fraction]:
    value = draw.together(parts) if len(parts) == expected else None
    return () if value is None else (value,)
