"""Which numbered conclusions or statements an answer says hold: "only I follows", "statement 2 is incorrect", "neither
1 nor 2 is correct", "only two of them are".
"""

import re
from collections.abc import Iterator
from typing import Final, Literal

import msgspec

from verifiers.extraction.reasoning.numerals import NUMERAL, number_of
from verifiers.extraction.reasoning.options import CARDINALS, word_starts

_WHO: Final = (
    r"(?P<who>(?:\b(?:only|both|neither|none of the|all(?: of the| the)?|conclusions?|statements?|nor|and|the)\b|"
    + NUMERAL
    + r"|[\s,*_()\-–]){2,40}?)[\s*_]*"
)
_FOLLOWING: Final = (
    r"\b(?P<verb>(?:logically |definitely |necessarily )*(?:follows?|(?:does|do) not"
    r" (?:logically |necessarily |definitely )*follow|(?:doesn['’]t|don['’]t) (?:logically |necessarily )*follow"
    r"|is valid"
    r"|are valid|is (?:not valid|invalid)|are (?:not valid|invalid)|can be (?:drawn|concluded)|cannot be (?:drawn"
    r"|concluded)))\b"
)
_HOLDING: Final = (
    r"(?:\b(?:also |indeed |definitely |certainly |therefore |thus |both |all )*"
    r"(?P<verb>(?:is|are)(?: also| indeed| definitely| certainly| therefore| thus| both| all| clearly)*"
    r"(?: not|n['’]t)? (?:correct|true|right|valid|incorrect|false|wrong|invalid|untrue)|(?:isn|aren)['’]t (?:correct"
    r"|true|right|valid)|holds?|(?:does|do) not hold)|\s*[:–—-]\s*[*_]*(?P<word>correct|true|right|incorrect|false"
    r"|wrong|not (?:correct|true)))\b"
)
_PATTERN: Final = {
    "follow": re.compile(_WHO + _FOLLOWING, re.IGNORECASE),
    "hold": re.compile(_WHO + _HOLDING, re.IGNORECASE),
}
_NEGATIVE: Final = re.compile(r"not\b|n['’]t\b|\bin(?:valid|correct)|\b(?:false|wrong|untrue)\b", re.IGNORECASE)
_ALTERNATIVE: Final = re.compile(r"(?:\b(?:either|or)|/)[\s*_(]*$", re.IGNORECASE)
"""Before a verdict on one of two: "either I or II follows" tells of neither by itself."""
_ELSE: Final = re.compile(
    r"\b(?:options?|choices?|steps?|equations?|cases?|clues?|premises?|facts?|lines?|parts?)[\s*_(]*$", re.IGNORECASE
)
_DENIED: Final = re.compile(
    r"(?:\b(?:not|cannot|never|nor|impossible|false|incorrect|wrong|untrue|claims?|claimed|says?|said|states?|thinks?"
    r"|believes?|seems?|suggests?|doubt\w*)\b|n['’]t\b)[^.;,:]*$",
    re.IGNORECASE,
)
"""Before a verdict: it is denied, or somebody else's."""
_COUNTED: Final = re.compile(
    rf"\b(?:(?:only|exactly|just) (?P<many>{'|'.join(CARDINALS[1:])})|(?P<all>all) (?P<of>{'|'.join(CARDINALS[2:])})"
    r"|(?P<none>none))(?: of)?(?: (?:the|these|them|above|given|\w{3,5}))*?(?: (?:statements?|conclusions?))?"
    r"(?: given)?(?: above)? (?:(?:is|are) (?:\w+ )??(?P<value>correct|true|right|valid|incorrect|false|wrong)"
    r"|follows?)\b",
    re.IGNORECASE,
)
_PARTIAL: Final = re.compile(r"\bso far\b|\bat least\b|\bof (?:statements? )?\d", re.IGNORECASE)


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """That the item of that number holds, or does not."""

    number: int
    holds: bool
    start: int
    end: int


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """That so many of the items hold."""

    count: int
    start: int
    end: int


def told(text: str, numbers: tuple[int, ...], how: Literal["follow", "hold"], noun: str = "") -> Iterator[Told]:
    """What a sentence says of numbered items one by one; with `noun` only where they are called so, or told apart by
    "only", "both" and the like.
    """
    for match in _PATTERN[how].finditer(text) if numbers else ():
        who = match["who"].replace("*", " ").replace("_", " ")
        verb = match["verb"] or match["word"]
        words = set(re.findall(r"[a-z]+", re.sub(NUMERAL, " ", who).lower()))
        named_so = {w.rstrip("s") for w in words} & {"statement", "conclusion"}
        if noun and (named_so - {noun} or not (named_so or words & {"only", "both", "neither", "all", "none"})):
            continue
        if _ALTERNATIVE.search(text, 0, match.start("who")) or (noun and _ELSE.search(text, 0, match.start("who"))):
            continue
        if noun and _DENIED.search(text, 0, match.start("who")):
            continue
        yield from _each(text, match, who, words, verb, numbers)


def _each(
    text: str, match: re.Match[str], who: str, words: set[str], verb: str, numbers: tuple[int, ...]
) -> Iterator[Told]:
    negative = _NEGATIVE.search(verb) is not None
    mentioned = frozenset(number_of(n) for n in re.findall(NUMERAL, who))
    if words & {"neither", "none"}:
        named: frozenset[int] = frozenset()
    elif words & {"both", "all"}:
        named = mentioned or frozenset(numbers)
    else:
        named = mentioned
    if not mentioned <= set(numbers) or not (mentioned or words & {"neither", "none", "both", "all"}):
        return
    if "both" in words and len(named) != 2:
        return
    if negative and words & {"only", "neither", "none", "all", "both"}:
        return
    exclusive = "only" in words or ("none" in words and not mentioned)
    considered = numbers if exclusive else tuple(mentioned or (named or numbers))
    places = {number_of(m.group()): m for m in re.finditer(NUMERAL, who)}
    for number in numbers:
        if number not in considered:
            continue
        place = places.get(number)
        first = match.start("who") + (place.start() if place else 0)
        if place is None:
            starts = word_starts(text, first, match.end())
            if numbers.index(number) >= len(starts):
                continue
            first = starts[numbers.index(number)]
        yield Told(number=number, holds=(number in named) is not negative, start=first, end=match.end())


def count_told(text: str, numbers: tuple[int, ...]) -> Count | None:
    """How many of the items a sentence says hold."""
    match = _COUNTED.search(text)
    if match is None or _PARTIAL.search(text) or _DENIED.search(text, 0, match.start()):
        return None
    many = 0 if match["none"] else CARDINALS.index((match["of"] or match["many"]).lower())
    if many > len(numbers) or (match["all"] and many != len(numbers)):
        return None
    if match["value"] and match["value"].lower() in ("incorrect", "false", "wrong"):
        many = len(numbers) - many
    return Count(count=many, start=match.start(), end=match.end())
