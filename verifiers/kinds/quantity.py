"""Relations between quantities with units: `5 km = 5000 m`, `20 °C = 68 °F`, `60 km/h · 2 h = 120 km`.

Both sides are brought to base units exactly, under every reading of their unit names, and compared; the claim is
refuted only if it fails all readings. Answers also write "=" for "stands for" (1 cm = 5 km on a map, 3 hours = 180
miles at 60 miles per hour, 5 days = 40 hours of work), so different dimensions refute only where the same number
stands on both sides (5 m = 5 kg) or unlike quantities are added, and a day is let be a working day.
"""

from collections.abc import Mapping
from fractions import Fraction

from verifiers.claims import Quantity
from verifiers.expr import ORDER_RELATIONS, Apply, Expr, Unit, app, heads, walk
from verifiers.kinds._judgement import compare, decide, obstacle, plain_value, simplest, within
from verifiers.kinds._measured import UnlikeError, fluid, is_quantity, measure, physical, same_number
from verifiers.kinds._temperatures import on_scales
from verifiers.kinds._terms import both, equal, over
from verifiers.kinds._units import LONG_TIMES, SIZES, Dimension, names, readings, size_of, temperature
from verifiers.notation.show import show
from verifiers.notation.units import plural
from verifiers.protocol import Budget
from verifiers.verdicts import Label, Reason, Verdict, Witness, refuted, undecided


def verify(formula: Quantity, budget: Budget) -> Verdict:
    """Brings both sides to base units and compares them."""
    relation = formula.relation
    if (problem := obstacle([relation], budget)) is not None:
        return problem
    if not isinstance(relation, Apply) or relation.head not in {"eq", "approx"} | ORDER_RELATIONS:
        return undecided(Reason.UNSUPPORTED, "no relation between quantities")
    if "quantity" not in heads(relation):
        return undecided(Reason.UNSUPPORTED, "no quantity in it")
    scales = [temperature(node.args[1]) for node in walk(relation) if isinstance(node, Apply) and is_quantity(node)]
    if all(scales):
        return on_scales(relation, budget)
    if "C" in scales or "F" in scales:
        return undecided(Reason.UNSUPPORTED, "a temperature among other quantities")
    relation = fluid(relation)
    chosen = readings(name for node in walk(relation) if isinstance(node, Apply) and node.head == "quantity"
                      for name in names(node.args[1]))  # fmt: skip
    if chosen is None:
        return undecided(Reason.UNSUPPORTED, "a unit of no fixed size")
    return _compared(relation, chosen, budget)


def _compared(relation: Apply, chosen: list[Mapping[str, Fraction]], budget: Budget) -> Verdict:
    left, right = relation.args
    if not is_quantity(right) and is_quantity(left) and relation.head in ("eq", "approx"):
        left, right = right, left
    expected: list[Expr] = []
    claimed: Expr = right
    mixed = False
    for reading in chosen:
        try:
            from_left, from_right = measure(left, reading), measure(right, reading)
        except UnlikeError as unlike:
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
    values = [simplest(value) for value in dict.fromkeys(expected)]
    unit = f" {_many(right.args[1])}" if isinstance(right, Apply) and right.head == "quantity" else ""
    verdict = compare(values, claimed, "quantity: conversion", show(left), budget, unit)
    if verdict.label is not Label.REFUTED:
        return verdict
    if _between(values, claimed):
        return undecided(Reason.AMBIGUOUS, "between the sizes that the unit may have")
    if mixed and within(values, claimed, Fraction(1, 20)):
        # Between metric and customary units the usual factors (2.5, 1.6, 2.2) are rounded ones.
        return undecided(Reason.INCONCLUSIVE, "near; conversion factors are often rounded")
    if _working_time(left, right):
        return _working(left, right, verdict)
    return verdict


def _different(left: Expr, right: Expr, of_left: Dimension, of_right: Dimension) -> Verdict:
    if not same_number(left, right, of_left, of_right):
        return undecided(Reason.AMBIGUOUS, "different dimensions: one may stand for the other")
    return _dimension_error(of_left, of_right, f"{show(left)} and {show(right)} measure different things")


def _sum_of_unlike(unlike: UnlikeError, relation: Expr) -> Verdict:
    if not physical(unlike.left, unlike.right) or ("mul" in heads(relation) or "div" in heads(relation)):
        return undecided(Reason.AMBIGUOUS, "unlike quantities are added")
    return _dimension_error(unlike.left, unlike.right, "Quantities that measure different things cannot be added")


def _many(unit: Expr) -> str:
    return plural(unit.name) if isinstance(unit, Unit) else show(unit)


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
