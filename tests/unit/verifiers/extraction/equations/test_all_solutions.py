"""Lists of all solutions are held against their equation, unless something restricts the unknown."""

import json
from pathlib import Path

import pytest

from verifiers.claims import Claim
from verifiers.extraction.equations import all_solutions
from verifiers.extraction.reading.reader import read_document
from verifiers.kinds.solution import verify
from verifiers.protocol import QUICK

CASES = json.loads((Path(__file__).parents[4] / "cases" / "all_solutions.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.get('question', '')} {c['text']}")
def test_listed_solutions(case: dict[str, str]) -> None:
    document = read_document(case.get("question", ""), [case["text"]])
    found = [claim.formula for claim in all_solutions.find(document) if isinstance(claim, Claim)]
    labels = [verify(formula, QUICK).label.value for formula in found if formula is not None]
    assert labels == ([case["label"]] if "label" in case else [])
