"""What grading an answer comes to."""

from enum import StrEnum
from fractions import Fraction

import msgspec


class Outcome(StrEnum):
    RIGHT = "right"
    PARTIAL = "partial"
    WRONG = "wrong"
    UNANSWERED = "unanswered"
    UNDECIDED = "undecided"
    """It could not be told. A person has to look; it counts as neither right nor wrong."""


class Grade(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`credit` is a share of the item's marks from 0 to 1, None where it could not be decided; `why` says it in one
    sentence.
    """

    outcome: Outcome
    credit: Fraction | None
    why: str
    parts: tuple["Grade", ...] = ()


def right(why: str) -> Grade:
    return Grade(outcome=Outcome.RIGHT, credit=Fraction(1), why=why)


def wrong(why: str) -> Grade:
    return Grade(outcome=Outcome.WRONG, credit=Fraction(0), why=why)


def unanswered() -> Grade:
    return Grade(outcome=Outcome.UNANSWERED, credit=Fraction(0), why="not answered")


def undecided(why: str) -> Grade:
    return Grade(outcome=Outcome.UNDECIDED, credit=None, why=why)


def partly(credit: Fraction, why: str) -> Grade:
    """Right, wrong or in between, by the credit."""
    if credit == 1:
        return right(why)
    return Grade(outcome=Outcome.PARTIAL if credit else Outcome.WRONG, credit=credit, why=why)
