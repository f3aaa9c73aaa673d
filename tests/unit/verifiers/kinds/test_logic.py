"""Deductions, consistency and counted arrangements: verdicts, witnesses, cores."""

from collections.abc import Sequence

import pytest

from verifiers.check import replays
from verifiers.claims import Arrangements, Consistency, Deduction
from verifiers.expr import Apply, Num, Sym, num
from verifiers.kinds import arrangements, consistency, logic
from verifiers.logic import Problem, Signature, Sort, Statement, Symbol, holds, untyped
from verifiers.logic.notation import Fault, read_sentence
from verifiers.protocol import QUICK, Budget
from verifiers.verdicts import Label, Reason, Verdict


def statement(text: str) -> Statement:
    read = read_sentence(text)
    assert not isinstance(read, Fault), str(read)
    return Statement(read, text)


def deduce(premises: Sequence[str], conclusion: str, modality: str = "is", budget: Budget = QUICK) -> Verdict:
    problem, (claimed,) = untyped([statement(p) for p in premises], statement(conclusion))
    return logic.verify(Deduction(problem=problem, conclusion=claimed, modality=modality), budget)  # type: ignore[arg-type]


SYLLOGISM = ["∀x (Poet(x) → Dreamer(x))", "∀x (Dreamer(x) → ¬Banker(x))", "Poet(arun)", "Tall(bela)"]

VERDICTS = [
    (SYLLOGISM, "¬Banker(arun)", "is", "supported", "proved"),
    (SYLLOGISM, "∀x (Poet(x) → ¬Banker(x))", "must", "supported", "proved"),
    (SYLLOGISM, "Banker(arun)", "is", "refuted", "contradicts"),
    (SYLLOGISM, "Banker(bela)", "is", "undecided", "not_entailed"),
    (SYLLOGISM, "Banker(bela)", "must", "refuted", "counterexample"),
    (SYLLOGISM, "Banker(arun)", "must", "refuted", "contradicts"),
    (SYLLOGISM, "Banker(bela)", "can", "supported", "proved"),
    (SYLLOGISM, "Banker(arun)", "can", "refuted", "contradicts"),
    ([*SYLLOGISM, "Banker(arun)"], "Tall(bela)", "is", "undecided", "inconsistent_context"),
    ([*SYLLOGISM, "Banker(arun)"], "¬Tall(bela)", "is", "undecided", "inconsistent_context"),
    ([], "Rain ∨ ¬Rain", "is", "supported", "proved"),
    ([], "Rain ∧ ¬Rain", "can", "refuted", "contradicts"),
    (["age(arun) = age(bela) + 2", "age(bela) > 10"], "age(arun) > 12", "is", "supported", "proved"),
    (["age(arun) = age(bela) + 2", "age(bela) > 10"], "age(arun) = 11", "is", "refuted", "contradicts"),
    (["∀x ∃y Parent(y, x)", "∀x ¬Parent(x, x)"], "∃x ∃y x ≠ y", "is", "supported", "proved"),
    (["2 * share(a) = 7"], "share(a) = 3", "can", "undecided", "inconsistent_context"),
]


@pytest.mark.parametrize(("premises", "conclusion", "modality", "label", "reason"), VERDICTS)
def test_verdicts(premises: list[str], conclusion: str, modality: str, label: str, reason: str) -> None:
    verdict = deduce(premises, conclusion, modality)
    assert (verdict.label.value, verdict.reason.value) == (label, reason), verdict
    if verdict.label is Label.REFUTED:
        assert verdict.evidence
        assert verdict.evidence.witness
        assert replays(verdict.evidence.witness) is True


def test_a_core_names_only_what_is_needed_in_its_own_words() -> None:
    verdict = deduce(SYLLOGISM, "¬Banker(arun)")
    assert verdict.evidence
    assert verdict.evidence.core == tuple(SYLLOGISM[:3])


def test_what_is_left_open_comes_with_a_model_each_way() -> None:
    verdict = deduce(SYLLOGISM, "Banker(bela)")
    assert verdict.evidence
    so, not_so = verdict.evidence.models
    conclusion = statement("Banker(bela)").sentence
    assert holds(conclusion, so) is True
    assert holds(conclusion, not_so) is False


def test_the_same_question_gives_the_same_witness_whatever_was_asked_before() -> None:
    alone = deduce(SYLLOGISM, "Banker(bela)")
    for premises, conclusion, modality, *_ in VERDICTS:
        deduce(premises, conclusion, modality)
    assert deduce(SYLLOGISM, "Banker(bela)") == alone


SEATS = Sort("seat", tuple(num(k) for k in range(1, 4)))
PEOPLE = ("Arun", "Bela", "Chitra")


def seating(*texts: str) -> Problem:
    signature = Signature((SEATS,), tuple(Symbol(name, (), "seat", "seat {}") for name in PEOPLE))
    distinct = Apply("distinct", tuple(Sym(name) for name in PEOPLE))
    return Problem(signature, tuple(statement(text) for text in texts), (distinct,))


def test_a_counter_model_speaks_the_problems_words() -> None:
    verdict = logic.verify(
        Deduction(problem=seating("Arun < Bela", "Bela < Chitra"), conclusion=statement("Arun = 3")), QUICK
    )
    assert verdict.reason is Reason.CONTRADICTS
    assert verdict.evidence
    assert "Arun = seat 1, Bela = seat 2, Chitra = seat 3" in verdict.evidence.text


