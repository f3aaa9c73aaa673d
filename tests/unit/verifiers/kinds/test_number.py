"""Number theory facts come out as they are, with a witness where they are false."""

from typing import get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifiers import exact
from verifiers.claims import NumberFact
from verifiers.expr import Expr, Text, app, num
from verifiers.kinds.number import verify
from verifiers.protocol import QUICK
from verifiers.verdicts import Label, Verdict

CHECKS = settings(max_examples=80, deadline=None, derandomize=True)


def fact(predicate: str, *arguments: int | Expr, holds: bool = True) -> Verdict:
    trees = tuple(num(a) if isinstance(a, int) else a for a in arguments)
    return verify(NumberFact(predicate=predicate, arguments=trees, holds=holds), QUICK)  # type: ignore[arg-type]


TRUE = [
    ("prime", (97,)), ("composite", (91,)), ("even", (0,)), ("odd", (-3,)), ("square", (1369,)), ("cube", (-27,)),
    ("perfect_power", (32,)), ("integer", (7,)), ("rational", (app("div", num(1), num(3)),)),
    ("irrational", (app("sqrt", num(8)),)), ("divides", (7, 91)), ("multiple", (91, 7)), ("coprime", (35, 12)),
    ("congruent", (-3, 11, 7)), ("digit_count", (46657, 5)), ("digit_sum", (46657, 28)), ("palindrome", (12321,)),
    ("factorization", (12, app("mul", app("pow", num(2), num(2)), num(3)))), ("in_base", (45, Text("101101"), 2)),
    ("gcd", (84, 126, 42)), ("lcm", (4, 6, 9, 36)), ("divisor_count", (72, 12)), ("divisor_sum", (12, 28)),
    ("remainder", (100, 7, 2)), ("last_digit", (app("pow", num(7), num(2023)), 3)), ("perfect", (496,)),
    ("triangular", (28,)), ("fibonacci", (89,)), ("power_of", (243, 3)), ("square_free", (30,)),
    ("consecutive", (4, 5, 6)),
]  # fmt: skip
FALSE = [
    ("prime", (1,)), ("prime", (1234567,)), ("composite", (2,)), ("even", (7,)), ("odd", (8,)), ("square", (1370,)),
    ("cube", (28,)), ("perfect_power", (37,)), ("irrational", (app("sqrt", num(49)),)), ("divides", (6, 92)),
    ("multiple", (474, 19)), ("coprime", (21, 35)), ("congruent", (5, 13, 7)), ("digit_count", (60060, 6)),
    ("digit_sum", (11, 3)), ("palindrome", (2101,)), ("factorization", (1404, app("mul", num(4), num(351)))),
    ("in_base", (45, Text("101111"), 2)), ("gcd", (12, 18, 4)), ("lcm", (8, 12, 48)), ("divisor_count", (64, 6)),
    ("divisor_sum", (12, 16)), ("remainder", (2003, 3, 1)), ("last_digit", (app("pow", num(3), num(50)), 7)),
    ("perfect", (12,)), ("triangular", (11,)), ("fibonacci", (22,)), ("power_of", (48, 2)), ("square_free", (12,)),
    ("consecutive", (4, 6)),
]  # fmt: skip


@pytest.mark.parametrize(("predicate", "arguments"), TRUE)
def test_true_facts_are_supported_and_their_denial_refuted(predicate: str, arguments: tuple[int | Expr, ...]) -> None:
    assert fact(predicate, *arguments).label is Label.SUPPORTED
    assert fact(predicate, *arguments, holds=False).label is Label.REFUTED


@pytest.mark.parametrize(("predicate", "arguments"), FALSE)
def test_false_facts_are_refuted_with_a_witness(predicate: str, arguments: tuple[int | Expr, ...]) -> None:
    verdict = fact(predicate, *arguments)
    assert verdict.label is Label.REFUTED
    assert verdict.evidence is not None
    assert verdict.evidence.witness is not None
    assert exact.holds(verdict.evidence.witness.conclusion) is False
    assert exact.all_hold(verdict.evidence.witness.premises) is True


def test_every_predicate_is_tried() -> None:
    predicates = set(get_args(get_type_hints(NumberFact)["predicate"]))
    assert predicates == {predicate for predicate, _ in TRUE}


@pytest.mark.parametrize(
    ("predicate", "arguments"),
    [
        ("even", (num("5/2"),)),
        ("prime", (app("pow", num(10), num(100_000)),)),
        ("remainder", (100, 7, 9)),
        ("in_base", (45, Text("29"), 2)),
        ("gcd", (4, 4)),
        ("irrational", (app("add", app("sqrt", num(2)), app("sqrt", num(3))),)),
    ],
)
def test_what_cannot_be_told_is_undecided(predicate: str, arguments: tuple[int | Expr, ...]) -> None:
    assert fact(predicate, *arguments).label is Label.UNDECIDED


def test_the_right_value_is_found() -> None:
    verdict = fact("gcd", 12, 18, 4)
    assert verdict.evidence is not None
    assert verdict.evidence.witness is not None
    assert verdict.evidence.witness.found == num(6)
    assert verdict.evidence.text == "The gcd of 12, 18 is not 4, it is 6."


@CHECKS
@given(st.integers(0, 10**12), st.integers(2, 16))
def test_numerals_stand_for_their_number(value: int, base: int) -> None:
    digits = ""
    rest = value
    while rest:
        rest, digit = divmod(rest, base)
        digits = "0123456789abcdef"[digit] + digits
    assert fact("in_base", value, Text(digits or "0"), base).label is Label.SUPPORTED
    assert fact("in_base", value + 1, Text(digits or "0"), base).label is Label.REFUTED


@CHECKS
@given(st.integers(-(10**9), 10**9), st.integers(1, 10**4), st.integers(1, 50))
def test_remainders(value: int, modulus: int, off: int) -> None:
    assert fact("remainder", value, modulus, value % modulus).label is Label.SUPPORTED
    wrong = (value + off) % modulus
    if wrong != value % modulus:
        assert fact("remainder", value, modulus, wrong).label is Label.REFUTED
