"""Questions in words are read whole, or not at all."""

import json
from pathlib import Path

import pytest

from verifiers.claims import Claim
from verifiers.extraction.reading.reader import read_document
from verifiers.extraction.results import find
from verifiers.kinds.result import verify
from verifiers.protocol import QUICK
from verifiers.verdicts import Label

CASES = json.loads((Path(__file__).parents[4] / "cases" / "results.json").read_text())
LEFT_ALONE = json.loads((Path(__file__).parents[4] / "cases" / "results_left_alone.json").read_text())
"""Each has a word that no template accounts for, or one that changes what is asked."""


def claims(question: str, step: str) -> list[Claim]:
    return list(find(read_document(question, [step])))


@pytest.mark.parametrize("case", CASES, ids=[case["question"][:60] for case in CASES])
def test_final_results(case: dict[str, str]) -> None:
    for given, label in ((case["right"], Label.SUPPORTED), (case["wrong"], Label.REFUTED)):
        (claim,) = claims(case["question"], f"Thus the answer is $\\boxed{{{given}}}$.")
        assert claim.formula is not None
        assert verify(claim.formula, QUICK).label is label


@pytest.mark.parametrize("question", LEFT_ALONE)
def test_a_clause_not_understood_leaves_the_question_alone(question: str) -> None:
    for answer in ("3", "[3, \\infty)"):
        assert claims(question, f"The answer is $\\boxed{{{answer}}}$.") == []


def test_a_sentence_that_names_its_operands_last_has_no_result() -> None:
    question = "Find the least common multiple of 6 and 8."
    assert claims(question, "So 24 is the least common multiple of 6 and 8.") == []


def test_a_restriction_on_the_letter_belongs_to_the_solutions_counted() -> None:
    (claim,) = claims("Find the number of real solutions to the equation $x^3 = 9x$ for $x > 0$.", "So $\\boxed{1}$.")
    assert claim.formula is not None
    assert verify(claim.formula, QUICK).label is Label.SUPPORTED


def test_a_rounded_result_is_not_refuted() -> None:
    (claim,) = claims("If $3x = 1$, what is the value of $x$?", "The answer is $\\boxed{0.33}$.")
    assert claim.formula is not None
    assert verify(claim.formula, QUICK).label is Label.UNDECIDED


@pytest.mark.parametrize(
    "said",
    [
        "x \\ne \\pm 2",
        "x \\neq -2 \\text{ and } x \\neq 2",
        "x \\neq 2, x \\neq -2",
        "\\mathbb{R} - \\{-2, 2\\}",
        "\\mathbb{R} \\setminus \\{\\pm 2\\}",
        "(-\\infty, -2) \\cup (-2, 2) \\cup (2, \\infty)",
        "\\text{all real numbers except } -2 \\text{ and } 2",
        "\\{x : x \\neq 2, x \\neq -2\\}",
        "x \\notin \\{-2, 2\\}",
        "|x| \\ne 2",
        "x < -2 \\text{ or } -2 < x < 2 \\text{ or } x > 2",
        "\\text{Domain: } \\mathbb{R} \\setminus \\{-2, 2\\}",
    ],
)
def test_one_set_may_be_written_in_many_ways(said: str) -> None:
    question = "Find the domain of $f(x) = \\frac{1}{x^2 - 4}$."
    (claim,) = claims(question, f"So $\\boxed{{{said}}}$.")
    assert claim.formula is not None
    assert verify(claim.formula, QUICK).label is Label.SUPPORTED
    (claim,) = claims("Find the domain of $f(x) = \\frac{1}{x^2 - 9}$.", f"So $\\boxed{{{said}}}$.")
    assert claim.formula is not None
    assert verify(claim.formula, QUICK).label is Label.REFUTED


def test_a_set_is_read_from_the_last_sentence() -> None:
    (claim,) = claims("Find the domain of $f(x) = \\sqrt{x - 2}$.", "So the domain is $x \\ge 3$.")
    assert claim.formula is not None
    assert verify(claim.formula, QUICK).label is Label.REFUTED


@pytest.mark.parametrize(
    "said", ["x \\ge 1.41", "[5]", "x > 1, x < 2", "x \\ne 2 \\text{ or } x \\ne 3", "\\text{the reals that fit}"]
)
def test_a_set_that_is_rounded_or_not_understood_is_not_refuted(said: str) -> None:
    found = claims("Find the domain of $f(x) = \\sqrt{x^2 - 2}$.", f"So $\\boxed{{{said}}}$.")
    assert all(claim.formula and verify(claim.formula, QUICK).label is not Label.REFUTED for claim in found)


def test_what_is_asked_may_get_its_value_in_any_step() -> None:
    question = "If $x + y = 7$ and $x - y = 3$, what is the value of $x^2 - y^2$?"
    steps = ["So $x^2 - y^2 = 7 + 3 = 10$.", "That is all."]
    (claim,) = find(read_document(question, steps))
    assert claim.formula is not None
    assert verify(claim.formula, QUICK).label is Label.REFUTED


def test_a_result_that_is_denied_is_no_claim() -> None:
    assert claims("What is $3 \\cdot 4$?", "This seems to incorrectly suggest that the answer is $7$.") == []


def test_a_count_in_the_last_sentence_is_the_result() -> None:
    (claim,) = claims("How many positive divisors does 28 have?", "So 28 has 5 divisors.")
    assert claim.formula is not None
    assert verify(claim.formula, QUICK).label is Label.REFUTED


@pytest.mark.parametrize(("said", "label"), [("18", Label.UNDECIDED), ("9", Label.REFUTED)])
def test_what_is_said_of_every_multiple_is_tried_at_the_first(said: str, label: Label) -> None:
    question = "Given that $a$ is a multiple of $36$, find the greatest common divisor of $a^2 + 18$ and $a$."
    (claim,) = claims(question, f"So it is $\\boxed{{{said}}}$.")
    assert claim.formula is not None
    assert verify(claim.formula, QUICK).label is label
