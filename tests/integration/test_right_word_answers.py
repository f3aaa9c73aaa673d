"""Answers to school questions as students and models write them: right ones are left in peace, wrong ones are not."""

import json
from pathlib import Path

import pytest

from verifiers import ReportLabel, check_answer

_CASES = Path(__file__).parents[1] / "cases"
RIGHT = json.loads((_CASES / "right_word_answers.json").read_text(encoding="utf-8"))
WRONG = json.loads((_CASES / "wrong_word_answers.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", RIGHT, ids=range(len(RIGHT)))
def test_right_answer_is_not_refuted(case):
    report = check_answer(case["question"], case["steps"])
    said = [checked.verdict.evidence for checked in report.claims if checked.verdict.evidence]
    assert report.label is not ReportLabel.REFUTED, said


@pytest.mark.parametrize("case", WRONG, ids=range(len(WRONG)))
def test_wrong_answer_is_refuted(case):
    assert check_answer(case["question"], case["steps"]).label is ReportLabel.REFUTED


def test_at_most_one_right_answer_in_fifty_is_remarked():
    remarked = [case for case in RIGHT if check_answer(case["question"], case["steps"]).remarks]
    assert len(remarked) * 50 <= len(RIGHT), remarked
