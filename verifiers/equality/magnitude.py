"""Numbers too large to evaluate: a lower bound of their size is enough to tell them from any ordinary number."""

from fractions import Fraction
from math import log2
from typing import Final

from flint import arb

from verifiers import exact
from verifiers.equality.outcome import Comparison, different, undecided
from verifiers.expr import Apply, Bounds, Expr, Num

UNBOUNDED: Final = Bounds(exponent=10**12, factorial=10**12, towers=True)
"""For reading a tree that is only looked at."""
_MOST: Final = 1e300


def compare(large: Expr, other: Expr) -> Comparison:
    """A number past the bounds against one within them."""
    least = _log2(large)
    value = exact.value(other)
    if least is None or not isinstance(value, Fraction | arb):
        return undecided("too_large")
    size = abs(value) if isinstance(value, Fraction) else abs(value).upper()
    if least > 1_000 and size < 2**1_000:
        return different("one is far larger")
    return undecided("too_large")


def _log2(expr: Expr) -> float | None:
    """A lower bound of the binary logarithm of a number that is at least 1; `None` where there is none to be had."""
    match expr:
        case Num(value=value) if value >= 1:
            return min(log2(int(value)), _MOST)
        case Apply(head="pow", args=(base, exponent)):
            below, above = _log2(base), _log2(exponent)
            return None if below is None or above is None else min(below * _two_to(above), _MOST)
        case Apply(head="factorial", args=(inner,)):
            size = _log2(inner)
            return None if size is None else min(_two_to(max(size - 1, 0)) * max(size - 1, 0), _MOST)
        case Apply(head="mul", args=args):
            parts = [_log2(a) for a in args]
            return None if None in parts else min(sum(part for part in parts if part is not None), _MOST)
        case Apply(head="add", args=args):
            parts = [_log2(a) for a in args]
            return None if None in parts else max(part for part in parts if part is not None)
    return None


def _two_to(exponent: float) -> float:
    return float(2.0 ** min(exponent, 990.0))
