"""A step that keeps the solutions is never refuted, a spoilt one never supported as a rewriting."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from verifiers import exact
from verifiers.claims import Derivation, Solution
from verifiers.expr import Expr, Num, Sym, app, num
from verifiers.kinds import derivation, solution
from verifiers.protocol import QUICK
from verifiers.verdicts import Label, Verdict

NUMBERS = st.integers(-9, 9).map(lambda n: Num(Fraction(n)))
NONZERO = st.integers(-6, 6).filter(bool).map(lambda n: Num(Fraction(n)))
LETTERS = st.sampled_from([Sym("x"), Sym("y")])


def polynomials(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    pairs = st.tuples(inner, inner)
    return st.one_of(
        pairs.map(lambda p: app("add", *p)), pairs.map(lambda p: app("mul", *p)), inner.map(lambda e: app("neg", e))
    )


SIDES = st.recursive(LETTERS | NUMBERS, polynomials, max_leaves=5)


def kept(left: Expr, right: Expr, shift: Expr, factor: Expr) -> tuple[Expr, ...]:
    """Equations with the solutions of `left = right`."""
    return (
        app("eq", right, left),
        app("eq", app("add", left, shift), app("add", right, shift)),
        app("eq", app("mul", factor, left), app("mul", factor, right)),
        app("eq", app("add", left, app("neg", right)), num(0)),
    )


def step(premise: Expr, conclusion: Expr) -> Verdict:
    return derivation.verify(Derivation(premises=(premise,), conclusion=conclusion, link="rewrite"), QUICK)


@settings(max_examples=60, deadline=None)
@given(SIDES, SIDES, SIDES, NONZERO)
def test_kept_solutions_are_never_refuted(left: Expr, right: Expr, shift: Expr, factor: Expr) -> None:
    for conclusion in kept(left, right, shift, factor):
        assert step(app("eq", left, right), conclusion).label is not Label.REFUTED


@settings(max_examples=60, deadline=None)
@given(SIDES, SIDES, NONZERO)
def test_a_side_spoilt_by_a_constant_is_never_supported(left: Expr, right: Expr, error: Expr) -> None:
    premise, conclusion = app("eq", left, right), app("eq", left, app("add", right, error))
    assert step(premise, conclusion).label is not Label.SUPPORTED


@settings(max_examples=60, deadline=None)
@given(SIDES, SIDES, SIDES, SIDES)
def test_witnesses_replay(left: Expr, right: Expr, other: Expr, last: Expr) -> None:
    verdict = step(app("eq", left, right), app("eq", other, last))
    if verdict.label is Label.REFUTED:
        assert verdict.evidence
        assert verdict.evidence.witness
        witness = verdict.evidence.witness
        assert all(exact.holds(premise, witness.assignment) is True for premise in witness.premises)
        assert exact.holds(witness.conclusion, witness.assignment) is False


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-8, 8), min_size=1, max_size=4, unique=True), st.integers(-9, 9))
def test_roots_of_a_product(roots: list[int], another: int) -> None:
    x = Sym("x")
    factors = [app("add", x, num(-root)) for root in roots]
    product = factors[0] if len(factors) == 1 else app("mul", *factors)
    problem = (app("eq", product, num(0)),)

    def claim(values: list[int]) -> Label:
        claimed = app("set", *(num(v) for v in values))
        return solution.verify(Solution(problem=problem, unknowns=("x",), claimed=claimed, complete=True), QUICK).label

    assert claim(roots) is Label.SUPPORTED
    assert claim(roots[1:]) is Label.REFUTED
    assert claim([*roots, another]) is (Label.SUPPORTED if another in roots else Label.REFUTED)
