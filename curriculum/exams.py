"""Exams: how many questions, marks and minutes, and what a wrong answer costs."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

import msgspec

from curriculum.grades import Grade, Outcome


class ExamRules(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    questions: int
    marks: Fraction
    minutes: int
    deducted: Fraction = Fraction(0)
    """Share of a question's marks that a wrong answer costs. An unanswered question costs nothing."""
    qualifying: Fraction | None = None
    """Share of all marks it takes to qualify; None where the marks are ranked instead."""
    partial: bool = False
    """Whether a partly right answer earns its share; otherwise it counts as wrong."""

    @property
    def each(self) -> Fraction:
        """Marks of one question."""
        return self.marks / self.questions


UPSC_GS1: Final = ExamRules(
    name="UPSC Civil Services (Preliminary), General Studies Paper I",
    questions=100,
    marks=Fraction(200),
    minutes=120,
    deducted=Fraction(1, 3),
)
UPSC_CSAT: Final = ExamRules(
    name="UPSC Civil Services (Preliminary), General Studies Paper II (CSAT)",
    questions=80,
    marks=Fraction(200),
    minutes=120,
    deducted=Fraction(1, 3),
    qualifying=Fraction(33, 100),
)
PRACTICE: Final = ExamRules(name="Practice", questions=10, marks=Fraction(10), minutes=20, partial=True)

PRESETS: Final = {"upsc-gs1": UPSC_GS1, "upsc-csat": UPSC_CSAT, "practice": PRACTICE}


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """What a paper comes to. `least` and `most` differ only where a grade is undecided."""

    right: int
    partial: int
    wrong: int
    unanswered: int
    undecided: int
    least: Fraction
    most: Fraction
    of: Fraction
    qualified: bool | None
    """None where nothing qualifies or an undecided grade leaves it open."""


def score(rules: ExamRules, grades: Sequence[Grade]) -> Score:
    """The marks of a paper; questions that no grade is given for are unanswered.

    Raises:
        ValueError: more grades than questions.
    """
    if len(grades) > rules.questions:
        raise ValueError(f"{len(grades)} grades for {rules.questions} questions")
    counts = {outcome: sum(one.outcome is outcome for one in grades) for outcome in Outcome}
    least = most = Fraction(0)
    for one in grades:
        low, high = _earned(rules, one)
        least, most = least + low, most + high
    return Score(
        right=counts[Outcome.RIGHT],
        partial=counts[Outcome.PARTIAL],
        wrong=counts[Outcome.WRONG],
        unanswered=counts[Outcome.UNANSWERED] + rules.questions - len(grades),
        undecided=counts[Outcome.UNDECIDED],
        least=least,
        most=most,
        of=rules.marks,
        qualified=_qualified(rules, least, most),
    )


def _earned(rules: ExamRules, one: Grade) -> tuple[Fraction, Fraction]:
    lost = -rules.each * rules.deducted
    match one.outcome:
        case Outcome.RIGHT:
            return rules.each, rules.each
        case Outcome.UNANSWERED:
            return Fraction(0), Fraction(0)
        case Outcome.PARTIAL if rules.partial and one.credit is not None:
            return rules.each * one.credit, rules.each * one.credit
        case Outcome.UNDECIDED:
            return lost, rules.each
        case _:
            return lost, lost


def _qualified(rules: ExamRules, least: Fraction, most: Fraction) -> bool | None:
    if rules.qualifying is None:
        return None
    needed = rules.marks * rules.qualifying
    if least >= needed:
        return True
    return None if most >= needed else False
