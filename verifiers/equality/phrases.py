"""Short answers that are neither a formula nor words: `5 to 3`, `6:30 PM`, `12 different ways`, `3rd`."""

import re
from fractions import Fraction
from typing import Final

from verifiers.expr import Apply, Expr, Num, Unit

_NUMBER: Final = r"(\d{1,15}(?:\.\d{1,15})?)"
_TO: Final = re.compile(rf"\s*{_NUMBER} to {_NUMBER}\s*")
_TIME: Final = re.compile(r"\s*(\d{1,2})(?::(\d\d))?\s*([AaPp])\.?[Mm]\.?\s*")
_ORDINAL: Final = re.compile(r"\s*(\d{1,15})(?:st|nd|rd|th)\s*")
_COUNTED: Final = re.compile(
    r"\s*(\d{1,3}(?:,\d{3})+|\d{1,15}(?:\.\d{1,15})?)\s+([a-z]{3,20}(?: [a-z]{2,20}){0,3})[\s.]*"
)
_HALF_A_DAY: Final = 12


def read(text: str) -> Expr | None:
    """A ratio in words, a time of day with AM or PM, an ordinal number."""
    if (match := _TO.fullmatch(text)) is not None:
        return Apply("ratio", (_number(match.group(1)), _number(match.group(2))))
    if (match := _TIME.fullmatch(text)) is not None and 1 <= int(match.group(1)) <= _HALF_A_DAY:
        hour = int(match.group(1)) % _HALF_A_DAY + (_HALF_A_DAY if match.group(3) in "Pp" else 0)
        return Apply("clock", (Num(Fraction(hour)), Num(Fraction(match.group(2) or 0))))
    if (match := _ORDINAL.fullmatch(text)) is not None:
        return _number(match.group(1))
    return None


def counted(text: str) -> Expr | None:
    """A number of things the notation has no word for."""
    match = _COUNTED.fullmatch(text)
    return None if match is None else Apply("quantity", (_number(match.group(1)), Unit(match.group(2))))


def _number(text: str) -> Num:
    plain = text.replace(",", "")
    return Num(Fraction(plain), len(plain.partition(".")[2]) or None)
