"""Steps and solutions as they are found in whole answers: what is claimed, what it comes to, what is left alone."""

import json
from pathlib import Path

import pytest

from verifiers.claims import Arithmetic, Claim
from verifiers.extraction.equations import alternatives, solutions
from verifiers.extraction.formulas import derivations, restated
from verifiers.extraction.reading.reader import read_document
from verifiers.protocol import QUICK
from verifiers.registry import VERIFIERS

ROWS = json.loads((Path(__file__).parents[4] / "cases" / "derivations.json").read_text(encoding="utf-8"))


def labels(question: str, steps: list[str]) -> list[str]:
    """Labels of the decided claims, in the order of their steps and ends."""
    document = read_document(question, steps)
    finders = (derivations, restated, solutions, alternatives)
    found = [c for finder in finders for c in finder.find(document) if isinstance(c, Claim)]
    found.sort(key=lambda c: (c.span.step, c.span.end))
    verdicts = [VERIFIERS[type(c.formula)](c.formula, QUICK) for c in found if c.formula is not None]
    return [v.label.value for v in verdicts if v.label.value != "undecided"]


@pytest.mark.parametrize(("question", "steps", "expected"), ROWS, ids=[" / ".join(row[1]) for row in ROWS])
def test_labels(question: str, steps: list[str], expected: list[str]) -> None:
    assert labels(question, steps) == expected


def test_a_step_that_uses_an_earlier_equation_is_not_held_against_it() -> None:
    steps = ["We know that $x = 2y$.", "Also $x + y = 12$. So $3y = 12$."]
    assert "refuted" not in labels("", steps)


def test_closed_expressions_become_arithmetic() -> None:
    document = read_document("", ["That is $6 \\cdot 7 + 1$.", "Which simplifies to $43$."])
    kinds = [type(c.formula) for c in restated.find(document) if isinstance(c, Claim)]
    assert kinds == [Arithmetic]


def test_spans_lie_in_their_step() -> None:
    steps = ["We get $a + 4 = 9$.", "Subtracting 4 from both sides gives $a = 5$."]
    document = read_document("", steps)
    claims = [c for c in derivations.find(document) if isinstance(c, Claim)]
    assert [steps[c.span.step][c.span.start : c.span.end] for c in claims] == ["a = 5"]
