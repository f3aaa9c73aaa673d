"""Closed relations, and what rounding excuses."""

import pytest

from tests.unit.verifiers.kinds.cases import table, tree
from verifiers import exact
from verifiers.claims import Arithmetic, Context
from verifiers.kinds import arithmetic
from verifiers.protocol import QUICK
from verifiers.verdicts import Label, Reason

CASES = table("arithmetic_relations")


@pytest.mark.parametrize(("text", "label"), CASES, ids=[row[0] for row in CASES])
def test_label(text: str, label: str) -> None:
    verdict = arithmetic.verify(Arithmetic(relation=tree(text)), QUICK)
    assert verdict.label.value == label, verdict
    if verdict.label is Label.REFUTED:
        assert verdict.evidence
        assert verdict.evidence.witness
        assert exact.holds(verdict.evidence.witness.conclusion) is False


def test_definitions_are_put_in() -> None:
    formula = Arithmetic(relation=tree("2n = 24"), context=Context(definitions=(("n", tree("12")),)))
    assert arithmetic.verify(formula, QUICK).label is Label.SUPPORTED


def test_a_student_reads_why() -> None:
    verdict = arithmetic.verify(Arithmetic(relation=tree("16 - 3 = 14")), QUICK)
    assert verdict.evidence
    assert verdict.evidence.text == "16 - 3 is 13, not 14."


def test_rounding_is_said() -> None:
    verdict = arithmetic.verify(Arithmetic(relation=tree("2/3 = 0.67")), QUICK)
    assert verdict.reason is Reason.ROUNDED


def test_angle_convention() -> None:
    degrees = Context(conventions=(("angle", "degrees"),))
    formula = Arithmetic(relation=tree("\\sin(30) = 1/2"), context=degrees)
    assert arithmetic.verify(formula, QUICK).label is Label.SUPPORTED
    radians = Arithmetic(relation=tree("\\sin(30) = 1/2"))
    assert arithmetic.verify(radians, QUICK).label is Label.REFUTED


