"""Swaps and sortings by hand: what is refuted, where first, and what is left in peace."""

import json
from pathlib import Path
from typing import Any

import pytest

from verifiers.check import decide, replays
from verifiers.extraction.finders import extract
from verifiers.protocol import QUICK
from verifiers.verdicts import Label

CASES = Path(__file__).parents[4] / "cases"
ROWS = [
    (kind, row)
    for kind, name in (("tracking", "reasoning_swaps"), ("sorting", "reasoning_sorting"))
    for row in json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("kind", "row"), ROWS, ids=[row["name"] for _, row in ROWS])
def test_each_claim_of_the_case_has_its_verdict(kind: str, row: dict[str, Any]) -> None:
    claims = [claim for claim in extract(row["question"], row["steps"]).claims if claim.formula is not None]
    told = [(claim, decide(claim.formula, QUICK)) for claim in claims if claim.formula and claim.kind == kind]
    refuted = [(claim, verdict) for claim, verdict in told if verdict.label is Label.REFUTED]
    first = [(claim.span.step, claim.text) for claim, _ in refuted][:1]
    assert len(first) == len(row["refuted"]), (refuted, told)
    for (step, text), (at, part) in zip(first, row["refuted"], strict=True):
        assert step == at
        assert part in text
    for _, verdict in refuted:
        assert verdict.evidence is not None
        assert verdict.evidence.witness is not None
        assert replays(verdict.evidence.witness) is True
    supported = sum(verdict.label is Label.SUPPORTED for _, verdict in told)
    assert supported >= (row["supported"] or 0), told
