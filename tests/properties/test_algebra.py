"""An identity-preserving rewrite is never refuted, a perturbed one never supported; witnesses always replay."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from verifiers import exact
from verifiers.claims import Identity
from verifiers.evaluation.normal import equal
from verifiers.expr import Apply, Expr, Num, Sym, app, num
from verifiers.kinds import arithmetic, identity
from verifiers.protocol import QUICK
from verifiers.verdicts import Label

LETTERS = st.sampled_from([Sym("x"), Sym("y"), Sym("n")])
NUMBERS = st.builds(lambda p, q: Num(Fraction(p, q)), st.integers(-9, 9), st.integers(1, 4))
LEAVES = LETTERS | NUMBERS


def grown(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    pairs = st.tuples(inner, inner)
    return st.one_of(
        pairs.map(lambda p: app("add", *p)),
        pairs.map(lambda p: app("mul", *p)),
        inner.map(lambda e: app("neg", e)),
        pairs.map(lambda p: app("div", *p)),
        st.tuples(inner, st.integers(0, 3)).map(lambda p: app("pow", p[0], num(p[1]))),
        inner.map(lambda e: app("sqrt", e)),
        inner.map(lambda e: app("sin", e)),
        inner.map(lambda e: app("abs", e)),
    )


EXPRESSIONS = st.recursive(LEAVES, grown, max_leaves=8)
CLOSED = st.recursive(NUMBERS, grown, max_leaves=8)


def minus(a: Expr, b: Expr) -> Expr:
    return app("add", a, app("neg", b))


REWRITES = (
    lambda a, b, c: (app("mul", a, app("add", b, c)), app("add", app("mul", a, b), app("mul", a, c))),
    lambda a, b, c: (minus(app("pow", a, num(2)), app("pow", b, num(2))), app("mul", minus(a, b), app("add", a, b))),
    lambda a, b, c: (app("add", a, app("add", b, c)), app("add", app("add", c, a), b)),
    lambda a, b, c: (app("neg", minus(a, b)), minus(b, a)),
    lambda a, b, c: (app("pow", app("sin", a), num(2)), minus(num(1), app("pow", app("cos", a), num(2)))),
    lambda a, b, c: (app("sqrt", app("pow", a, num(2))), app("abs", a)),
    lambda a, b, c: (app("div", app("mul", a, b), b), a),
)


@settings(max_examples=80, deadline=None)
@given(EXPRESSIONS, EXPRESSIONS, EXPRESSIONS, st.sampled_from(REWRITES))
def test_a_true_rewrite_is_never_refuted(a: Expr, b: Expr, c: Expr, rewrite) -> None:  # type: ignore[no-untyped-def]
    left, right = rewrite(a, b, c)
    verdict = identity.verify(Identity(relation=app("eq", left, right)), QUICK)
    assert verdict.label is not Label.REFUTED, verdict


@settings(max_examples=80, deadline=None)
@given(EXPRESSIONS, EXPRESSIONS, EXPRESSIONS, st.sampled_from(REWRITES), NUMBERS)
def test_a_false_rewrite_is_never_supported(  # type: ignore[no-untyped-def]
    a: Expr, b: Expr, c: Expr, rewrite, error: Num
) -> None:
    if not error.value:
        return
    left, right = rewrite(a, b, c)
    relation = app("eq", left, app("add", right, error))
    verdict = identity.verify(Identity(relation=relation), QUICK)
    assert verdict.label is not Label.SUPPORTED, verdict
    if verdict.label is Label.REFUTED:
        assert verdict.evidence
        witness = verdict.evidence.witness
        assert witness
        assert exact.holds(witness.conclusion, witness.assignment) is False


@settings(max_examples=120, deadline=None)
@given(CLOSED, NUMBERS)
def test_closed_values(expr: Expr, error: Num) -> None:
    same = arithmetic.decide(app("eq", expr, expr))
    assert same.label is not Label.REFUTED
    if error.value and exact.value(expr) is not None:
        other = arithmetic.decide(app("eq", expr, app("add", expr, error)))
        assert other.label is not Label.SUPPORTED


@settings(max_examples=80, deadline=None)
@given(EXPRESSIONS, EXPRESSIONS, st.integers(-7, 7), st.integers(-7, 7), st.integers(-7, 7))
def test_the_normal_form_agrees_with_evaluation(a: Expr, b: Expr, x: int, y: int, n: int) -> None:
    if equal(a, b):
        assert exact.holds(app("eq", a, b), {"x": x, "y": y, "n": n}) is not False


@settings(max_examples=80, deadline=None)
@given(CLOSED, CLOSED)
def test_order_is_consistent(a: Expr, b: Expr) -> None:
    answers = [exact.holds(Apply(head, (a, b))) for head in ("lt", "eq", "gt")]
    assert answers.count(True) <= 1
    if None not in answers:
        assert answers.count(True) == 1


@settings(max_examples=40, deadline=None)
@given(EXPRESSIONS, EXPRESSIONS)
def test_the_same_question_has_one_answer(a: Expr, b: Expr) -> None:
    formula = Identity(relation=app("eq", a, b))
    assert identity.verify(formula, QUICK) == identity.verify(formula, QUICK)
