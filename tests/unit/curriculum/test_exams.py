"""Exams: marks are fractions, a wrong answer costs a third, none nothing, an undecided one is left open."""

from fractions import Fraction

import pytest

from curriculum.exams import PRACTICE, PRESETS, UPSC_CSAT, UPSC_GS1, score
from curriculum.grades import partly, right, unanswered, undecided, wrong

RIGHT, WRONG, NONE, OPEN, HALF = right("r"), wrong("w"), unanswered(), undecided("u"), partly(Fraction(1, 2), "p")


def test_the_papers_of_upsc() -> None:
    assert (UPSC_GS1.questions, UPSC_GS1.marks, UPSC_GS1.minutes, UPSC_GS1.each) == (100, 200, 120, 2)
    assert (UPSC_CSAT.questions, UPSC_CSAT.marks, UPSC_CSAT.minutes) == (80, 200, 120)
    assert UPSC_CSAT.each == Fraction(5, 2)
    assert set(PRESETS) == {"upsc-gs1", "upsc-csat", "practice"}


def test_a_third_is_deducted_and_nothing_for_unanswered_questions() -> None:
    found = score(UPSC_GS1, [RIGHT] * 60 + [WRONG] * 30 + [NONE] * 10)
    assert (found.least, found.most) == (100, 100)
    assert (found.right, found.wrong, found.unanswered) == (60, 30, 10)
    assert score(UPSC_GS1, [RIGHT, WRONG]).least == Fraction(4, 3)
    assert score(UPSC_GS1, []).least == 0
    assert score(UPSC_GS1, []).unanswered == 100


def test_fractions_of_marks_are_exact() -> None:
    assert score(UPSC_CSAT, [WRONG] * 3).least == Fraction(-5, 2)
    assert score(UPSC_CSAT, [WRONG]).least == Fraction(-5, 6)


@pytest.mark.parametrize(
    ("grades", "qualified"),
    [
        ([RIGHT] * 27 + [WRONG], True),  # 66 2/3
        ([RIGHT] * 27 + [WRONG] * 2, False),  # 65 5/6
        ([RIGHT] * 26 + [OPEN], None),
        ([RIGHT] * 26, False),
        ([RIGHT] * 30 + [OPEN], True),
    ],
)
def test_csat_takes_a_third_of_the_marks_less_a_little(grades: list[object], qualified: bool | None) -> None:
    assert score(UPSC_CSAT, grades).qualified is qualified  # type: ignore[arg-type]


def test_what_is_undecided_leaves_the_score_open() -> None:
    found = score(UPSC_GS1, [RIGHT, OPEN])
    assert (found.least, found.most) == (Fraction(4, 3), 4)


def test_partial_credit_counts_only_where_the_rules_give_it() -> None:
    assert score(PRACTICE, [HALF]).least == Fraction(1, 2)
    assert score(UPSC_GS1, [HALF]).least == Fraction(-2, 3)


def test_more_grades_than_questions_are_refused() -> None:
    with pytest.raises(ValueError, match="101 grades"):
        score(UPSC_GS1, [NONE] * 101)
