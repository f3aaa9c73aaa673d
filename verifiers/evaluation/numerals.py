"""Numbers written in a base or with a repeating period."""

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from verifiers.evaluation.scalars import UndefinedError, UnknownError, Value, integer
from verifiers.expr import Apply, Num, Text

if TYPE_CHECKING:
    from verifiers.evaluation.machine import Machine

_DIGITS: Final = {c: i for i, c in enumerate("0123456789abcdefghijklmnopqrstuvwxyz")}


def based(machine: "Machine", expr: Apply) -> Value:
    digits, base = expr.args[0], integer(machine.run(expr.args[1]))
    if isinstance(digits, Num) and digits.value.denominator == 1 and digits.value >= 0:
        text = str(digits.value.numerator)
    elif isinstance(digits, Text):
        text = digits.value.lower().replace(" ", "")
    else:
        raise UnknownError("digits not written out")
    if not 2 <= base <= 36 or len(text) > 2_000:
        raise UnknownError("base out of range")
    whole, _, fraction = text.partition(".")
    total = Fraction(0)
    for character in whole + fraction:
        digit = _DIGITS.get(character, 99)
        if digit >= base:
            raise UndefinedError(f"{character} is no digit in base {base}")
        total = total * base + digit
    machine.meter.charge(len(text))
    return total / Fraction(base) ** len(fraction)


def repeating(machine: "Machine", expr: Apply) -> Value:
    start, period = expr.args
    if not isinstance(start, Num) or not isinstance(period, Text) or not period.value.isdecimal():
        raise UnknownError("not a repeating decimal")
    if len(period.value) > 500 or not period.value.isascii():
        raise UnknownError("period too long")
    shift = 10 ** max(start.places or 0, 0)
    tail = Fraction(int(period.value), (10 ** len(period.value) - 1) * shift)
    return start.value + tail if start.value >= 0 else start.value - tail
