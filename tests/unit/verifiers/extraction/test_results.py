"""Questions in words are read whole, or not at all."""

import json
from pathlib import Path

import pytest

from verifiers.claims import Claim
from verifiers.extraction.reader import read_document
from verifiers.extraction.results import find
from verifiers.kinds.result import verify
from verifiers.protocol import QUICK
from verifiers.verdicts import Label

CASES = json.loads((Path(__file__).parents[3] / "cases" / "results.json").read_text())


def claims(question: str, step: str) -> list[Claim]:
    return list(find(read_document(question, [step])))


@pytest.mark.parametrize("case", CASES, ids=[case["question"][:60] for case in CASES])
def test_final_results(case: dict[str, str]) -> None:
    for given, label in ((case["right"], Label.SUPPORTED), (case["wrong"], Label.REFUTED)):
        (claim,) = claims(case["question"], f"Thus the answer is $\\boxed{{{given}}}$.")
        assert claim.formula is not None
        assert verify(claim.formula, QUICK).label is label


@pytest.mark.parametrize(
    "question",
    [
        "How many positive integers less than 50 are divisible by 6 and lucky?",
        "Find the sum of the digits of the area of the pond.",
        "What is the largest prime factor of $6$!?",
        "Compute $x + y$ if $x$ and $y$ are the legs of the triangle.",
        "What is $1/3$ rounded to the nearest hundredth?",
    ],
)
def test_a_clause_not_understood_leaves_the_question_alone(question: str) -> None:
    assert claims(question, "The answer is $\\boxed{3}$.") == []


def test_a_sentence_that_names_its_operands_last_has_no_result() -> None:
    question = "Find the least common multiple of 6 and 8."
    assert claims(question, "So 24 is the least common multiple of 6 and 8.") == []
