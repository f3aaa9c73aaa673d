"""The values that functions take are found exactly, or not at all."""

import pytest

from verifiers.kinds._images import image
from verifiers.kinds._natural import conditions
from verifiers.kinds._wholes import UnsuitedError
from verifiers.notation.reading import Unread, read
from verifiers.notation.show import show


@pytest.mark.parametrize(
    ("body", "values"),
    [
        ("2x + 5", "ℝ"),
        ("x^2 - 4x + 1", "[-3, ∞)"),
        ("x^4 - 6x^2 - 1", "[-10, ∞)"),
        ("x^3 - x", "ℝ"),
        ("\\frac{2x + 1}{x - 3}", "(-∞, 2) ∪ (2, ∞)"),
        ("\\frac{x^2 - 4}{x - 2}", "(-∞, 4) ∪ (4, ∞)"),
        ("\\sqrt{4 - x^2}", "[0, 2]"),
        ("3 - \\sqrt{6 - 2x}", "(-∞, 3]"),
        ("\\frac{1}{\\sqrt{x^2 + 1}}", "(0, 1]"),
        ("\\frac{1}{x^2 - 1}", "{y : y ≠ 0 and 4y² + 4y ≥ 0}"),
        ("|x - 3| + 2", "[2, ∞)"),
        ("\\frac{1}{|x| - 1}", "(-∞, -1] ∪ (0, ∞)"),
        ("6 - 3 \\cdot 2^{1 - x}", "(-∞, 6)"),
        ("\\left(\\frac12\\right)^{x^2}", "(0, 1]"),
        ("\\log_2(x^2 + 1)", "[0, ∞)"),
        ("\\log_{1/2}(x^2 + 1)", "(-∞, 0]"),
        ("\\frac{1}{2 - \\sin x}", "[1/3, 1]"),
        ("3\\sin x + 4\\cos x - 1", "[-6, 4]"),
        ("\\cos^2 x", "[0, 1]"),
        ("\\sqrt[3]{x - 1} + 2", "ℝ"),
    ],
)
def test_values_of_a_function(body: str, values: str) -> None:
    tree = read(body)
    assert not isinstance(tree, Unread)
    assert show(image(tree, "x")) == values


@pytest.mark.parametrize(
    "body",
    ["x + \\sin x", "\\sqrt{x} + x", "|x| - |x - 1|", "\\sin x \\cos x", "\\ln(x^2 + 2)", "x^{1/3}", "x^x", "\\tan x"],
)
def test_values_that_are_not_found_are_not_guessed(body: str) -> None:
    tree = read(body)
    assert not isinstance(tree, Unread)
    with pytest.raises(UnsuitedError):
        image(tree, "x")


@pytest.mark.parametrize("body", ["x^{1/3}", "x^x", "\\tan x", "\\log_x 2", "(-2)^x", "x!"])
def test_a_domain_on_which_opinions_differ_is_not_computed(body: str) -> None:
    tree = read(body)
    assert not isinstance(tree, Unread)
    with pytest.raises(UnsuitedError):
        conditions(tree, "x")
