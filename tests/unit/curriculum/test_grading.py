"""Grading, row by row: right, wrong with the reason, partial credit, and undecided where it cannot be told."""

import json
from difflib import SequenceMatcher
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import pytest

from curriculum.choices import LETTERS, shown_order
from curriculum.grades import Outcome
from curriculum.grading import grade
from curriculum.items import Item, Ordering, item_from_json

GROUPS = json.loads((Path(__file__).parents[2] / "cases" / "grading.json").read_text(encoding="utf-8"))
ROWS = [(group["name"], group["item"], answer) for group in GROUPS for answer in group["answers"]]
SHARES = {Outcome.RIGHT: Fraction(1), Outcome.WRONG: Fraction(0), Outcome.UNANSWERED: Fraction(0)}


def item_of(row: dict[str, Any]) -> Item:
    return item_from_json(msgspec.json.encode(row))


def test_there_are_rows_enough() -> None:
    assert len(ROWS) >= 200


@pytest.mark.parametrize(("name", "item", "answer"), ROWS, ids=[f"{name}: {answer[0]}" for name, _, answer in ROWS])
def test_grading(name: str, item: dict[str, Any], answer: list[Any]) -> None:
    response, outcome, *credit = answer
    found = grade(item_of(item), response)
    assert found.outcome.value == outcome, found.why
    if credit:
        assert found.credit == Fraction(credit[0]), found.why
    elif found.outcome in SHARES:
        assert found.credit == SHARES[found.outcome]
    else:
        assert (found.credit is None) == (found.outcome is Outcome.UNDECIDED)
    assert found.why


def test_letters_of_an_ordering_are_those_it_was_shown_with() -> None:
    item = Ordering(id="x", stem="From the smallest", entries=("1", "2", "3", "4", "5"))
    for seed in range(5):
        order = shown_order(item, seed)
        assert order == shown_order(item, seed)
        assert order != (0, 1, 2, 3, 4)
        right = "".join(LETTERS[order.index(place)] for place in range(5))
        assert grade(item, right, seed=seed).outcome is Outcome.RIGHT
        assert grade(item, ", ".join(right), seed=seed).outcome is Outcome.RIGHT
        assert grade(item, right[::-1], seed=seed).outcome is Outcome.WRONG


def test_what_looks_alike_is_not_taken_for_the_same() -> None:
    """Rows on which a grader by likeness (difflib's ratio of 0.8 or more) is wrong, both ways."""
    alike = other = 0
    for group in GROUPS:
        keys = group["item"].get("accepted") or [group["item"].get("value")]
        for response, outcome, *_ in group["answers"]:
            if keys[0] and isinstance(response, str):
                near = max(SequenceMatcher(None, key.lower(), response.lower()).ratio() for key in keys) >= 0.8
                alike += near and outcome == "wrong"
                other += not near and outcome == "right"
    assert alike >= 30
    assert other >= 60
