"""Boxed results of questions about one formula."""

import json
from pathlib import Path

import pytest

from verifiers.claims import Claim
from verifiers.extraction.operations import requested
from verifiers.extraction.reading.reader import read_document
from verifiers.protocol import QUICK
from verifiers.registry import VERIFIERS

CASES = json.loads((Path(__file__).parents[4] / "cases" / "requested.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["question"])
def test_results_of_questions(case: dict[str, str]) -> None:
    document = read_document(case["question"], [case["text"]])
    found = [claim.formula for claim in requested.find(document) if isinstance(claim, Claim)]
    labels = [VERIFIERS[type(formula)](formula, QUICK).label.value for formula in found if formula is not None]
    assert labels == ([case["label"]] if "label" in case else [])
