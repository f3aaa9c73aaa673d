"""A rewriting is supported when it is equal and in the form it is said to be in."""

import pytest

from tests.unit.verifiers.kinds.cases import tree
from verifiers.claims import Rewrite
from verifiers.kinds import rewrite
from verifiers.protocol import QUICK

CASES = [
    ("x^2-4", "(x-2)(x+2)", "factor", "supported"),
    ("x^2-4", "(x-2)(x+3)", "factor", "refuted"),
    ("x^2-4", "x^2-4", "factor", "undecided"),
    ("2x^2-8", "(x-2)(2x+4)", "factor", "undecided"),
    ("2x^2-8", "2(x-2)(x+2)", "factor", "supported"),
    ("x^4-1", "(x^2-1)(x^2+1)", "factor", "undecided"),
    ("(x-2)(x+2)", "x^2-4", "expand", "supported"),
    ("(x-2)(x+2)", "(x+2)(x-2)", "expand", "undecided"),
    ("(x-2)(x+2)", "x^2+4", "expand", "refuted"),
    ("\\frac{x^2-1}{x-1}", "x+1", "simplify", "supported"),
    ("3x+2x", "5x", "combine", "supported"),
    ("3x+2x", "5x^2", "combine", "refuted"),
    ("3+4", "7", "combine", "supported"),
]


@pytest.mark.parametrize(("source", "target", "form", "label"), CASES)
def test_label(source: str, target: str, form: str, label: str) -> None:
    formula = Rewrite(source=tree(source), target=tree(target), form=form)  # type: ignore[arg-type]
    verdict = rewrite.verify(formula, QUICK)
    assert verdict.label.value == label, verdict
