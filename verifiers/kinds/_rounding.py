"""Whether a number agrees with what was written for it, by the digits the author wrote.

Three tests, from strict to lenient: equality; the written decimal is the value rounded or cut to its last place;
somewhere within one unit in the last place of every decimal that may itself have been rounded the two sides meet.
Only numbers that fail all three differ.
"""

from enum import StrEnum
from fractions import Fraction
from typing import Final

from flint import arb, ctx, fmpq

from verifiers import exact
from verifiers.evaluation.machine import Machine
from verifiers.evaluation.point import COST, SHORT, TERMS
from verifiers.evaluation.scalars import UndefinedError, UnknownError, Value, real_ball
from verifiers.evaluation.truth import unit
from verifiers.expr import Apply, Expr, Num, walk


class Agreement(StrEnum):
    EQUAL = "equal"
    ROUNDED = "rounded"
    CLOSE = "close"
    """Perhaps by rounding on the way: no ground for a verdict."""
    DIFFERENT = "different"
    UNDEFINED = "undefined"
    UNKNOWN = "unknown"


_SIMPLE: Final = frozenset({1, 2, 4, 5, 8})
"""Denominators of decimals that nobody gets by rounding: 0.5, 0.25, 0.2, 0.125."""
_BITS: Final = 128
_FINE: Final = 1_000
"""An approximation is let pass within this share of the value and two units of its last place."""


def agreement(value: Expr, written: Expr, *, approximate: bool = False) -> Agreement:
    """How two closed trees agree. `approximate` is for a relation that says so (≈): a difference of a thousandth of
    the value is then `CLOSE`, too.
    """
    truth = exact.holds(Apply("eq", (value, written)))
    if truth is True:
        return Agreement.EQUAL
    if truth is None:
        found = (exact.evaluate(side) for side in (value, written))
        return Agreement.UNDEFINED if any(isinstance(f, exact.Undefined) for f in found) else Agreement.UNKNOWN
    left, right = (exact.value(side, precision=_BITS, most_bits=SHORT) for side in (value, written))
    if not isinstance(left, Fraction | arb) or not isinstance(right, Fraction | arb):
        return Agreement.UNKNOWN if approximate else Agreement.DIFFERENT
    for target, number in ((written, left), (value, right)):
        step = last_place(target)
        if step and (stage := _rounds(number, _signed(target), step, approximate)):
            return stage
    if _whole_part(left, written) or _whole_part(right, value):
        return Agreement.CLOSE
    if approximate and max(unit(value), unit(written)) > 1 and _within_unit(value, written):
        return Agreement.CLOSE
    if not approximate and _written_in_full(left, value, last_place(written)):
        return Agreement.DIFFERENT
    if _meet(value, written, approximate):
        return Agreement.CLOSE
    return Agreement.DIFFERENT


def last_place(expr: Expr) -> Fraction:
    """One unit in the last place of a decimal or percentage as it is written; zero for anything else."""
    if isinstance(expr, Apply) and expr.head in ("neg", "percent"):
        if expr.head == "percent" and isinstance(expr.args[0], Num) and expr.args[0].places is None:
            return Fraction(1, 100) if expr.args[0].value.denominator == 1 else Fraction(0)
        return last_place(expr.args[0]) / (100 if expr.head == "percent" else 1)
    if isinstance(expr, Num) and expr.places is not None and abs(expr.places) < 1_000:
        return Fraction(1, 10) ** expr.places
    return Fraction(0)


def _signed(expr: Expr) -> Fraction:
    if isinstance(expr, Num):
        return expr.value
    assert isinstance(expr, Apply)
    inner = _signed(expr.args[0])
    return -inner if expr.head == "neg" else inner / 100


def _rounds(value: Fraction | arb, written: Fraction, step: Fraction, approximate: bool) -> Agreement | None:
    """Agreement of a value with a decimal whose last place is `step`, if rounding is all that parts them."""
    if isinstance(value, Fraction) and (value / step).denominator == 1 and not approximate:
        return None
    ball = real_ball(value)
    gap = abs(ball - real_ball(written))
    if gap <= real_ball(step) / 2:
        return Agreement.ROUNDED
    if gap < real_ball(step):
        cut = abs(ball) > abs(real_ball(written))
        return Agreement.ROUNDED if cut or approximate else Agreement.CLOSE
    return Agreement.CLOSE if gap < 2 * real_ball(step) and _long(step, written) else None


