"""Derivatives, antiderivatives, integrals and limits."""

import pytest

from tests.unit.verifiers.kinds.cases import assert_label, tree
from verifiers.claims import Calculus
from verifiers.kinds import calculus
from verifiers.protocol import QUICK
from verifiers.verdicts import Label

CASES = [
    ("derivative", "x^3", "3x^2", (), "supported"),
    ("derivative", "x^3", "3x", (), "refuted"),
    ("derivative", "x^3", "12", ("2",), "supported"),
    ("derivative", "x^3", "6", ("2",), "refuted"),
    ("derivative", "x\\ln x", "\\ln x + 1", (), "supported"),
    ("derivative", "\\sin(x^2)", "\\cos(x^2)", (), "refuted"),
    ("derivative", "\\arctan x", "\\frac{1}{1+x^2}", (), "supported"),
    ("derivative", "g(x)", "x", (), "undecided"),
    ("antiderivative", "\\frac{1}{x}", "\\ln|x| + C", (), "supported"),
    ("antiderivative", "x^2", "x^3", (), "refuted"),
    ("antiderivative", "e^{2x}", "\\frac{e^{2x}}{2} + C", (), "supported"),
    ("integral", "x^2", "8/3", ("0", "2"), "supported"),
    ("integral", "x^2", "7/3", ("0", "2"), "refuted"),
    ("integral", "1/x", "\\ln 2", ("1", "2"), "supported"),
    ("integral", "\\frac{1}{1+x^2}", "\\pi/4", ("0", "1"), "supported"),
    ("integral", "1/x^2", "-2", ("-1", "1"), "undecided"),
    ("integral", "x", "a^2/2", ("0", "a"), "supported"),
    ("integral", "x", "a^2", ("0", "a"), "refuted"),
    ("limit", "\\frac{\\sin x}{x}", "1", ("0",), "supported"),
    ("limit", "\\frac{\\sin x}{x}", "0", ("0",), "refuted"),
    ("limit", "\\frac{x^2+1}{2x^2+x}", "1/2", ("\\infty",), "supported"),
    ("limit", "\\frac{x^2-4}{x-2}", "4", ("2",), "supported"),
    ("limit", "1/x", "\\infty", ("0",), "undecided"),
    ("limit", "1/x^2", "\\infty", ("0",), "supported"),
]


@pytest.mark.parametrize(("operation", "operand", "result", "bounds", "label"), CASES)
def test_label(operation: str, operand: str, result: str, bounds: tuple[str, ...], label: str) -> None:
    formula = Calculus(
        operation=operation,  # type: ignore[arg-type]
        operand=tree(operand),
        variable="x",
        result=tree(result),
        bounds=tuple(tree(b) for b in bounds),
    )
    verdict = calculus.verify(formula, QUICK)
    assert_label(verdict, label)


def test_second_derivative() -> None:
    formula = Calculus(operation="derivative", operand=tree("x^4"), variable="x", result=tree("12x^2"), order=2)
    assert calculus.verify(formula, QUICK).label is Label.SUPPORTED
