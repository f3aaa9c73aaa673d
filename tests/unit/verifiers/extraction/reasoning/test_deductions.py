"""Syllogisms, conditionals and set counts in English: what is read, what is left alone, and how it comes out."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from verifiers.claims import Claim
from verifiers.extraction.document import Document
from verifiers.extraction.reading.reader import read_document
from verifiers.extraction.reasoning import conditionals, deductions, set_answers
from verifiers.extraction.reasoning.categorical import read
from verifiers.logic.show import show
from verifiers.protocol import QUICK
from verifiers.registry import VERIFIERS

CASES = Path(__file__).parents[4] / "cases"
SYLLOGISMS = json.loads((CASES / "reasoning_syllogisms.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", SYLLOGISMS["sentences"], ids=lambda c: c["text"])
def test_sentences_are_read_exactly_or_not_at_all(case: dict[str, str]) -> None:
    found = read(case["text"])
    assert (show(found.sentence) if found else "") == case["reads"]
    assert (found.modality if found else "is") == case.get("modality", "is")


def decided(find: Callable[[Document], Iterator[Claim]], case: dict[str, Any]) -> dict[str, str]:
    document = read_document(case["question"], [case["answer"]])
    found = {}
    for claim in find(document):
        assert case["answer"][claim.span.start : claim.span.end] == claim.text
        if claim.formula is None:
            found[claim.text] = "unformalized"
            continue
        verdict = VERIFIERS[type(claim.formula)](claim.formula, QUICK)
        found[claim.text] = f"{verdict.label.value} {verdict.reason.value}"
    return found


@pytest.mark.parametrize("case", SYLLOGISMS["answers"], ids=lambda c: c["answer"])
def test_syllogisms(case: dict[str, Any]) -> None:
    assert decided(deductions.find, case) == case["claims"]


@pytest.mark.parametrize(
    "case", json.loads((CASES / "reasoning_set_counts.json").read_text(encoding="utf-8")), ids=lambda c: c["answer"]
)
def test_set_counts(case: dict[str, Any]) -> None:
    assert decided(set_answers.find, case) == case["claims"]


@pytest.mark.parametrize(
    "case", json.loads((CASES / "reasoning_conditionals.json").read_text(encoding="utf-8")), ids=lambda c: c["answer"]
)
def test_conditionals(case: dict[str, Any]) -> None:
    assert decided(conditionals.find, case) == case["claims"]
