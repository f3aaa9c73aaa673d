"""The question's own value is computed, and a final result that differs is refuted."""

import pytest

from verifiers import exact
from verifiers.claims import Context, Result
from verifiers.expr import Const, Expr, Sym, app, num
from verifiers.kinds.result import verify
from verifiers.protocol import QUICK
from verifiers.verdicts import Label

N = Sym("n")


def whole(*conditions: Expr) -> Expr:
    return app("such_that", N, app("and", app("in", N, Const("integers")), *conditions))


def between(low: int, high: int) -> tuple[Expr, Expr]:
    return app("ge", N, num(low)), app("le", N, num(high))


CASES = [
    ("count", whole(*between(1, 100), app("divides", num(7), N)), 14),
    ("count", whole(*between(10, 99), app("is_prime", N)), 21),
    ("total", whole(*between(1, 10), app("congruent", N, num(1), num(2))), 25),
    ("total", whole(app("divides", N, num(28)), app("gt", N, num(0))), 56),
    ("least", whole(app("gt", N, num(0)), app("eq", app("mod", N, num(7)), num(3)), app("gt", N, num(50))), 52),
    ("greatest", whole(app("lt", N, num(100)), app("is_square", N)), 81),
    ("multiplied", whole(*between(1, 5)), 120),
    ("mean", whole(*between(1, 9)), 5),
]


@pytest.mark.parametrize(("measure", "within", "right"), CASES)
def test_measures_of_sets(measure: str, within: Expr, right: int) -> None:
    asked = app("call", Sym(measure), within)
    agreed = Result(template="value", parameters=(("value", asked),), claimed=num(right))
    assert verify(agreed, QUICK).label is Label.SUPPORTED
    verdict = verify(Result(template="value", parameters=(("value", asked),), claimed=num(right + 1)), QUICK)
    assert verdict.label is Label.REFUTED
    assert verdict.evidence is not None
    assert verdict.evidence.witness is not None
    assert exact.holds(verdict.evidence.witness.conclusion) is False


def test_functions_of_the_question_are_put_in() -> None:
    square = Context(functions=(("f", ("x",), app("add", app("pow", Sym("x"), num(2)), num(1))),))
    asked = app("call", Sym("f"), app("call", Sym("f"), num(2)))
    formula = Result(template="value", parameters=(("value", asked),), claimed=num(26), context=square)
    assert verify(formula, QUICK).label is Label.SUPPORTED


def test_one_reading_that_fits_is_enough() -> None:
    inside = app("call", Sym("count"), whole(app("gt", N, num(1)), app("lt", N, num(9))))
    closed = app("call", Sym("count"), whole(*between(1, 9)))
    for right, label in ((7, Label.SUPPORTED), (9, Label.SUPPORTED), (8, Label.REFUTED)):
        formula = Result(template="value", parameters=(("value", inside), ("value", closed)), claimed=num(right))
        assert verify(formula, QUICK).label is label


def test_an_unbounded_set_is_undecided() -> None:
    asked = app("call", Sym("count"), whole(app("is_prime", N)))
    formula = Result(template="value", parameters=(("value", asked),), claimed=num(25))
    assert verify(formula, QUICK).label is Label.UNDECIDED