@pytest.mark.parametrize(
    ("premises", "count", "comparison", "label"),
    [
        (["Arun < Bela", "Bela < Chitra"], 1, "exactly", "supported"),
        (["Arun < Bela"], 1, "exactly", "refuted"),
        (["Arun < Bela"], 3, "exactly", "supported"),
        (["Arun < Bela"], 4, "exactly", "refuted"),
        (["Arun < Bela"], 2, "at_least", "supported"),
        (["Arun < Bela"], 4, "at_least", "refuted"),
        (["Arun < Bela"], 3, "at_most", "supported"),
        (["Arun < Bela"], 2, "at_most", "refuted"),
        ([], 6, "exactly", "supported"),
        (["Arun < Bela", "Bela < Arun"], 1, "exactly", "undecided"),
        (["Arun < Bela", "Bela < Arun"], 0, "exactly", "supported"),
        (["Arun < Dev"], 1, "exactly", "undecided"),
    ],
)
def test_arrangements_are_counted(premises: list[str], count: int, comparison: str, label: str) -> None:
    formula = Arrangements(problem=seating(*premises), over=PEOPLE, count=count, comparison=comparison)  # type: ignore[arg-type]
    verdict = arrangements.verify(formula, QUICK)
    assert verdict.label.value == label, verdict
    if verdict.label is Label.REFUTED:
        assert verdict.evidence
        assert verdict.evidence.witness
        assert replays(verdict.evidence.witness) is True


@pytest.mark.parametrize(
    ("premises", "claimed", "label"),
    [
        (["Arun < Bela"], True, "supported"),
        (["Arun < Bela"], False, "refuted"),
        (["Arun < Bela", "Chitra = 1", "Bela < Arun"], True, "refuted"),
        (["Arun < Bela", "Chitra = 1", "Bela < Arun"], False, "supported"),
        (["Arun < Dev"], True, "undecided"),
    ],
)
def test_consistency(premises: list[str], claimed: bool, label: str) -> None:
    verdict = consistency.verify(Consistency(problem=seating(*premises), holds=claimed), QUICK)
    assert verdict.label.value == label, verdict
    if "Bela < Arun" in premises:
        assert verdict.evidence
        assert verdict.evidence.core == ("Arun < Bela", "Bela < Arun")


def test_a_puzzle_too_hard_for_the_limit_is_undecided() -> None:
    pigeons, holes = 11, tuple(num(k) for k in range(10))
    signature = Signature((Sort("hole", holes),), tuple(Symbol(f"p{k}", (), "hole") for k in range(pigeons)))
    apart = Apply("and", tuple(Apply("ne", (Sym(f"p{i}"), Sym(f"p{j}"))) for i in range(pigeons) for j in range(i)))
    verdict = logic.verify(
        Deduction(
            problem=Problem(signature, (Statement(apart),)),
            conclusion=Statement(Apply("eq", (Sym("p0"), Num(num(0).value)))),
        ),
        Budget(rlimit=100_000),
    )
    assert verdict.reason is Reason.TIMEOUT


def syllogism(conclusion: str, modality: str, *convention: str) -> Verdict:
    """With a matter of convention, which is no premise."""
    texts = ["∀x (Poet(x) → Dreamer(x))", conclusion, *convention]
    problem, (first, claimed, *taken) = untyped([], *map(statement, texts))
    given = Problem(problem.signature, (first,))
    formula = Deduction(
        problem=given, conclusion=claimed, modality=modality, convention=tuple(t.sentence for t in taken)  # type: ignore[arg-type]
    )
    return logic.verify(formula, QUICK)


@pytest.mark.parametrize(
    ("conclusion", "modality", "label", "reason"),
    [
        ("∃x (Poet(x) ∧ Dreamer(x))", "must", "undecided", "ambiguous"),
        ("∃x (Poet(x) ∧ ¬Dreamer(x))", "must", "refuted", "contradicts"),
        ("∀x (Dreamer(x) → Poet(x))", "must", "refuted", "counterexample"),
        ("∃x (Dreamer(x) ∧ ¬Poet(x))", "is", "undecided", "not_entailed"),
        ("∀x (¬Dreamer(x) → ¬Poet(x))", "is", "supported", "proved"),
    ],
)
def test_what_depends_on_a_convention_is_ambiguous(conclusion: str, modality: str, label: str, reason: str) -> None:
    verdict = syllogism(conclusion, modality, "∃x Poet(x)")
    assert (verdict.label.value, verdict.reason.value) in {(label, reason), (label, "counterexample")}, verdict


def test_a_model_of_predicates_reads_like_a_sentence() -> None:
    words = (Symbol("poet", ("thing",), words="{} is {no}a poet"), Symbol("tall", ("thing",), words="{} is {no}tall"))
    signature = Signature((Sort("thing"),), (Symbol("Arun", (), "thing"), *words))
    problem = Problem(signature, (statement("poet(Arun)"), statement("¬tall(Arun)")))
    verdict = logic.verify(Deduction(problem=problem, conclusion=statement("tall(Arun)")), QUICK)
    assert verdict.evidence
    assert "Arun is a poet and is not tall" in verdict.evidence.text
