"""Puzzles of choosing a team: what is read, what is left alone, and how it comes out."""

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from verifiers.check import decide, replays
from verifiers.extraction.finders import extract
from verifiers.extraction.reasoning.selection_puzzles import selection
from verifiers.protocol import QUICK
from verifiers.verdicts import Label

CASES = Path(__file__).parents[4] / "cases"
ROWS = json.loads((CASES / "reasoning_selections.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_each_claim_of_the_case_has_its_verdict(row: dict[str, Any]) -> None:
    found = {}
    for claim in extract(row["question"], row["steps"]).claims:
        if claim.formula is None:
            found[claim.text] = "unformalized"
            continue
        verdict = decide(claim.formula, QUICK)
        found[claim.text] = f"{verdict.label.value} {verdict.reason.value}"
        if verdict.label is Label.REFUTED:
            assert verdict.evidence is not None
            assert verdict.evidence.witness is not None
            assert replays(verdict.evidence.witness) is True
    assert found == row["claims"]


@pytest.mark.parametrize("many", [2, 3, 4])
def test_a_team_has_just_so_many_members(many: int) -> None:
    question = f"A team of {many} is to be chosen from A, B, C, D and E. If A is chosen, B is chosen. Who is?"
    posed = selection(question)
    assert posed is not None
    claims = {
        members: extract(question, [f"The team is {', '.join(members[:-1])} and {members[-1]}."]).claims[0]
        for members in combinations("ABCDE", many)
    }
    for members, claim in claims.items():
        assert claim.formula is not None
        wrong = "A" in members and "B" not in members
        label = decide(claim.formula, QUICK).label
        assert label is (Label.REFUTED if wrong else Label.UNDECIDED), members
