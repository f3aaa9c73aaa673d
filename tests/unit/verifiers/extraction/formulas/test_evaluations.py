"""A value said of the computation just before it becomes a claim."""

import pytest

from verifiers.check import decide
from verifiers.extraction.formulas.evaluations import find
from verifiers.extraction.reading.reader import read_document
from verifiers.protocol import Budget
from verifiers.verdicts import Label


@pytest.mark.parametrize(
    ("steps", "label"),
    [
        (["So $c = \\sqrt{64+36}$.", "Which is 12."], Label.REFUTED),
        (["So $c = \\sqrt{64+36}$.", "Which is 10."], Label.SUPPORTED),
        (["That simplifies to \\frac{84}{12}.", "Which simplifies to 8."], Label.REFUTED),
        (["The entry is $5-(-9)$, which is $4$."], Label.REFUTED),
        (["That is $\\frac{2\\sqrt{7}}{6}$.", "Which simplifies to $\\frac{\\sqrt{7}}{3}$."], Label.SUPPORTED),
        (["Putting the values in, we get \\frac{1}{2} |3 - 15|.", "Which is 12."], Label.REFUTED),
        (["So the length is 17 + 26.", "That's 43 miles."], None),
        (["This simplifies to $3t^2 + 2t - t^2 + 4t$.", "Which simplifies to $2t^2 + 5t$."], Label.REFUTED),
    ],
)
def test_the_value_is_held_against_the_computation(steps: list[str], label: Label | None) -> None:
    labels = [decide(c.formula, Budget()).label for c in find(read_document("", steps)) if c.formula is not None]
    assert labels == ([] if label is None else [label])


@pytest.mark.parametrize(
    "steps",
    [
        ["So we divide and get $50/8$.", "That is 6 with remainder 2."],
        ["We need $17/4$.", "That is about 4."],
        ["We need $17/4$ boxes.", "That is 5 boxes."],
        ["The denominator is $\\frac{4}{9}$.", "The numerator is 7."],
        ["This is $3 \\cdot 4$.", "Now we put all of it back.", "That gives us $3 \\cdot 4 \\cdot 2$."],
        ["The entry is $-1^{4}(3 + 2)$, which is 5."],
        ["So $c = \\sqrt{64+36}$.", "Is that 12?"],
    ],
    ids=["remainder", "about", "rounded up", "other part", "put back", "cofactor", "question"],
)
def test_no_claim(steps: list[str]) -> None:
    assert list(find(read_document("", steps))) == []
