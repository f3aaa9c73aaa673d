"""Percentages, interest and trade by their rules."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifiers.claims import Finance
from verifiers.expr import Expr, app, num
from verifiers.kinds.percentage import verify
from verifiers.protocol import QUICK
from verifiers.verdicts import Label

CHECKS = settings(max_examples=60, deadline=None, derandomize=True)


def label(rule: str, result: int | str | Expr, **parameters: int | Expr) -> Label:
    named = tuple((name.rstrip("_"), num(p) if isinstance(p, int) else p) for name, p in parameters.items())
    if isinstance(result, str):
        result = num(result, places=len(result.partition(".")[2]) or None)
    elif isinstance(result, int):
        result = num(result)
    return verify(Finance(rule=rule, parameters=named, result=result), QUICK).label


@pytest.mark.parametrize(
    ("rule", "parameters", "right", "wrong"),
    [
        ("percent_of", {"percent": 15, "whole": 80}, 12, 13),
        ("what_percent", {"part": 20, "whole": 50}, 40, 45),
        ("whole", {"percent": 40, "part": 20}, 50, 60),
        ("percent_increase", {"from_": 50, "to": 60}, 20, 25),
        ("percent_decrease", {"from_": 60, "to": 45}, 25, 20),
        ("increased_by", {"percent": 20, "whole": 50}, 60, 70),
        ("decreased_by", {"percent": 20, "whole": 50}, 40, 30),
        ("simple_interest", {"principal": 1000, "rate": 5, "years": 3}, 150, 160),
        ("simple_amount", {"principal": 1000, "rate": 5, "years": 3}, 1150, 1250),
        ("profit", {"cost": 50, "price": 60}, 10, 110),
        ("loss", {"cost": 60, "price": 50}, 10, 20),
        ("profit_percent", {"cost": 50, "price": 60}, 20, 10),
        ("successive_decrease", {"first": 20, "second": 10}, 28, 30),
        ("successive_increase", {"first": 20, "second": 10}, 32, 30),
        ("taken_off", {"percent": 20, "whole": 50}, 40, 30),
        ("taken_off", {"percent": 20, "whole": 50}, 10, 20),
        ("added", {"percent": 15, "whole": 40}, 46, 40),
    ],
)
def test_rules(rule: str, parameters: dict[str, int], right: int, wrong: int) -> None:
    assert label(rule, right, **parameters) is Label.SUPPORTED
    assert label(rule, app("percent", num(right)), **parameters) is Label.SUPPORTED
    assert label(rule, wrong, **parameters) is Label.REFUTED


@CHECKS
@given(st.integers(100, 100_000), st.integers(1, 20), st.integers(1, 12), st.sampled_from([1, 2, 4, 12]))
def test_compound_interest_is_rounded_to_cents(principal: int, rate: int, years: int, periods: int) -> None:
    amount = principal * (1 + Fraction(rate, 100 * periods)) ** (years * periods)
    exact = Decimal(amount.numerator) / Decimal(amount.denominator)
    cents = str(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))
    given_ = {"principal": principal, "rate": rate, "years": years, "periods": periods}
    assert label("compound_amount", cents, **given_) is Label.SUPPORTED
    assert label("compound_amount", f"{2 * exact:.2f}", **given_) is Label.REFUTED


def test_shares() -> None:
    parameters: dict[str, int | Expr] = {"ratio": app("ratio", num(2), num(3)), "total": 100}
    assert label("ratio_shares", app("tuple", num(40), num(60)), **parameters) is Label.SUPPORTED
    assert label("ratio_shares", app("tuple", num(60), num(40)), **parameters) is Label.SUPPORTED
    assert label("ratio_shares", app("tuple", num(45), num(55)), **parameters) is Label.REFUTED


def test_unknown_rules_and_shares_of_nothing_are_undecided() -> None:
    assert label("astrology", 3, rate=5) is Label.UNDECIDED
    assert label("percent_increase", 20, from_=0, to=60) is Label.UNDECIDED
    assert label("percent_of", "0.87", percent=7, whole=num("12.34", places=2)) is Label.UNDECIDED
