"""Shapes are measured by their formulas; rounding follows the digits written."""

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifiers import exact
from verifiers.claims import Geometry
from verifiers.expr import Const, Expr, app, num
from verifiers.kinds.geometry import verify
from verifiers.protocol import QUICK
from verifiers.verdicts import Label, Verdict

PI = Const("pi")
CHECKS = settings(max_examples=50, deadline=None, derandomize=True)


def measured(shape: str, measure: str, result: Expr, **dimensions: int | Fraction) -> Verdict:
    named = tuple((name.replace("_", " "), num(value)) for name, value in dimensions.items())
    return verify(Geometry(shape=shape, measure=measure, dimensions=named, result=result), QUICK)


def times_pi(value: int | str) -> Expr:
    return app("mul", num(value), PI)


RIGHT: list[tuple[str, str, Expr, dict[str, int]]] = [
    ("circle", "area", times_pi(25), {"radius": 5}),
    ("circle", "circumference", times_pi(10), {"diameter": 10}),
    ("circle", "radius", num(3), {"diameter": 6}),
    ("semicircle", "perimeter", times_pi(3), {"radius": 3}),
    ("sector", "area", times_pi(6), {"radius": 6, "angle": 60}),
    ("square", "diagonal", app("mul", num(3), app("sqrt", num(2))), {"side": 3}),
    ("rectangle", "diagonal", num(13), {"length": 5, "width": 12}),
    ("triangle", "area", num(84), {"a": 13, "b": 14, "c": 15}),
    ("equilateral triangle", "area", app("mul", num(4), app("sqrt", num(3))), {"side": 4}),
    ("right triangle", "hypotenuse", num(17), {"leg1": 8, "leg2": 15}),
    ("trapezoid", "area", num(16), {"base1": 3, "base2": 5, "height": 4}),
    ("ellipse", "area", times_pi(6), {"semi1": 2, "semi2": 3}),
    ("regular polygon", "area", app("mul", num(6), app("sqrt", num(3))), {"n": 6, "side": 2}),
    ("polygon", "interior angle sum", app("degree", num(720)), {"n": 6}),
    ("polygon", "number of diagonals", num(9), {"n": 6}),
    ("cube", "space diagonal", app("mul", num(2), app("sqrt", num(3))), {"side": 2}),
    ("box", "surface area", num(94), {"length": 3, "width": 4, "height": 5}),
    ("sphere", "volume", times_pi(36), {"radius": 3}),
    ("hemisphere", "surface area", times_pi(12), {"radius": 2}),
    ("hemisphere", "surface area", times_pi(8), {"radius": 2}),
    ("cylinder", "volume", times_pi(20), {"radius": 2, "height": 5}),
    ("cone", "volume", times_pi(12), {"radius": 3, "height": 4}),
    ("cone", "surface area", times_pi(24), {"radius": 3, "height": 4}),
    ("square pyramid", "volume", num(12), {"side": 3, "height": 4}),
]


@pytest.mark.parametrize(("shape", "measure", "result", "dimensions"), RIGHT)
def test_right_measures_are_supported_and_others_refuted(
    shape: str, measure: str, result: Expr, dimensions: dict[str, int]
) -> None:
    assert measured(shape, measure, result, **dimensions).label is Label.SUPPORTED
    inner = result.args[0] if hasattr(result, "head") and result.head == "degree" else result
    verdict = measured(shape, measure, app("mul", num(3), inner), **dimensions)
    assert verdict.label is Label.REFUTED
    assert verdict.evidence is not None
    assert verdict.evidence.witness is not None
    assert exact.holds(verdict.evidence.witness.conclusion) is False


@CHECKS
@given(st.integers(1, 500), st.integers(1, 4))
def test_a_circumference_rounds_at_any_place(radius: int, places: int) -> None:
    text = f"{2 * math.pi * radius:.{places}f}"
    assert measured("circle", "circumference", num(text, places=places), radius=radius).label is Label.SUPPORTED
    double = num(Fraction(text) * 2, places=places)
    assert measured("circle", "circumference", double, radius=radius).label is Label.REFUTED


def test_points() -> None:
    points = {"x1": 1, "y1": 2, "x2": 4, "y2": 6}
    assert measured("points", "distance", num(5), **points).label is Label.SUPPORTED
    assert measured("points", "slope", num("4/3"), **points).label is Label.SUPPORTED
    middle = app("tuple", num("5/2"), num(4))
    assert measured("points", "midpoint", middle, **points).label is Label.SUPPORTED
    assert measured("points", "midpoint", app("tuple", num(2), num(4)), **points).label is Label.REFUTED


def test_what_is_not_known_or_not_possible_is_undecided() -> None:
    assert measured("triangle", "perimeter", num(8), a=1, b=2, c=5).label is Label.UNDECIDED
    assert measured("torus", "volume", num(8), radius=2).label is Label.UNDECIDED
    assert measured("circle", "area", num(8), radius=0).label is Label.UNDECIDED
    assert measured("circle", "area", num(8), radius=2, diameter=4).label is Label.UNDECIDED
    assert measured("points", "slope", num(8), x1=1, y1=1, x2=1, y2=3).label is Label.UNDECIDED
