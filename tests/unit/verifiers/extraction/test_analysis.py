"""Which formulas and sentences of calculus and linear algebra are claims, and which are not."""

import pytest

from verifiers.claims import Claim, kind_of
from verifiers.extraction import analysis
from verifiers.extraction.reader import read_document
from verifiers.protocol import QUICK
from verifiers.registry import VERIFIERS

CLAIMED = [
    ("The derivative of x^3 is 3x.", "calculus", "refuted"),
    ("The derivative of x^3 with respect to x is 3x^2.", "calculus", "supported"),
    ("Let $f(x) = x^2$. Then $f'(x) = 2x$.", "calculus", "supported"),
    ("Let $f(x) = x^2$. Then $f'(2) = 5$.", "calculus", "refuted"),
    ("$\\frac{d}{dx} \\sin x = \\cos x$", "calculus", "supported"),
    ("We have $\\int x^2 dx = \\frac{x^3}{3} + C$.", "calculus", "supported"),
    ("$$\\int_0^1 x dx = \\frac12$$", "calculus", "supported"),
    ("$\\lim_{x\\to 0}\\frac{\\sin x}{x} = 0$", "calculus", "refuted"),
    ("The limit of (1 - cos x)/x^2 as x approaches 0 is 1/2.", "calculus", "supported"),
    ("Integrating cos(2x) gives sin(2x).", "calculus", "refuted"),
    ("$x^2 - 5x + 6$ factors as $(x-2)(x-3)$.", "rewrite", "supported"),
    ("x^2 - 5x + 6 factors as (x-2)(x+3).", "rewrite", "refuted"),
    ("Expanding (x+1)^2 gives x^2 + 2x + 2.", "rewrite", "refuted"),
    ("$\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}^2 = \\begin{pmatrix}1&4\\\\9&16\\end{pmatrix}$", "matrix", "refuted"),
    ("The determinant of $\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}$ is $-2$.", "matrix", "supported"),
]
NOT_CLAIMED = [
    "Let $f(x) = x^3 - 3x$. Setting $f'(x) = 0$ we find the critical points.",
    "If the derivative of x^2 is 3x, then something is wrong.",
    "$\\int u \\, dv = uv - \\int v \\, du$",
    "$\\frac{dy}{dx} = x^2$",
    "Find the derivative of x^3.",
    "$M = \\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}$",
    "The derivative of the profit is 3.",
    "Is the derivative of x^3 equal to 3x?",
]


def claims(text: str) -> list[Claim]:
    return [found for found in analysis.find(read_document("", [text])) if isinstance(found, Claim)]


@pytest.mark.parametrize(("text", "kind", "label"), CLAIMED)
def test_claimed(text: str, kind: str, label: str) -> None:
    found = claims(text)
    assert found
    formula = found[-1].formula
    assert formula is not None
    assert kind_of(formula) == kind
    assert VERIFIERS[type(formula)](formula, QUICK).label.value == label
    assert text[found[-1].span.start : found[-1].span.end] == found[-1].text


@pytest.mark.parametrize("text", NOT_CLAIMED)
def test_not_claimed(text: str) -> None:
    assert claims(text) == []
