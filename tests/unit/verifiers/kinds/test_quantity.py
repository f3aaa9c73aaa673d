"""Quantities are compared in base units, exactly; "=" that means "stands for" refutes nothing."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifiers import exact
from verifiers.claims import Quantity
from verifiers.expr import Expr, Unit, app, num
from verifiers.kinds._units import SIZES
from verifiers.kinds.quantity import verify
from verifiers.notation.units import UNITS
from verifiers.protocol import QUICK
from verifiers.verdicts import Label, Reason, Verdict

CHECKS = settings(max_examples=80, deadline=None, derandomize=True)


def q(value: int | str | Fraction, unit: str | Expr) -> Expr:
    places = len(value.partition(".")[2]) if isinstance(value, str) and "." in value else None
    return app("quantity", num(value, places), Unit(unit) if isinstance(unit, str) else unit)


def related(left: Expr, right: Expr, head: str = "eq") -> Verdict:
    return verify(Quantity(relation=app(head, left, right)), QUICK)


SPEED = app("div", Unit("km"), Unit("hour"))

SUPPORTED = [
    (q(5, "km"), q(5000, "m")),
    (q(3, "hour"), q(180, "minute")),
    (q("2.5", "hour"), q(150, "minute")),
    (q(1, "inch"), q("2.54", "cm")),
    (q(1, "mile"), q("1.61", "km")),
    (q(20, "celsius"), q(68, "fahrenheit")),
    (q(300, "K"), q("26.85", "celsius")),
    (q(1, "year"), q(12, "month")),
    (q(1, "year"), q(365, "day")),
    (q(1, "year"), q(366, "day")),
    (q(1, "month"), q(30, "day")),
    (q(8, "ounce"), q(1, "cup")),
    (q(1, "pound"), q(16, "ounce")),
    (q(3, "usd"), app("mul", num(15), q(20, "cent"))),
    (app("add", q(1, "hour"), q(30, "minute")), q(90, "minute")),
    (app("mul", q(60, SPEED), q(2, "hour")), q(120, "km")),
    (q(36, SPEED), q(10, app("div", Unit("m"), Unit("s")))),
    (q(5, app("pow", Unit("m"), num(2))), q(50_000, app("pow", Unit("cm"), num(2)))),
    (q(1, "GB"), q(1024, "MB")),
]
REFUTED = [
    (q(5, "km"), q(500, "m")),
    (q(3, "hour"), q(160, "minute")),
    (q(20, "celsius"), q(70, "fahrenheit")),
    (q(2, "day"), q(50, "hour")),
    (q(2, "year"), q(25, "month")),
    (q(1, "mile"), q("2.6", "km")),
    (q(1, "month"), q(40, "day")),
    (app("mul", q(60, SPEED), q(2, "hour")), q(130, "km")),
]
UNDECIDED = [
    (q(5, "foot"), num(60)),
    (q(5, "usd"), q(4, "eur")),
    (app("add", q(5, "apple"), q(3, "orange")), q(8, "fruit")),
    (q(3, "hour"), q(180, "mile")),
    (q(3, "m"), q(12, "kg")),
    (q(5, "day"), q(40, "hour")),
    (q(2, "week"), q(10, "day")),
    (q(1, "mile"), q("1.63", "km")),
    (app("mul", q(3, "hour"), q(60, "minute")), q(180, "minute")),
    (q(10, "celsius"), q(18, "fahrenheit")),
]


@pytest.mark.parametrize(("left", "right"), SUPPORTED)
def test_right_conversions_are_supported_both_ways(left: Expr, right: Expr) -> None:
    assert related(left, right).label is Label.SUPPORTED
    if "." not in str(right):
        assert related(right, left).label is not Label.REFUTED


@pytest.mark.parametrize(("left", "right"), REFUTED)
def test_wrong_conversions_are_refuted(left: Expr, right: Expr) -> None:
    verdict = related(left, right)
    assert verdict.label is Label.REFUTED
    assert verdict.evidence is not None
    assert verdict.evidence.witness is not None
    assert exact.holds(verdict.evidence.witness.conclusion) is False


@pytest.mark.parametrize(("left", "right"), UNDECIDED)
def test_what_may_mean_something_else_is_undecided(left: Expr, right: Expr) -> None:
    assert related(left, right).label is Label.UNDECIDED


@pytest.mark.parametrize(
    ("left", "right"),
    [(q(5, "m"), q(5, "kg")), (app("add", q(3, "m"), q(2, "kg")), q(5, "m")), (q(7, "litre"), q(7, "m"))],
)
def test_a_slip_in_the_dimension_is_refuted_with_the_exponents(left: Expr, right: Expr) -> None:
    verdict = related(left, right)
    assert verdict.reason is Reason.DIMENSION
    assert verdict.evidence is not None
    assert verdict.evidence.witness is not None
    assert exact.holds(verdict.evidence.witness.conclusion) is False


def test_orders() -> None:
    assert related(q(5, "km"), q(3000, "m"), "gt").label is Label.SUPPORTED
    assert related(q(5, "km"), q(6000, "m"), "gt").label is Label.REFUTED


FIXED = sorted(
    (a, b)
    for a, one in SIZES.items() for b, two in SIZES.items()
    if a < b and one.dimension == two.dimension and len(one.factors) == len(two.factors) == 1
    and one.systems == two.systems
)  # fmt: skip


@CHECKS
@given(st.sampled_from(FIXED), st.fractions(min_value=Fraction(1, 50), max_value=50, max_denominator=50))
def test_conversions_there_and_back(pair: tuple[str, str], value: Fraction) -> None:
    first, second = pair
    converted = value * SIZES[first].factors[0] / SIZES[second].factors[0]
    assert related(q(value, first), q(converted, second)).label is Label.SUPPORTED
    assert related(q(converted, second), q(value, first)).label is Label.SUPPORTED


def test_every_unit_that_is_read_has_a_size_or_is_known_to_have_none() -> None:
    without = {"unit", "celsius", "fahrenheit", "T", "atm", "cal", "kcal", "eV", "kHz", "MHz", "kPa"}
    assert {name for name in UNITS.values() if name not in SIZES} <= without


def test_no_tower_of_units_is_built() -> None:
    tower = app("pow", Unit("m"), app("pow", num(9), app("pow", num(9), num(9))))
    assert related(q(1, tower), q(1, "m")).label is Label.UNDECIDED
