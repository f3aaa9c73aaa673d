"""Puzzles, syllogisms, conditionals, set counts, sortings and swaps answered in the many ways people write: right
answers with hypotheses, case splits, blanks and second thoughts are left in peace, a wrong one is refuted at its slip.
"""

import json
from pathlib import Path

import pytest

from verifiers import check_answer
from verifiers.verdicts import Label

_CASES = Path(__file__).parents[1] / "cases"
RIGHT = json.loads((_CASES / "right_reasoning.json").read_text(encoding="utf-8"))
WRONG = json.loads((_CASES / "wrong_reasoning.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", RIGHT, ids=range(len(RIGHT)))
def test_no_step_of_a_right_answer_is_refuted(case):
    report = check_answer(case["question"], case["steps"])
    assert not [c.claim.text for c in report.claims if c.verdict.label is Label.REFUTED]


@pytest.mark.parametrize("case", WRONG, ids=range(len(WRONG)))
def test_the_first_refuted_step_is_the_one_that_goes_wrong(case):
    report = check_answer(case["question"], case["steps"])
    refuted = [c.claim.span.step for c in report.claims if c.verdict.label is Label.REFUTED]
    assert min(refuted, default=None) == case["first_error"]
