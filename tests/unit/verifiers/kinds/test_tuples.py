"""Whole-number solutions in several letters are counted completely, and only where they are bounded."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifiers.expr import Apply, Const, Expr, Sym, app, num
from verifiers.kinds._tuples import measure
from verifiers.kinds._wholes import UnsuitedError
from verifiers.protocol import QUICK

X, Y, Z = Sym("x"), Sym("y"), Sym("z")


def count(letters: tuple[Sym, ...], *conditions: Expr, sort: str = "naturals") -> int:
    whole = [app("in", letter, Const(sort)) for letter in letters]
    return int(measure("count", app("such_that", Apply("tuple", letters), app("and", *whole, *conditions)), QUICK))


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 4), st.integers(1, 4), st.integers(-3, 3), st.integers(2, 40))
def test_linear_and_quadratic_terms(a: int, b: int, c: int, total: int) -> None:
    left = app("add", app("mul", num(a), app("pow", X, num(2))), app("mul", num(b), Y))
    assert count((X, Y), app("le", left, num(total))) == sum(
        a * x * x + b * y <= total for x, y in product(range(1, 41), repeat=2)
    )
    if c:
        twisted = app("add", app("mul", X, Y), app("mul", num(c), X))
        expected = sum(x * y + c * x == total for x, y in product(range(1, 200), repeat=2))
        assert count((X, Y), app("eq", twisted, num(total))) == expected


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 60))
def test_integers_of_both_signs(n: int) -> None:
    squares = app("add", app("pow", X, num(2)), app("pow", Y, num(2)))
    around = list(product(range(-60, 61), repeat=2))
    assert count((X, Y), app("eq", squares, num(n)), sort="integers") == sum(x * x + y * y == n for x, y in around)
    assert count((X, Y), app("eq", app("mul", X, Y), num(n)), sort="integers") == sum(x * y == n for x, y in around)
    apart = app("add", app("pow", X, num(2)), app("neg", app("pow", Y, num(2))))
    assert count((X, Y), app("eq", apart, num(n)), sort="integers") == sum(x * x - y * y == n for x, y in around)


def test_three_letters_in_order() -> None:
    assert count((X, Y, Z), app("lt", X, Y), app("lt", Y, Z), app("le", Z, num(9))) == 84


@pytest.mark.parametrize("right", [app("add", Y, num(1)), app("pow", Y, num(2))])
def test_without_bounds_nothing_is_counted(right: Expr) -> None:
    with pytest.raises(UnsuitedError):
        count((X, Y), app("eq", X, right))


def test_letters_that_are_no_whole_numbers_are_left_alone() -> None:
    with pytest.raises(UnsuitedError):
        count((X, Y), app("eq", app("add", X, Y), num(5)), sort="reals")
