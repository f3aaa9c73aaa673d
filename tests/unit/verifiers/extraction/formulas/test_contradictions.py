"""An equation that cannot hold beside the one just before it becomes a claim, and is refuted."""

import pytest

from verifiers.check import decide
from verifiers.extraction.formulas.contradictions import find
from verifiers.extraction.reading.reader import read_document
from verifiers.protocol import Budget
from verifiers.verdicts import Label


@pytest.mark.parametrize(
    "steps",
    [
        ["We get $2x + 3 = 11$.", "So $x = 5$."],
        ["The total is $T = 7 - 9/2$.", "So $T = 3/2$."],
        ["That gives $3a + 3b = 12$.", "Dividing, $a + b = 3$."],
        ["If we multiply both sides by 4, we get $4y - 8 = 20$.", "So $y = 3$."],
        ["This leaves $k^2 = 49$.", "So $k = 8$."],
        ["Hence $f(3) = 4 + 9$.", "So $f(3) = 12$."],
        ["We get $\\frac{2}{5} + \\frac{1}{z} = 1$.", "Then $\\frac{1}{z} = \\frac{2}{5}$."],
        ["We see that $t^2 = t$, so $t = -1$ or $t = 0$."],
        ["The term is $b_{99} = 7 \\cdot (-1)^{98}$.", "So $b_{99} = -7$."],
    ],
)
def test_what_cannot_both_hold_is_refuted(steps: list[str]) -> None:
    (claim,) = find(read_document("", steps))
    assert claim.formula is not None
    assert decide(claim.formula, Budget()).label is Label.REFUTED


def test_the_only_equation_of_the_question_counts_as_the_one_before() -> None:
    (claim,) = find(read_document("What number $k$ has $5k - 2 = 8$?", ["We have $5k + 2 = 8$."]))
    assert claim.formula is not None
    assert decide(claim.formula, Budget()).label is Label.REFUTED


@pytest.mark.parametrize(
    "steps",
    [
        ["We get $2x + 3 = 11$.", "So $x = 4$."],
        ["We get $x = 5$.", "The other root gives $x = 6$."],
        ["For $n = 1$ we have $m + 3 = 4 + 1$.", "For $n = 2$ we have $m + 3 = 4 + 4$."],
        ["We get $2x + 3 = 11$.", "Suppose $x = 5$."],
        ["We get $2x + 3 = 11$.", "So $x = 5$.", "No, $x = 4$."],
        ["We get $2x + 3 = 11$. Wait, that was wrong.", "So $x = 5$."],
        ["We have $x(x - 4) = 0$.", "Then $x - 4 = 0$.", "So $x = 0$."],
        ["The parabolas are $x^2 + 5x + 6 = 0$, $x^2 + 5x - 6 = 0$."],
        ["The value is $r = 2/3 + 1/3000$.", "So $r = 0.667$."],
        ["We have $\\mathbf{b} + 1 = 3$.", "So $\\mathbf{b} = 4$."],
        ["We have $|a - b| = 1$.", "This splits in two:\n- $a = b + 1$\n- $a = b - 1$"],
        ["We have $|a - b| = 1$.", "This splits in two:\n1. $a = b + 1$\n2. $a = b - 1$"],
    ],
    ids=[
        "true",
        "roots",
        "cases",
        "supposed",
        "taken back",
        "second thoughts",
        "factors",
        "list",
        "rounded",
        "vectors",
        "dashes",
        "numbered",
    ],
)
def test_nothing_is_said_of_cases_trials_and_second_thoughts(steps: list[str]) -> None:
    assert list(find(read_document("", steps))) == []
