"""Numbers with something beside them: units, degrees, ratios, times of day."""

from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from verifiers.equality.outcome import Comparison, different, undecided
from verifiers.expr import Apply, Expr, Num, Unit
from verifiers.kinds._units import names, readings, size_of, temperature
from verifiers.verdicts import Witness


class Scaled(NamedTuple):
    """Two values brought to one unit; they are the same answer if they are equal."""

    left: Expr
    right: Expr


def stripped(expr: Expr) -> Expr:
    """The number without its unit."""
    if isinstance(expr, Apply) and expr.head in ("quantity", "degree"):
        return expr.args[0]
    if isinstance(expr, Apply) and expr.head == "neg" and (inner := stripped(expr.args[0])) is not expr.args[0]:
        return Apply("neg", (inner,))
    return expr


def is_measure(expr: Expr) -> bool:
    return stripped(expr) is not expr


def compound(expr: Expr) -> Expr:
    """`2 hours (and) 30 minutes` in the first of its units; any other tree unchanged."""
    if not isinstance(expr, Apply) or expr.head not in ("add", "list") or len(expr.args) < 2:
        return expr
    parts = [(_unit(a), stripped(a)) for a in expr.args]
    first = parts[0][0]
    chosen = readings(name for unit, _ in parts if unit is not None for name in names(unit))
    if first is None or chosen is None or len(chosen) != 1 or any(unit is None for unit, _ in parts):
        return expr
    sizes = [size_of(unit, chosen[0]) for unit, _ in parts if unit is not None]
    known = [size for size in sizes if size is not None]
    factors = [size.factors[0] for size in known]
    falling = all(x > y for x, y in pairwise(factors))
    if len(known) != len(parts) or len({size.dimension for size in known}) > 1 or (expr.head == "list" and not falling):
        return expr
    values = [_times(factor / factors[0], value) for factor, (_, value) in zip(factors, parts, strict=True)]
    return Apply("quantity", (Apply("add", tuple(values)), first))


def common(a: Expr, b: Expr) -> Scaled | Comparison:
    """Both in one unit. A unit on one side only is taken as left out on the other; other dimensions differ."""
    if not is_measure(a) or not is_measure(b):
        return Scaled(stripped(a), stripped(b))
    left, right = _unit(a), _unit(b)
    if left == right:
        return Scaled(stripped(a), stripped(b))
    if left is None or right is None:
        return undecided("a unit that is not known")
    scales = temperature(left), temperature(right)
    if all(scales):
        return Scaled(_kelvin(stripped(a), scales[0]), _kelvin(stripped(b), scales[1]))
    chosen = readings((*names(left), *names(right)))
    if chosen is None:
        if all(readings(names(unit)) is None for unit in (left, right)):
            return undecided("words beside the numbers differ")
        return undecided("a unit that is not known")
    for reading in chosen:
        one, other = size_of(left, reading), size_of(right, reading)
        if one is None or other is None:
            return undecided("a unit that is not known")
        if one.dimension != other.dimension:
            return different("other dimensions", Witness(conclusion=Apply("eq", (a, b))))
    one, other = size_of(left, chosen[0]), size_of(right, chosen[0])
    if one is None or other is None or len(chosen) > 1:
        return undecided("a unit of more than one size")
    factor = one.factors[0] / other.factors[0]
    return Scaled(_times(factor, stripped(a)), stripped(b))


def _kelvin(value: Expr, scale: str | None) -> Expr:
    if scale == "C":
        return Apply("add", (value, Num(Fraction("273.15"))))
    if scale == "F":
        return Apply("mul", (Num(Fraction(5, 9)), Apply("add", (value, Num(Fraction("459.67"))))))
    return value


def _times(factor: Fraction, value: Expr) -> Expr:
    return value if factor == 1 else Apply("mul", (Num(factor), value))


def _unit(expr: Expr) -> Expr | None:
    if isinstance(expr, Apply) and expr.head == "neg":
        return _unit(expr.args[0])
    if isinstance(expr, Apply) and expr.head == "quantity":
        return expr.args[1]
    return Unit("degree") if isinstance(expr, Apply) and expr.head == "degree" else None


def is_ratio(expr: Expr) -> bool:
    return isinstance(expr, Apply) and expr.head in ("ratio", "clock")


def quotient(expr: Expr) -> Expr:
    """A ratio of two as a number; a time of day that stands against a ratio is one (`7:32`)."""
    if isinstance(expr, Apply) and expr.head in ("ratio", "clock") and len(expr.args) == 2:
        return Apply("div", expr.args)
    return expr
