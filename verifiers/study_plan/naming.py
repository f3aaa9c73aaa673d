"""Days, minutes and lists as a student reads them."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from verifiers.study_plan.parts import WEEKDAYS

if TYPE_CHECKING:
    from verifiers.claims import StudyPlan

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def day_name(plan: "StudyPlan", day: date) -> str:
    """`Tuesday 3 March`, `Tuesday` or `day 2`, as much as is known; the year where it is not that of the start."""
    number = (day - plan.start).days + 1
    if plan.days == "numbered":
        return f"day {number}"
    weekday = WEEKDAYS[day.weekday()].capitalize()
    if plan.days == "weekdays":
        return weekday if 1 <= number <= 7 else f"{weekday} of week {-(-number // 7)}"
    year = "" if day.year == plan.start.year else f" {day.year}"
    return f"{weekday} {day.day} {_MONTHS[day.month - 1]}{year}"


def period(plan: "StudyPlan") -> str:
    """`From Monday 2 March to Friday 6 March (5 days)`"""
    length = counted((plan.end - plan.start).days + 1, "day")
    if plan.days == "numbered":
        return f"In {length}"
    return f"From {day_name(plan, plan.start)} to {day_name(plan, plan.end)} ({length})"


def minutes(count: int) -> str:
    return counted(count, "minute")


def counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def listed(words: Sequence[str]) -> str:
    """`a, b and c`"""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def shown(name: str, width: int = 60) -> str:
    """A topic's name on one line."""
    flat = " ".join(name.split())
    return flat if len(flat) <= width else flat[: width - 1] + "…"
