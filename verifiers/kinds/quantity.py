"""Relations between quantities with units: `5 km = 5000 m`, `20 °C = 68 °F`, `60 km/h · 2 h = 120 km`.

Both sides are brought to base units exactly, under every reading of their unit names, and compared; the claim is
refuted only if it fails all readings. Answers also write "=" for "stands for" (1 cm = 5 km on a map, 3 hours = 180
miles at 60 miles per hour, 5 days = 40 hours of work), so different dimensions refute only where the same number
stands on both sides (5 m = 5 kg) or unlike quantities are added, and a day is let be a working day.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

import msgspec

from verifiers import exact
from verifiers.claims import Quantity
from verifiers.expr import ORDER_RELATIONS, Apply, Expr, Num, Unit, app, heads, walk
from verifiers.kinds._judgement import compare, decide, obstacle, plain_value
from verifiers.kinds._terms import both, equal, leaf, minus, over, plus, times
from verifiers.kinds._units import (
    LONG_TIMES,
    SIZES,
    VOLUME_OR_MASS,
    Dimension,
    inverse,
    names,
    readings,
    size_of,
    temperature,
)  # fmt: skip
from verifiers.kinds._units import times as joined
from verifiers.notation.show import show
from verifiers.protocol import Budget
from verifiers.verdicts import Label, Reason, Verdict, Witness, refuted, undecided


class Measured(msgspec.Struct, frozen=True):
    """A value in base units and what it measures."""

    value: Expr
    dimension: Dimension
    systems: frozenset[str] = frozenset()


class _UnlikeError(Exception):
    """Quantities of different dimensions are added."""

    def __init__(self, left: Dimension, right: Dimension) -> None:
        self.left, self.right = left, right


def verify(formula: Quantity, budget: Budget) -> Verdict:
    """Brings both sides to base units and compares them."""
    relation = formula.relation
    if (problem := obstacle([relation], budget)) is not None:
        return problem
    if not isinstance(relation, Apply) or relation.head not in {"eq", "approx"} | ORDER_RELATIONS:
        return undecided(Reason.UNSUPPORTED, "no relation between quantities")
    if "quantity" not in heads(relation):
        return undecided(Reason.UNSUPPORTED, "no quantity in it")
    scales = [temperature(node.args[1]) for node in walk(relation) if isinstance(node, Apply) and _is_quantity(node)]
    if all(scales):
        return _temperatures(relation, budget)
    if "C" in scales or "F" in scales:
        return undecided(Reason.UNSUPPORTED, "a temperature among other quantities")
    relation = _fluid(relation)
    chosen = readings(name for node in walk(relation) if isinstance(node, Apply) and node.head == "quantity"
                      for name in names(node.args[1]))  # fmt: skip
    if chosen is None:
        return undecided(Reason.UNSUPPORTED, "a unit of no fixed size")
    return _compared(relation, chosen, budget)


def comparable(relation: Apply) -> bool:
    """Whether both sides can be computed and measure one thing, or one number stands before different units."""
    if _of_temperatures(relation):
        return all(_is_quantity(side) for side in relation.args)
    try:
        dimensions = _dimensions(relation)
    except _UnlikeError as unlike:
        return _physical(unlike.left, unlike.right) and not {"mul", "div"} & heads(relation)
    if dimensions is None:
        return False
    if dimensions[0] == dimensions[1]:
        # In "0.50 · 100 cents/dollar = 50" units have been left out.
        return dimensions[0] != () or all("quantity" in heads(side) for side in relation.args)
    left, right = relation.args
    return _same_number(left, right, *dimensions)


def same_dimension(relation: Apply) -> bool:
    """Whether both sides measure one thing."""
    try:
        dimensions = _dimensions(relation)
    except _UnlikeError:
        return False
    return dimensions is not None and dimensions[0] == dimensions[1]


def _of_temperatures(relation: Expr) -> bool:
    units = [node.args[1] for node in walk(relation) if isinstance(node, Apply) and node.head == "quantity"]
    return bool(units) and all(temperature(unit) for unit in units)


def _dimensions(relation: Apply) -> tuple[Dimension, Dimension] | None:
    """What the two sides measure. Raises `_UnlikeError` for sums of unlike quantities."""
    relation = _fluid(relation)
    chosen = readings(name for node in walk(relation) if isinstance(node, Apply) and node.head == "quantity"
                      for name in names(node.args[1]))  # fmt: skip
    if not chosen:
        return None
    first, second = (_measure(side, chosen[0]) for side in relation.args)
    return None if first is None or second is None else (first.dimension, second.dimension)


def _same_number(left: Expr, right: Expr, of_left: Dimension, of_right: Dimension) -> bool:
    """`5 m = 5 kg`: a slip in the unit rather than one quantity standing for another."""
    if not (isinstance(left, Apply) and isinstance(right, Apply) and left.head == right.head == "quantity"):
        return False
    first, second = plain_value(left.args[0]), plain_value(right.args[0])
    return first == second and first not in (None, 1) and _physical(of_left, of_right)


def _is_quantity(node: Expr) -> bool:
    return isinstance(node, Apply) and node.head == "quantity"


def _compared(relation: Apply, chosen: list[Mapping[str, Fraction]], budget: Budget) -> Verdict:
    left, right = relation.args
    if not _is_quantity(right) and _is_quantity(left) and relation.head in ("eq", "approx"):
        left, right = right, left
    expected: list[Expr] = []
    claimed: Expr = right
    mixed = False
    for reading in chosen:
        try:
            from_left, from_right = _measure(left, reading), _measure(right, reading)
        except _UnlikeError as unlike:
            return _sum_of_unlike(unlike, relation)
        if from_left is None or from_right is None:
            return undecided(Reason.UNSUPPORTED, "quantities in a form not computed with")
        if from_left.dimension != from_right.dimension:
            return _different(left, right, from_left.dimension, from_right.dimension)
        mixed = mixed or len(from_left.systems | from_right.systems) > 1
        if relation.head in ORDER_RELATIONS:
            verdict = decide(app(relation.head, from_left.value, from_right.value), "quantity: order")
            return verdict if len(chosen) == 1 else undecided(Reason.AMBIGUOUS, "a unit of several sizes")
        if isinstance(right, Apply) and right.head == "quantity":
            claimed = right.args[0]
            size = size_of(right.args[1], reading)
            factor = size.factors[0] if size is not None else Fraction(1)
            expected.append(over(from_left.value, factor) if factor != 1 else from_left.value)
        else:
            claimed = from_right.value
            expected.append(from_left.value)
    values = [_plain(value) for value in dict.fromkeys(expected)]
    unit = f" {show(right.args[1])}" if isinstance(right, Apply) and right.head == "quantity" else ""
    verdict = compare(values, claimed, "quantity: conversion", show(left), budget, unit)
    if verdict.label is not Label.REFUTED:
        return verdict
    if _between(values, claimed):
        return undecided(Reason.AMBIGUOUS, "between the sizes that the unit may have")
    if mixed and _within(values, claimed, Fraction(1, 20)):
        # Between metric and customary units the usual factors (2.5, 1.6, 2.2) are rounded ones.
        return undecided(Reason.INCONCLUSIVE, "near; conversion factors are often rounded")
    if _working_time(left, right):
        return _working(left, right, verdict)
    return verdict


def _plain(expr: Expr) -> Expr:
    value = plain_value(expr)
    return expr if value is None else Num(value)


def _measure(expr: Expr, reading: Mapping[str, Fraction]) -> Measured | None:
    """Raises `_UnlikeError` where lengths and masses are added."""
    if not isinstance(expr, Apply):
        return None if isinstance(expr, Unit) else Measured(expr, ())
    if expr.head == "quantity":
        size = size_of(expr.args[1], reading)
        if size is None or "quantity" in heads(expr.args[0]):
            return None
        return Measured(times(expr.args[0], size.factors[0]), size.dimension, size.systems)
    if "quantity" not in heads(expr):
        return Measured(expr, ())
    parts = [_measure(argument, reading) for argument in expr.args]
    known = [part for part in parts if part is not None]
    if len(known) != len(parts):
        return None
    systems = frozenset().union(*(part.systems for part in known))
    value = Apply(expr.head, tuple(part.value for part in known))
    match expr.head:
        case "add":
            return _added(known, value, systems)
        case "neg" | "abs":
            return Measured(value, known[0].dimension, systems)
        case "mul":
            dimension: Dimension = ()
            for part in known:
                dimension = joined(dimension, part.dimension)
            return Measured(value, dimension, systems)
        case "div":
            return Measured(value, joined(known[0].dimension, inverse(known[1].dimension)), systems)
    return None


def _added(parts: list[Measured], value: Expr, systems: frozenset[str]) -> Measured | None:
    first = parts[0].dimension
    for part in parts[1:]:
        if part.dimension != first:
            if not first or not part.dimension:
                return None
            raise _UnlikeError(first, part.dimension)
    return Measured(value, first, systems)


_PHYSICAL: Final = frozenset({"length", "mass", "time", "temperature", "current", "amount"})


def _physical(left: Dimension, right: Dimension) -> bool:
    bases = {base for base, _ in (*left, *right)}
    return bool(left) and bool(right) and bases <= _PHYSICAL


def _different(left: Expr, right: Expr, of_left: Dimension, of_right: Dimension) -> Verdict:
    if not _same_number(left, right, of_left, of_right):
        return undecided(Reason.AMBIGUOUS, "different dimensions: one may stand for the other")
    return _dimension_error(of_left, of_right, f"{show(left)} and {show(right)} measure different things")


def _sum_of_unlike(unlike: _UnlikeError, relation: Expr) -> Verdict:
    if not _physical(unlike.left, unlike.right) or ("mul" in heads(relation) or "div" in heads(relation)):
        return undecided(Reason.AMBIGUOUS, "unlike quantities are added")
    return _dimension_error(unlike.left, unlike.right, "Quantities that measure different things cannot be added")


def _dimension_error(left: Dimension, right: Dimension, text: str) -> Verdict:
    """The witness: the exponents of the base dimensions, which would have to agree one by one."""
    powers_left, powers_right = dict(left), dict(right)
    bases = sorted(powers_left.keys() | powers_right.keys())
    conclusion = both([equal(powers_left.get(base, 0), powers_right.get(base, 0)) for base in bases])
    text = f"{text}: exponents of {', '.join(bases)} compared."
    return refuted(Reason.DIMENSION, "quantity: dimension", text, Witness(conclusion=conclusion))


def _between(values: list[Expr], claimed: Expr) -> bool:
    """Three months are 90 to 93 days, whatever they are exactly."""
    known = [value for value in map(plain_value, values) if value is not None]
    right = plain_value(claimed)
    return right is not None and len(known) > 1 and min(known) <= right <= max(known)


def _within(expected: list[Expr], claimed: Expr, share: Fraction) -> bool:
    for value in expected:
        gap = app("abs", minus(value, claimed))
        if exact.holds(app("le", gap, times(share, app("abs", value)))) is not False:
            return True
    return False


def _working_time(left: Expr, right: Expr) -> bool:
    return _time_rank(left) >= 0 and _time_rank(right) >= 0 and _time_rank(left) != _time_rank(right)


def _time_rank(side: Expr) -> int:
    if isinstance(side, Apply) and side.head == "quantity" and isinstance(side.args[1], Unit):
        return LONG_TIMES.get(side.args[1].name, -1)
    return -1


def _working(left: Expr, right: Expr, verdict: Verdict) -> Verdict:
    """A shorter day, week or year than the full one is a working one, if it has a whole number of hours or days."""
    if not (isinstance(left, Apply) and isinstance(right, Apply)):
        return verdict
    longer, shorter = (left, right) if _time_rank(left) > _time_rank(right) else (right, left)
    many, few = plain_value(shorter.args[0]), plain_value(longer.args[0])
    if many is None or few is None or few == 0:
        return undecided(Reason.INCONCLUSIVE, "no rational numbers")
    ratio = many / few
    if ratio.denominator == 1 and 0 < ratio < _longest(longer.args[1], shorter.args[1]):
        return undecided(Reason.AMBIGUOUS, "may count working time only")
    return verdict


def _longest(longer: Expr, shorter: Expr) -> Fraction:
    if isinstance(longer, Unit) and isinstance(shorter, Unit):
        return max(SIZES[longer.name].factors) / min(SIZES[shorter.name].factors)
    return Fraction(0)


def _fluid(relation: Apply) -> Apply:
    """An ounce beside cups and gallons is a fluid ounce."""
    units = {name for node in walk(relation) if isinstance(node, Unit) for name in (node.name,)}
    volume = SIZES["cup"].dimension
    if units & VOLUME_OR_MASS and any(name in SIZES and SIZES[name].dimension == volume for name in units):
        changed = _renamed(relation)
        return changed if isinstance(changed, Apply) else relation
    return relation


def _renamed(expr: Expr) -> Expr:
    if isinstance(expr, Unit) and expr.name in VOLUME_OR_MASS:
        return Unit("fluid_ounce")
    if isinstance(expr, Apply):
        return Apply(expr.head, tuple(_renamed(argument) for argument in expr.args))
    return expr


def _temperatures(relation: Apply, budget: Budget) -> Verdict:
    left, right = relation.args
    if not (isinstance(left, Apply) and isinstance(right, Apply) and left.head == right.head == "quantity"):
        return undecided(Reason.UNSUPPORTED, "temperatures computed with")
    if relation.head not in ("eq", "approx"):
        return undecided(Reason.UNSUPPORTED, "an order of temperatures")
    first, second = temperature(left.args[1]), temperature(right.args[1])
    if first is None or second is None:
        return undecided(Reason.UNSUPPORTED, "a temperature in an unknown scale")
    expected = _on_scale(_celsius(left.args[0], first), second)
    unit = f" {show(right.args[1])}"
    verdict = compare([_plain(expected)], right.args[0], "quantity: temperature", show(left), budget, unit)
    if verdict.label is not Label.REFUTED:
        return verdict
    difference = times(left.args[0], _degrees_in(first, second))
    if _within([difference], right.args[0], Fraction(1, 1000)) and first != second:
        return undecided(Reason.AMBIGUOUS, "right as a difference of temperatures")
    if {first, second} == {"C", "K"} and _within([expected], right.args[0], Fraction(1, 200)):
        return undecided(Reason.INCONCLUSIVE, "273 and 273.15 are both in use")
    return verdict


def _degrees_in(first: str, second: str) -> Fraction:
    """Degrees of the second scale in one of the first."""
    size = {"C": Fraction(1), "K": Fraction(1), "F": Fraction(5, 9)}
    return size[first] / size[second]


def _celsius(value: Expr, scale: str) -> Expr:
    if scale == "K":
        return minus(value, Fraction("273.15"))
    return value if scale == "C" else over(times(5, minus(value, 32)), 9)


def _on_scale(celsius: Expr, scale: str) -> Expr:
    if scale == "K":
        return plus(celsius, Fraction("273.15"))
    return celsius if scale == "C" else plus(over(times(9, celsius), 5), leaf(32))
