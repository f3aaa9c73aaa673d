"""What the evaluator of witnesses promises: true, false, or no answer, and never an exception."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from verifiers import exact
from verifiers.expr import Apply, Const, Num, Sym, app, num
from verifiers.notation import Unread, read

CASES = json.loads((Path(__file__).parents[2] / "cases" / "kinds" / "exact.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_truth(text: str, expected: bool | None) -> None:
    relation = read(text)
    assert not isinstance(relation, Unread)
    assert exact.holds(relation) is expected


def test_the_imaginary_unit_makes_roots_complex() -> None:
    i = Const("i")
    assert exact.holds(app("eq", app("sqrt", num(-9)), app("mul", num(3), i))) is True
    assert exact.holds(app("eq", app("pow", Const("e"), app("mul", i, Const("pi"))), num(-1))) is True
    assert exact.holds(app("eq", app("sqrt", num(-9)), num(3))) is None


def test_powers_too_large_to_build() -> None:
    tower = app("pow", num(9), app("pow", num(9), num(9)))
    assert exact.holds(app("eq", tower, num(3))) is False
    power = app("pow", num(7), app("pow", num(10), num(9)))
    assert exact.holds(app("congruent", power, num(1), num(10))) is True


def test_letters_are_put_in() -> None:
    relation = app("eq", app("pow", Sym("x"), num(2)), num(4))
    assert exact.holds(relation, {"x": -2}) is True
    assert exact.holds(relation, (("x", num(3)),)) is False
    assert exact.holds(relation) is None


def test_values_stay_fractions() -> None:
    assert exact.value(app("div", num(1), num(3))) == Fraction(1, 3)
    assert exact.value(app("sqrt", num("4/9"))) == Fraction(2, 3)
    assert exact.value(app("log", num(8), num(2))) == 3


def test_why_there_is_no_value() -> None:
    found = exact.evaluate(app("div", num(1), num(0)))
    assert isinstance(found, exact.Undefined)
    assert "zero" in found.why
    assert exact.value(app("div", num(1), num(0))) is None
    assert exact.evaluate(Sym("x")) is None


@pytest.mark.parametrize(
    "expr",
    [
        app("pow", num(9), app("pow", num(9), app("pow", num(9), num(9)))),
        app("factorial", num(10**9)),
        app("factorial", app("factorial", num(20))),
        app("binom", num(10**12), num(5 * 10**11)),
        app("sum", Sym("k"), Sym("k"), num(1), num(10**12)),
        app("prod", app("factorial", Sym("k")), Sym("k"), num(1), num(5_000)),
        app("is_prime", app("add", app("pow", num(2), num(9_689)), num(-1))),
        app("totient", app("pow", num(10), num(300))),
        app("root", num(2), num(10**9)),
        Apply("pow", (Apply("pow", (num(2), num(10**9))), num(10**9))),
        app("integral", app("div", num(1), Sym("x")), Sym("x"), num(-1), num(1)),
        app("based", num(12), num(10**6)),
        app("set", Sym("x")),
        Const("reals"),
    ],
)
def test_hostile_values_cost_little(expr: Apply) -> None:
    assert exact.holds(app("eq", expr, Num(Fraction(1)))) is not True


def test_nesting_is_survived() -> None:
    deep = num(1)
    for _ in range(5_000):
        deep = app("neg", deep)
    assert exact.holds(app("eq", deep, num(1))) in (True, None)


def test_equality_of_different_irrationals_close_together_is_refused() -> None:
    near = app("add", app("sqrt", num(2)), num(Fraction(1, 10**40)))
    assert exact.holds(app("eq", near, app("sqrt", num(2)))) is False


def test_all_hold() -> None:
    less = app("lt", Sym("x"), num(3))
    more = app("gt", Sym("x"), num(1))
    assert exact.all_hold((less, more), {"x": 2}) is True
    assert exact.all_hold((less, more), {"x": 5}) is False
    assert exact.all_hold((less, app("gt", Sym("y"), num(1))), {"x": 2}) is None
