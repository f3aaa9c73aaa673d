"""The table of word problems: what is refuted, what is supported, what is remarked, and what stays silent."""

import json
from pathlib import Path

import pytest

from verifiers.claims import Claim
from verifiers.extraction.reading.reader import read_document
from verifiers.extraction.words import find
from verifiers.kinds.word_problem import verify
from verifiers.protocol import QUICK
from verifiers.verdicts import Label, Remark

CASES = json.loads((Path(__file__).parents[4] / "cases" / "words.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_word_problem(case):
    found = list(find(read_document(case["question"], case["steps"])))
    claims = [item for item in found if isinstance(item, Claim)]
    labels = {label: [] for label in Label}
    for claim in claims:
        assert case["steps"][claim.span.step][claim.span.start : claim.span.end] == claim.text
        labels[verify(claim.formula, QUICK).label].append([claim.text, claim.formula.rule])
    assert labels[Label.REFUTED] == case["refuted"]
    assert labels[Label.SUPPORTED] == case["supported"]
    assert sorted({item.rule for item in found if isinstance(item, Remark)}) == sorted(case["remarks"])


def test_every_silent_case_is_a_tempting_one():
    silent = [case for case in CASES if not case["refuted"] and not case["remarks"]]
    assert len(silent) > len(CASES) / 4


@pytest.mark.parametrize(
    "answer",
    [
        "Mona has 4 + 6 = 10 stickers. " * 600,
        "2 + 3 = 5 stickers. " * 1_000,
        "(1 + " * 4_000,
        "Mona has " * 2_000,
        "<<" * 10_000,
        "1,234," * 3_000,
        "3 apples + " * 100_000,
    ],
)
def test_long_answers_end(answer):
    question = "Mona has 4 times as many stickers as Pavel. " * 100 + "Pavel has 6. How many has Mona?"
    assert len(list(find(read_document(question, [answer])))) < 1_000
