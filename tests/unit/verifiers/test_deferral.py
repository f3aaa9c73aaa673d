"""Heavy formulas can be left for another trip; nothing else of an answer waits for them."""

import pytest

from verifiers.checker import Checker, Reading
from verifiers.cost import CostClass, answer_ms, cost_class
from verifiers.extraction.document import Extraction
from verifiers.sandbox import InlineSandbox

ANSWER = r"First $2 + 2 = 5$. Then $\int_0^1 x^2 \, dx = \frac{1}{3}$. So $3 \cdot 4 = 12$."


@pytest.fixture
def checker() -> Checker:
    return Checker(sandbox=InlineSandbox())


def test_a_heavy_formula_is_left_open_and_its_neighbours_are_not(checker: Checker) -> None:
    reading = checker.read_answer("", [ANSWER], defer=True)
    classes = [cost_class(claim.formula) for claim in reading.extraction.claims if claim.formula]
    assert classes == [CostClass.QUICK, CostClass.HEAVY, CostClass.QUICK]
    assert [checked is None for checked in reading.checked] == [False, True, False]
    with pytest.raises(ValueError, match="missing"):
        reading.report()


def test_what_was_left_open_and_then_checked_makes_the_same_report(checker: Checker) -> None:
    reading = checker.read_answer("", [ANSWER], defer=True)
    left = [claim for claim, checked in zip(reading.extraction.claims, reading.checked, strict=True) if checked is None]
    late = iter(checker.check_claims(left))
    whole = Reading(reading.extraction, tuple(checked or next(late) for checked in reading.checked))
    assert whole.report() == checker.check_answer("", [ANSWER])


def test_a_row_is_a_row_unless_something_was_left_open(checker: Checker) -> None:
    assert isinstance(checker.read_row(1, "", [ANSWER], defer=True), Reading)
    assert checker.read_row(1, "", ["1 + 1 = 3"], defer=True) == checker.check_row(1, "", ["1 + 1 = 3"])
    assert isinstance(checker.read_row(1, "", [ANSWER], defer=False), bytes)


def test_verdicts_are_handed_on_in_the_order_of_the_claims(checker: Checker) -> None:
    extraction, *verdicts = checker.follow("", [ANSWER])
    assert isinstance(extraction, Extraction)
    report = checker.check_answer("", [ANSWER])
    assert tuple(verdicts) == report.claims


def test_longer_answers_are_expected_to_take_longer() -> None:
    assert answer_ms("", ["x"]) < answer_ms("", ["x" * 1000]) < answer_ms("x" * 1000, ["x" * 1000])
