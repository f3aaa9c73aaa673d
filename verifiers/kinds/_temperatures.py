"""Temperatures, whose scales differ in their zero as well as in their degrees."""

from fractions import Fraction

from verifiers.expr import Apply, Expr
from verifiers.kinds._judgement import compare, simplest, within
from verifiers.kinds._terms import leaf, minus, over, plus, times
from verifiers.kinds._units import temperature
from verifiers.notation.show import show
from verifiers.protocol import Budget
from verifiers.verdicts import Label, Reason, Verdict, undecided


def on_scales(relation: Apply, budget: Budget) -> Verdict:
    """The verdict on an equation between two temperatures."""
    left, right = relation.args
    if not (isinstance(left, Apply) and isinstance(right, Apply) and left.head == right.head == "quantity"):
        return undecided(Reason.UNSUPPORTED, "temperatures computed with")
    if relation.head not in ("eq", "approx"):
        return undecided(Reason.UNSUPPORTED, "an order of temperatures")
    first, second = temperature(left.args[1]), temperature(right.args[1])
    if first is None or second is None:
        return undecided(Reason.UNSUPPORTED, "a temperature in an unknown scale")
    expected = _on_scale(_celsius(left.args[0], first), second)
    unit = " K" if second == "K" else f" °{second}"
    verdict = compare([simplest(expected)], right.args[0], "quantity: temperature", show(left), budget, unit)
    if verdict.label is not Label.REFUTED:
        return verdict
    difference = times(left.args[0], _degrees_in(first, second))
    if within([difference], right.args[0], Fraction(1, 1000)) and first != second:
        return undecided(Reason.AMBIGUOUS, "right as a difference of temperatures")
    if {first, second} == {"C", "K"} and within([expected], right.args[0], Fraction(1, 200)):
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
