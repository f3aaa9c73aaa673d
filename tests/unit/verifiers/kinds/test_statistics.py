"""Statistics agree with the standard library, by every definition in use."""

import statistics
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifiers.claims import Statistic
from verifiers.expr import Expr, Text, app, num
from verifiers.kinds.statistics import verify
from verifiers.protocol import QUICK
from verifiers.verdicts import Label

CHECKS = settings(max_examples=60, deadline=None, derandomize=True)
DATA = st.lists(st.integers(-50, 50), min_size=2, max_size=12)


def label(measure: str, data: list[int], result: Expr) -> Label:
    numbers = tuple(num(value) for value in data)
    return verify(Statistic(measure=measure, data=numbers, result=result), QUICK).label  # type: ignore[arg-type]


def written(text: str) -> Expr:
    return num(text, places=len(text.partition(".")[2]))


@CHECKS
@given(DATA)
def test_mean_and_median(data: list[int]) -> None:
    exact = [Fraction(value) for value in data]
    assert label("mean", data, num(statistics.mean(exact))) is Label.SUPPORTED
    assert label("median", data, num(statistics.median(exact))) is Label.SUPPORTED
    assert label("mean", data, num(statistics.mean(exact) + 3)) is Label.REFUTED
    assert label("median", data, num(statistics.median(exact) + 3)) is Label.REFUTED


@CHECKS
@given(DATA)
def test_variance_over_n_and_over_n_minus_1(data: list[int]) -> None:
    exact = [Fraction(value) for value in data]
    for right in (statistics.pvariance(exact), statistics.variance(exact)):
        assert label("variance", data, num(right)) is Label.SUPPORTED
    wrong = statistics.pvariance(exact) + statistics.variance(exact) + 7
    assert label("variance", data, num(wrong)) is Label.REFUTED


@CHECKS
@given(st.lists(st.integers(0, 100), min_size=4, max_size=12))
def test_quartiles_by_both_methods_of_the_standard_library(data: list[int]) -> None:
    exact = [Fraction(value) for value in data]
    for method in ("inclusive", "exclusive"):
        low, _, high = statistics.quantiles(exact, n=4, method=method)  # type: ignore[arg-type]
        if min(data) <= low and high <= max(data):
            assert label("lower_quartile", data, num(low)) is Label.SUPPORTED
            assert label("upper_quartile", data, num(high)) is Label.SUPPORTED
    assert label("lower_quartile", data, num(max(data) + 5)) is Label.REFUTED


@pytest.mark.parametrize(
    ("measure", "result", "expected"),
    [
        ("standard_deviation", "2", "supported"),
        ("standard_deviation", "2.14", "supported"),
        ("standard_deviation", "3.5", "refuted"),
        ("range", "7", "supported"),
        ("sum", "41", "refuted"),
        ("count", "8", "supported"),
        ("minimum", "2", "supported"),
        ("maximum", "8", "refuted"),
        ("interquartile_range", "20", "refuted"),
    ],
)
def test_rounding_follows_the_digits_written(measure: str, result: str, expected: str) -> None:
    data = [2, 4, 4, 4, 5, 5, 7, 9]
    assert label(measure, data, written(result) if "." in result else num(result)).value == expected


def test_modes() -> None:
    assert label("mode", [1, 2, 2], num(2)) is Label.SUPPORTED
    assert label("mode", [1, 2, 2], num(1)) is Label.REFUTED
    assert label("mode", [1, 1, 2, 2], num(1)) is Label.UNDECIDED
    assert label("mode", [1, 1, 2, 2], app("set", num(1), num(2))) is Label.SUPPORTED
    assert label("mode", [1, 2, 3], Text("none")) is Label.SUPPORTED
    assert label("mode", [1, 2, 2], Text("none")) is Label.REFUTED


def test_no_data_no_verdict() -> None:
    assert label("mean", [], num(0)) is Label.UNDECIDED
    assert label("harmonic_mean", [-1, 2], num(0)) is Label.UNDECIDED
