"""Number literals: the one place where written digits become values."""

import re
from fractions import Fraction
from functools import lru_cache
from typing import Final

from verifiers.expr import Apply, Expr, Num, Text

_MARKS: Final = re.compile(r"[^\d.eE+-]")
_EXPONENT_LIMIT: Final = 400
_MOST_DIGITS: Final = 4_000
"""Python turns text of at most 4300 digits into an integer."""


class TooLarge(Exception):  # noqa: N818 - it says what the literal is
    """A literal breaks the bound on digits."""


@lru_cache(4096)
def literal(text: str, digits: int, decimal_comma: bool = False) -> Num:
    """A decimal or integer literal, thousands marks dropped.

    Raises:
        TooLarge: more than `digits` digits, or a scientific exponent above 400.
    """
    digits = min(digits, _MOST_DIGITS)
    if text.isdigit() and len(text) <= digits:
        return Num(Fraction(int(text)))
    if decimal_comma and "," in text:
        whole, _, decimals = text.rpartition(",")
        text = re.sub(r"\D", "", whole) + "." + decimals
    text = _MARKS.sub("", text)
    mantissa, _, exponent = text.lower().partition("e")
    if len(mantissa) > digits:
        raise TooLarge(f"a number of more than {digits} digits")
    whole, _, decimals = mantissa.partition(".")
    if not decimals and not exponent:
        return Num(Fraction(int(whole)))
    shift = int(exponent[:8]) if exponent else 0
    if abs(shift) > _EXPONENT_LIMIT:
        raise TooLarge(f"a scientific exponent above {_EXPONENT_LIMIT}")
    value = Fraction(int((whole or "0") + decimals), 10 ** len(decimals)) * Fraction(10) ** shift
    return Num(value, len(decimals) - shift)


def repeating(whole: str, cycle: str, digits: int) -> Expr:
    """`repeating(0.1, "6")` for 0.1666…; `whole` is the part before the cycle, `0.` or `0.1`.

    Raises:
        TooLarge: as in `literal`.
    """
    start = literal(whole if not whole.endswith(".") else whole + "0", digits)
    decimals = len(whole.partition(".")[2])
    if len(cycle) > digits:
        raise TooLarge(f"a number of more than {digits} digits")
    return Apply("repeating", (Num(start.value, decimals), Text(cycle)))


def cycle_of(decimals: str) -> tuple[str, str] | None:
    """The shortest cycle that a written-out decimal before an ellipsis ends in, with what precedes it: `1666` gives
    `("1", "6")`. It must be seen at least three times, or twice when it has several digits; else `None`.
    """
    decimals = decimals[-60:]
    for length in range(1, len(decimals) // 2 + 1):
        cycle = decimals[-length:]
        count, rest = 0, decimals
        while rest.endswith(cycle):
            count += 1
            rest = rest[:-length]
        if count >= (3 if length == 1 else 2):
            return rest, cycle
    return None
