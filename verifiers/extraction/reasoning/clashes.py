"""Which statements of a question are said to contradict each other, or to go together."""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from verifiers.extraction.reasoning.numerals import NUMERAL, numbers_in

_NOUN: Final = r"(?:clue|statement|fact|condition|premise|rule|sentence)s?"
_ONE: Final = rf"\(?{NUMERAL}\)?"
_LIST: Final = rf"{_ONE}(?:(?:, and |, | and |,? with | & )(?:{_NOUN} )?{_ONE})*"
_AGAINST: Final = (
    r"contradict(?:s)?(?: each other| one another)?|(?:is|are) (?:mutually |logically )?(?:inconsistent|contradictory"
    r"|incompatible|contraries)(?: with(?: each other)?)?|(?:cannot|can(?:no|['’])t) (?:both|all) be true"
    r"|(?:cannot|can(?:no|['’])t) (?:hold|be true) (?:together|at the same time|simultaneously)"
    r"|conflicts?(?: with(?: each other)?)?|excludes?(?: each other)?"
)
_BESIDE: Final = (
    r"(?:is|are) (?:all |both |mutually |logically )*(?:consistent|compatible)(?: with(?: each other)?)?"
    r"|(?:do|does)(?: not|n['’]t) contradict(?: each other| one another)?"
    r"|can (?:both|all) (?:be true|hold)(?: together| at the same time)?|can (?:hold|be true) together"
)
_SAID: Final = rf"(?P<said>{_AGAINST}|{_BESIDE})"
_NUMBERED: Final = re.compile(
    rf"\b{_NOUN} (?P<a>{_LIST}) (?:therefore |thus |clearly |directly )?{_SAID}\b"
    rf"(?: (?:{_NOUN} )(?P<b>{_LIST})(?![\w/]))?",
    re.IGNORECASE,
)
_ALL: Final = re.compile(
    rf"\b(?:the|these|all(?: of)?(?: the| these)?|all \w+) (?:given |above |\w{{3,5}} )?(?:{_NOUN})(?: given)?"
    rf"(?: above)?(?: together)? {_SAID}(?! statement| premise| clue)",
    re.IGNORECASE,
)
_FITS: Final = re.compile(_BESIDE, re.IGNORECASE)


class Clash(msgspec.Struct, frozen=True, kw_only=True):
    """Statements by their numbers, none where all that are given are meant."""

    start: int
    end: int
    numbers: tuple[int, ...] = ()
    fits: bool


def clashes(text: str) -> Iterator[Clash]:
    """What a sentence says of statements together."""
    for found in _NUMBERED.finditer(text):
        first, second = numbers_in(found["a"]), numbers_in(found["b"] or "")
        numbers = tuple(dict.fromkeys((*first, *second)))
        with_another = re.search(r"\bwith$|^(?:contradicts|conflicts|excludes)$", found["said"].lower()) is not None
        if len(numbers) < 2 or with_another is not bool(second):
            continue
        fits = _FITS.fullmatch(found["said"]) is not None
        yield Clash(start=found.start(), end=found.end(), numbers=numbers, fits=fits)
    if whole := _ALL.search(text):
        fits = _FITS.fullmatch(whole["said"]) is not None
        yield Clash(start=whole.start(), end=whole.end(), fits=fits)
