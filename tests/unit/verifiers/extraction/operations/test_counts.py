"""Counts in prose become counting claims."""

import pytest

from verifiers.claims import Counting
from verifiers.expr import num
from verifiers.extraction.operations.counts import find
from verifiers.extraction.reading.reader import read_document


@pytest.mark.parametrize(
    ("text", "model", "parameters", "result"),
    [
        ("The number of ways to choose 3 of 10 books is 120.", "combinations", (10, 3), 120),
        ("The number of ways to select 2 people from 7 people is 21.", "combinations", (7, 2), 21),
        ("The number of ways to arrange 5 different flags is 120.", "arrangements", (5,), 120),
    ],
)
def test_counts_in_prose(text: str, model: str, parameters: tuple[int, ...], result: int) -> None:
    (claim,) = find(read_document("", [text]))
    assert claim.formula == Counting(model=model, parameters=tuple(map(num, parameters)), result=num(result))


def test_a_count_under_a_supposition_is_no_claim() -> None:
    assert list(find(read_document("", ["Suppose the number of ways to choose 3 of 10 books is 720."]))) == []