def _long(step: Fraction, written: Fraction) -> bool:
    """Enough digits for the last one to be off by rounding on the way."""
    return abs(written) >= 100 * step


def _whole_part(value: Fraction | arb, written: Expr) -> bool:
    """A whole number written for a broken one next to it."""
    if isinstance(written, Apply) and written.head == "neg":
        value, written = -value, written.args[0]
    if not isinstance(written, Num) or written.value.denominator != 1 or written.places:
        return False
    if isinstance(value, Fraction) and value.denominator == 1:
        return False
    return bool(abs(real_ball(value) - real_ball(written.value)) < 1)


def _within_unit(value: Expr, written: Expr) -> bool:
    """Within one unit of the last digit that is not a zero: `1234 · 5678 ≈ 7,000,000`."""
    return exact.holds(Apply("approx", (value, written))) is not False


def _written_in_full(found: Fraction | arb, value: Expr, step: Fraction) -> bool:
    """Whether the result is written with all digits that the operands give, and more than any of them has: then
    nothing was rounded on the way.
    """
    if not step or not isinstance(found, Fraction) or (found / step).denominator != 1:
        return False
    places = [last_place(node) for node in walk(value) if isinstance(node, Num) and node.places]
    return bool(places) and all(place > step for place in places)


class _Loose(Machine):
    """Reads a decimal that may have been rounded as an interval of one unit in the last place to either side."""

    __slots__ = ("kept",)

    def __init__(self, kept: frozenset[int]) -> None:
        super().__init__({}, _BITS, COST, TERMS, False)
        self.kept = kept
        self.meter.most_bits = SHORT

    def run(self, expr: Expr) -> Value:
        if isinstance(expr, Num) and expr.places and id(expr) not in self.kept:
            step = last_place(expr)
            if step and expr.value.denominator not in _SIMPLE:
                return arb(fmpq(expr.value.numerator, expr.value.denominator), real_ball(step))
        return super().run(expr)

    def with_letter(self, name: str, value: Value) -> "_Loose":
        inner = _Loose(self.kept)
        inner.values = {**self.values, name: value}
        inner.meter = self.meter
        return inner


def _meet(value: Expr, written: Expr, approximate: bool) -> bool:
    """Whether the two sides overlap when every decimal may have been rounded. Plain sums of amounts are exact."""
    if not approximate and not any(isinstance(n, Num) and n.places for side in (value, written) for n in walk(side)):
        return False
    before = ctx.prec
    ctx.prec = _BITS
    try:
        sums = frozenset(id(n) for side in (value, written) for n in _summands(side, last_place(written)))
        machine = _Loose(sums if not approximate else frozenset())
        left, right = machine.run(value), machine.run(written)
        if not isinstance(left, Fraction | arb) or not isinstance(right, Fraction | arb):
            return False
        a, b = real_ball(left), real_ball(right)
        if approximate:
            margin = real_ball(Fraction(1, _FINE)) * abs(b) + 2 * real_ball(last_place(written) + last_place(value))
            return not (abs(a - b) > margin)
        return bool(a.overlaps(b))
    except (UndefinedError, UnknownError):
        return True
    finally:
        ctx.prec = before


def _summands(expr: Expr, written: Fraction) -> list[Num]:
    """The decimals of a tree that is nothing but a sum of numbers, if they are exact: at most two places, as of
    money, or fewer than the sum is written with.
    """
    numbers = []
    for node in walk(expr):
        if isinstance(node, Num):
            if (node.places or 0) <= 2 or (written and last_place(node) > written):
                numbers.append(node)
        elif not isinstance(node, Apply) or node.head not in ("add", "neg"):
            return []
    return numbers


def has_decimals(expr: Expr) -> bool:
    """A decimal with digits after the point occurs in it."""
    return any(isinstance(n, Num) and n.places is not None and n.places > 0 for n in walk(expr))


def has_places(expr: Expr) -> bool:
    """A number occurs in it that was written to some place: `1.50` or `1.2e3`."""
    return any(isinstance(n, Num) and n.places is not None for n in walk(expr))
