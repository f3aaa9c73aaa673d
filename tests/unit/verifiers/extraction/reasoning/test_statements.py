"""Numbered statements of a question: what an answer says of them one by one, counted, by an option and together."""

import json
from pathlib import Path
from typing import Any

import pytest

from verifiers.check import decide, replays
from verifiers.extraction.finders import extract
from verifiers.extraction.reasoning.options import OptionSaid, counted, option_label
from verifiers.protocol import QUICK
from verifiers.verdicts import Label

CASES = Path(__file__).parents[4] / "cases"
ROWS = json.loads((CASES / "reasoning_statements.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_what_is_said_of_the_statements_is_decided_or_left_alone(row: dict[str, Any]) -> None:
    found = {}
    for claim in extract(row["question"], [row["answer"]]).claims:
        if claim.formula is None:
            found[claim.text] = "unformalized"
            continue
        verdict = decide(claim.formula, QUICK)
        found[claim.text] = f"{verdict.label.value} {verdict.reason.value}"
        if verdict.label is Label.REFUTED:
            assert verdict.evidence is not None
            assert verdict.evidence.witness is not None
            assert replays(verdict.evidence.witness) is not False
    assert found == row["claims"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Only one", 1), ("Only two of the above", 2), ("All three", 3), ("All", 3), ("All four", None), ("None", 0),
        ("None of the statements", 0), ("Two statements are correct", 2), ("Only five", None), ("1 only", None),
        ("At least two", None), ("Only one of A and B", None),
    ],
)  # fmt: skip
def test_options_that_count(text: str, count: int | None) -> None:
    assert counted(text, (1, 2, 3)) == count


def test_a_count_is_decided_as_far_as_the_statements_are() -> None:
    labels = {"1": Label.SUPPORTED, "2": Label.SUPPORTED, "3": Label.UNDECIDED}
    found = [option_label(OptionSaid("A", "", count=n, counts=("1", "2", "3")), labels) for n in range(4)]
    assert found == [Label.REFUTED, Label.REFUTED, Label.UNDECIDED, Label.UNDECIDED]
