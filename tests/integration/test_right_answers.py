"""Competition-style answers in the many ways they are written: right ones are left in peace, a wrong one is refuted at
the step that goes wrong.
"""

import json
from pathlib import Path

import pytest

from verifiers import check_answer
from verifiers.verdicts import Label

_CASES = Path(__file__).parents[1] / "cases"
RIGHT = json.loads((_CASES / "right_answers.json").read_text(encoding="utf-8"))
WRONG = json.loads((_CASES / "wrong_answers.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", RIGHT, ids=range(len(RIGHT)))
def test_no_step_of_a_right_answer_is_refuted(case):
    report = check_answer(case["question"], case["steps"])
    refuted = [c.claim.text for c in report.claims if c.verdict.label is Label.REFUTED]
    assert not refuted


@pytest.mark.parametrize("case", WRONG, ids=range(len(WRONG)))
def test_the_first_refuted_step_is_the_one_that_goes_wrong(case):
    report = check_answer(case["question"], case["steps"])
    refuted = [c.claim.span.step for c in report.claims if c.verdict.label is Label.REFUTED]
    assert min(refuted, default=None) == case["first_error"]
