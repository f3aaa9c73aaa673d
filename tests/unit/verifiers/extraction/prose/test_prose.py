"""Which sentences claim something that can be checked, and where; and which only look so."""

import json
import re
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from verifiers.extraction.document import Document
from verifiers.extraction.prose import find
from verifiers.extraction.prose.marking import phrases
from verifiers.extraction.prose.phrases import OPERAND, V
from verifiers.extraction.reading.reader import read_document

CASES = json.loads((Path(__file__).parents[4] / "cases" / "prose.json").read_text(encoding="utf-8"))


def document(text: str, question: str = "") -> Document:
    return read_document(question, [text])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_claims_of_a_sentence(case: dict[str, Any]) -> None:
    found = sorted(find(document(case["text"], case.get("question", ""))), key=lambda claim: claim.span)
    assert [[claim.text, claim.kind] for claim in found] == case["claims"]
    for claim in found:
        assert case["text"][claim.span.start : claim.span.end] == claim.text


def marked(text: str) -> str:
    phrase = next(iter(phrases(document(text))))
    return re.sub(OPERAND, lambda mark: "V" if re.match(V, mark.group()) else "#", phrase.text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The median of 3, 1, 7 is $3$.", "The median of V, V, V is V."),
        ("x + 41 is prime", "x + # is prime"),
        ("the 3rd of 5-10", "the #rd of #-#"),
        ("**91** is\n  not prime", "V is not prime"),
        ("2^2 · 3^3 = 108", "V = V"),
        ("5cm, 25π and 3 1/2", "Vcm, V and V"),
        ("16 - 3 is <<16-3=13>>13", "V is V"),
    ],
)
def test_marks(text: str, expected: str) -> None:
    assert marked(text) == expected


@pytest.mark.parametrize(
    "line",
    [
        "the sum of " + "3, " * 40_000 + "4 is 5.",
        "a circle with radius " * 10_000 + "3 is 5.",
        "1 hour " * 30_000 + "= 5 minutes.",
        "20% of " * 30_000 + "is 5.",
        "1 January 2000 is " * 15_000,
        "91 is prime. " * 10_000,
        "1 + " * 60_000 + "1 is even.",
    ],
    ids=lambda line: line[:20],
)
def test_long_lines_take_little_time(line: str) -> None:
    read = document(line)
    start = process_time()
    list(find(read))
    assert process_time() - start < 20
