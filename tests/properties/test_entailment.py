"""Verdicts of Z3 beside a search through all models of a small finite problem."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from verifiers.claims import Deduction
from verifiers.expr import Apply, Const, Expr, Num, Sym, num
from verifiers.kinds import logic
from verifiers.logic import Model, Problem, Signature, Sort, Statement, Symbol, holds
from verifiers.logic.models import Interpretation
from verifiers.logic.notation import read_sentence
from verifiers.logic.show import show
from verifiers.logic.smtlib import Script, read_script, write_script
from verifiers.protocol import QUICK
from verifiers.verdicts import Reason

PEOPLE = (Sym("arun"), Sym("bela"))
SIGNATURE = Signature(
    (Sort("person", PEOPLE), Sort("seat", (num(1), num(2), num(3)))),
    (Symbol("Poet", ("person",)), Symbol("Rain"), Symbol("seat_of", ("person",), "seat"), Symbol("best", (), "person")),
)

people = st.sampled_from([*PEOPLE, Sym("best")])
seats = st.one_of(
    st.sampled_from([num(1), num(2), num(4)]),
    people.map(lambda p: Apply("call", (Sym("seat_of"), p))),
)
atoms = st.one_of(
    st.just(Sym("Rain")),
    people.map(lambda p: Apply("call", (Sym("Poet"), p))),
    st.builds(lambda head, a, b: Apply(head, (a, b)), st.sampled_from(["eq", "lt", "le", "ne"]), seats, seats),
    st.builds(lambda a, b: Apply("eq", (a, b)), people, people),
    st.builds(
        lambda head, body: Apply(head, (Apply("in", (Sym("p"), Sym("person"))), body)),
        st.sampled_from(["forall", "exists"]),
        st.sampled_from(
            [
                Apply("call", (Sym("Poet"), Sym("p"))),
                Apply("lt", (Apply("call", (Sym("seat_of"), Sym("p"))), num(3))),
                Apply("ne", (Sym("p"), Sym("best"))),
            ]
        ),
    ),
)
sentences = st.recursive(
    atoms,
    lambda inner: st.one_of(
        inner.map(lambda a: Apply("not", (a,))),
        st.builds(
            lambda head, a, b: Apply(head, (a, b)),
            st.sampled_from(["and", "or", "implies", "iff", "xor"]),
            inner,
            inner,
        ),
    ),
    max_leaves=5,
)


def models() -> list[Model]:
    truths = [Const("false"), Const("true")]
    found = []
    for a, b, rain, s, t, best in product(truths, truths, truths, (1, 2, 3), (1, 2, 3), PEOPLE):
        tables = (
            Interpretation("Poet", 1, (((PEOPLE[0],), a), ((PEOPLE[1],), b))),
            Interpretation("Rain", 0, (((), rain),)),
            Interpretation("seat_of", 1, (((PEOPLE[0],), num(s)), ((PEOPLE[1],), num(t)))),
            Interpretation("best", 0, (((), best),)),
        )
        found.append(Model((("person", PEOPLE), ("seat", (num(1), num(2), num(3)))), tables))
    return found


MODELS = models()


@settings(deadline=None, max_examples=150)
@given(st.lists(sentences, max_size=3), sentences)
def test_verdicts_agree_with_a_search_through_all_models(premises: list[Expr], conclusion: Expr) -> None:
    problem = Problem(SIGNATURE, tuple(Statement(p) for p in premises))
    allowed = [m for m in MODELS if all(holds(p, m) for p in premises)]
    truths = {holds(conclusion, m) for m in allowed}
    expected = {
        frozenset(): Reason.INCONSISTENT_CONTEXT,
        frozenset({True}): Reason.PROVED,
        frozenset({False}): Reason.CONTRADICTS,
        frozenset({True, False}): Reason.NOT_ENTAILED,
    }[frozenset(bool(t) for t in truths)]
    verdict = logic.verify(Deduction(problem=problem, conclusion=Statement(conclusion)), QUICK)
    assert verdict.reason is expected


@settings(deadline=None)
@given(sentences)
def test_what_is_shown_reads_back_with_the_same_meaning(sentence: Expr) -> None:
    read = read_sentence(show(sentence))
    assert isinstance(read, Apply | Sym | Num), f"{show(sentence)}: {read}"
    assert all(holds(read, m) == holds(sentence, m) for m in MODELS)


@settings(deadline=None)
@given(st.lists(sentences, max_size=3), sentences)
def test_a_problem_read_back_from_smtlib_has_the_same_verdict(premises: list[Expr], conclusion: Expr) -> None:
    problem = Problem(SIGNATURE, tuple(Statement(p) for p in premises))
    script = read_script(write_script(problem, ("conclusion", conclusion)))
    assert isinstance(script, Script), str(script)
    assert script.conclusion is not None
    before = logic.verify(Deduction(problem=problem, conclusion=Statement(conclusion)), QUICK)
    after = logic.verify(Deduction(problem=script.problem, conclusion=script.conclusion), QUICK)
    assert after.reason is before.reason
