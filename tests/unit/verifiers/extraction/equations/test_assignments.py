"""Values listed for several letters, and what comes of them."""

import json
from pathlib import Path

import pytest

from verifiers.check import check_claim
from verifiers.claims import Claim
from verifiers.extraction.equations import assignments
from verifiers.extraction.reading.reader import read_document
from verifiers.protocol import QUICK

CASES = json.loads((Path(__file__).parents[4] / "cases" / "assignments.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"])
def test_labels_of_listed_values(case: dict[str, str]) -> None:
    found = list(assignments.find(read_document("", [case["text"]])))
    labels = [check_claim(claim, QUICK).verdict.label.value for claim in found if isinstance(claim, Claim)]
    assert labels == case["labels"]
