"""Laws stated for all values are held; equations to be solved are not."""

import json
from pathlib import Path

import pytest

from verifiers.claims import Claim
from verifiers.extraction.formulas import laws
from verifiers.extraction.reading.reader import read_document
from verifiers.protocol import QUICK
from verifiers.registry import VERIFIERS

CASES = json.loads((Path(__file__).parents[4] / "cases" / "laws.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"])
def test_laws(case: dict[str, str]) -> None:
    document = read_document(case.get("question", ""), [case["text"]])
    found = [claim.formula for claim in laws.find(document) if isinstance(claim, Claim)]
    labels = [VERIFIERS[type(formula)](formula, QUICK).label.value for formula in found if formula is not None]
    assert labels == ([case["label"]] if "label" in case else [])
