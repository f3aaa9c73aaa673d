"""Claims about the unknown function of a question, and what comes of them."""

import json
from pathlib import Path

import pytest

from verifiers.check import check_claim
from verifiers.claims import Claim
from verifiers.extraction.equations import function_claims
from verifiers.extraction.equations.function_questions import posed
from verifiers.extraction.reading.reader import read_document
from verifiers.protocol import Budget
from verifiers.verdicts import Label

CASES = json.loads((Path(__file__).parents[4] / "cases" / "functional_equations.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_labels_of_claims_about_functions(case: dict[str, list[str]]) -> None:
    document = read_document(str(case["question"]), case["steps"])
    labels: dict[str, list[str]] = {"identity": [], "functional_equation": []}
    for claim in function_claims.find(document):
        assert isinstance(claim, Claim)
        checked = check_claim(claim, Budget())
        labels[claim.kind].append(checked.verdict.label.value)
        if checked.verdict.label is Label.REFUTED:
            assert checked.certificate is not None
            assert checked.certificate.replayable
    assert labels == {kind: case.get(kind, []) for kind in labels}


@pytest.mark.parametrize(
    ("signature", "places"),
    [
        (r"f: \mathbb{R} \to \mathbb{R}", ("real", "real")),
        (r"f \colon \mathbb{R}^+ \rightarrow \mathbb{R}", ("positive", "real")),
        (r"f: \mathbb{Z}_{>0} \to \mathbb{Z}", ("natural", "integer")),
        (r"f: (0, \infty) \to (0, \infty)", ("positive", "positive")),
        (r"f: \mathbb Q \mapsto \mathbb N", ("rational", "natural")),
    ],
)
def test_where_a_function_lives(signature: str, places: tuple[str, str]) -> None:
    text = f"Find all functions ${signature}$ such that $f(2x) = 2f(x)$ for all $x$."
    question = posed(read_document(text, ()).question)
    assert question is not None
    assert (question.source, question.target) == places


@pytest.mark.parametrize(
    "question",
    [
        "Find all surjective functions $f: \\mathbb{R} \\to \\mathbb{R}$ such that $f(2x) = 2f(x)$ for all $x$.",
        "Find all functions $f: \\mathbb{R}^2 \\to \\mathbb{R}$ such that $f(2x) = 2f(x)$ for all $x$.",
        "For every $x$ there exists a unique $y$ with $f(x) + f(y) = 2$. Find all functions $f$ of real numbers.",
        "Let $f(x) = x^2 - 2x$. Find all functions values $f(3)$.",
        "The functions $f$ and $g$ satisfy $f(x) + g(x) = x$ for all $x$. Find $f(1)$.",
    ],
)
def test_questions_that_are_not_understood(question: str) -> None:
    assert posed(read_document(question, ()).question) is None
