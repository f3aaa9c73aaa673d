"""Which formulas and sentences of calculus and linear algebra, and which rewritings, are claims."""

import json
from pathlib import Path

import pytest

from verifiers.claims import Claim, kind_of
from verifiers.extraction.formulas import rewrites
from verifiers.extraction.operations import calculus, matrices
from verifiers.extraction.reading.reader import read_document
from verifiers.protocol import QUICK
from verifiers.registry import VERIFIERS

FINDERS = {"calculus": calculus.find, "matrices": matrices.find, "rewrites": rewrites.find}
CASES = json.loads((Path(__file__).parents[4] / "cases" / "formal.json").read_text(encoding="utf-8"))


def claims(finder: str, text: str) -> list[Claim]:
    return [found for found in FINDERS[finder](read_document("", [text])) if isinstance(found, Claim)]


@pytest.mark.parametrize("case", [c for c in CASES if "label" in c], ids=lambda c: c["text"])
def test_claimed(case: dict[str, str]) -> None:
    found = claims(case["finder"], case["text"])
    assert found
    formula = found[-1].formula
    assert formula is not None
    assert kind_of(formula) == case["kind"]
    assert VERIFIERS[type(formula)](formula, QUICK).label.value == case["label"]
    assert case["text"][found[-1].span.start : found[-1].span.end] == found[-1].text


@pytest.mark.parametrize("case", [c for c in CASES if "label" not in c], ids=lambda c: c["text"])
def test_not_claimed(case: dict[str, str]) -> None:
    assert claims(case["finder"], case["text"]) == []
