"""Arrangement puzzles by hand: what is refuted, where first, what is left in peace, and what is not read."""

import json
from pathlib import Path
from typing import Any

import pytest

from verifiers.check import decide, replays
from verifiers.extraction.reading.reader import read_document
from verifiers.extraction.reasoning import arrangements
from verifiers.extraction.reasoning.arrangement_puzzles import arrangement
from verifiers.protocol import QUICK
from verifiers.verdicts import Label

CASES = Path(__file__).parents[4] / "cases"
SOLVED = json.loads((CASES / "reasoning_arrangements.json").read_text(encoding="utf-8"))
LEFT_ALONE = json.loads((CASES / "reasoning_arrangements_left_alone.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", SOLVED, ids=[row["name"] for row in SOLVED])
def test_each_claim_of_the_case_has_its_verdict(row: dict[str, Any]) -> None:
    posed = arrangement(row["question"])
    assert posed is not None
    assert posed.unread == ""
    claims = list(arrangements.find(read_document(row["question"], row["steps"])))
    told = [(claim, decide(claim.formula, QUICK)) for claim in claims if claim.formula is not None]
    refuted = [(claim, verdict) for claim, verdict in told if verdict.label is Label.REFUTED]
    first = [(claim.span.step, claim.text) for claim, _ in refuted][:1]
    assert len(first) == len(row["refuted"]), [(claim.text, verdict) for claim, verdict in told]
    for (step, text), (at, part) in zip(first, row["refuted"], strict=True):
        assert step == at
        assert part in text
    for _, verdict in refuted:
        assert verdict.evidence is not None
        assert verdict.evidence.witness is not None
        assert replays(verdict.evidence.witness) is True
    supported = [claim.text for claim, verdict in told if verdict.label is Label.SUPPORTED]
    assert len(supported) >= row["supported"], [(claim.text, verdict.label) for claim, verdict in told]


@pytest.mark.parametrize("row", LEFT_ALONE, ids=[row["name"] for row in LEFT_ALONE])
def test_what_cannot_be_read_exactly_is_not_guessed(row: dict[str, Any]) -> None:
    posed = arrangement(row["question"])
    assert (posed and posed.unread) == row["unread"]
    found = list(arrangements.find(read_document(row["question"], ["A is at the left end.", "So A is last."])))
    assert all(claim.formula is None for claim in found)
    if row["unread"]:
        assert row["unread"] in found[0].problem


def test_the_same_answer_has_the_same_claims_and_witnesses() -> None:
    row = SOLVED[0]

    def verdicts() -> list[Any]:
        claims = arrangements.find(read_document(row["question"], row["steps"]))
        return [(claim, decide(claim.formula, QUICK)) for claim in claims if claim.formula is not None]

    assert verdicts() == verdicts()
