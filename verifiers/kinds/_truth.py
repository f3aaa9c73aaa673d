"""Truth at a point, with the two reasons for "no value" told apart, and closeness that rounding explains."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from flint import arb

from verifiers import exact
from verifiers.expr import Apply, Expr, substitute
from verifiers.kinds._relations import leaves

PRECISION: Final = 600
"""Bits in the search; what cannot be told with them is no witness."""
TOLERANCE: Final = 0.02
"""Largest relative gap between two sides that rounding somewhere before is allowed to explain."""


def holds(relation: Expr, point: Mapping[str, Expr]) -> bool | None:
    return exact.holds(substitute(relation, point), precision=PRECISION)


def undefined(relation: Expr, point: Mapping[str, Expr]) -> bool:
    """Some side is known to have no value there."""
    return any(isinstance(exact.evaluate(side, point), exact.Undefined) for leaf in leaves(relation)
               for side in leaf.args)  # fmt: skip


def nearly(relation: Expr, point: Mapping[str, Expr]) -> bool:
    """The sides of some equation are nearly equal there, or one of them cannot be evaluated."""
    return any(_near(leaf, point) for leaf in leaves(relation) if leaf.head == "eq")


def _near(leaf: Apply, point: Mapping[str, Expr]) -> bool:
    numbers = [_float(side, point) for side in leaf.args]
    a, b = numbers
    if a is None or b is None:
        return True
    return abs(a - b) <= TOLERANCE * max(abs(a), abs(b))


def _float(expr: Expr, point: Mapping[str, Expr]) -> float | None:
    value = exact.value(expr, point)
    try:
        if isinstance(value, Fraction):
            return float(value)
        return float(value.mid()) if isinstance(value, arb) else None
    except OverflowError:
        return None
