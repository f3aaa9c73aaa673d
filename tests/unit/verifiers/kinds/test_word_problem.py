"""A relation at the answer's values: false refutes with the values as witness, true supports."""

import pytest

from verifiers import exact
from verifiers.claims import WordProblem
from verifiers.expr import Const, Sym, app, num
from verifiers.kinds.word_problem import verify
from verifiers.protocol import QUICK
from verifiers.verdicts import Label, Reason

TIMES = app("eq", Sym("Mona"), app("mul", num(4), Sym("Pavel")))


def problem(relation, rule="relation", **values):
    assigned = tuple((name, num(value)) for name, value in values.items())
    return WordProblem(rule=rule, relation=relation, values=assigned, stated="4 times as many")


def test_a_broken_relation_is_refuted_and_its_witness_replays():
    verdict = verify(problem(TIMES, Mona=10, Pavel=6), QUICK)
    assert (verdict.label, verdict.reason) == (Label.REFUTED, Reason.CONTRADICTS)
    witness = verdict.evidence.witness
    assert exact.holds(witness.conclusion, witness.assignment) is False
    assert witness.found == num(24)
    assert "4 times as many" in verdict.evidence.text
    assert "Mona should be 24, not 10" in verdict.evidence.text


def test_a_kept_relation_is_supported():
    verdict = verify(problem(TIMES, Mona=24, Pavel=6), QUICK)
    assert (verdict.label, verdict.reason) == (Label.SUPPORTED, Reason.COMPUTED)


def test_what_rounding_may_explain_is_undecided():
    assert verify(problem(TIMES, Mona="13.3", Pavel="10/3"), QUICK).label is Label.UNDECIDED


def test_a_value_that_is_missing_is_undecided():
    assert verify(problem(TIMES, Mona=24), QUICK).label is Label.UNDECIDED


def test_too_large_is_undecided():
    relation = app("eq", Sym("Mona"), app("pow", num(9), app("pow", num(9), num(99))))
    assert verify(problem(relation, Mona=1), QUICK).reason is Reason.TOO_LARGE


@pytest.mark.parametrize(
    ("relation", "value", "label"),
    [
        (app("ge", Sym("cars"), num(0)), "-3", Label.REFUTED),
        (app("ge", Sym("cars"), num(0)), "3", Label.SUPPORTED),
        (app("in", Sym("cars"), Const("integers")), "5/2", Label.REFUTED),
        (app("in", Sym("cars"), Const("integers")), "5", Label.SUPPORTED),
    ],
)
def test_counts(relation, value, label):
    assert verify(problem(relation, "count", cars=value), QUICK).label is label


def test_either_reading_may_hold():
    relation = app("or", TIMES, app("eq", Sym("Mona"), app("mul", num(5), Sym("Pavel"))))
    assert verify(problem(relation, Mona=24, Pavel=6), QUICK).label is Label.SUPPORTED
    assert verify(problem(relation, Mona=30, Pavel=6), QUICK).label is Label.SUPPORTED
    assert verify(problem(relation, Mona=10, Pavel=6), QUICK).label is Label.REFUTED


@pytest.mark.parametrize("rule", ["relation", "contradiction", "unit"])
def test_every_rule_says_what_is_wrong(rule):
    text = verify(problem(TIMES, rule, Mona=10, Pavel=6), QUICK).evidence.text
    assert "10" in text
    assert text.endswith(".")
