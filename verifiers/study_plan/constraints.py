"""The constraints of a study plan, one by one and named: what is checked, and what a conflict is made of."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Literal, TypeAlias

import msgspec

from verifiers.claims import StudyPlan
from verifiers.study_plan.naming import counted, day_name, minutes, shown
from verifiers.study_plan.parts import WEEKDAYS, Limit, Reviews, Spacing, Topic

Rule: TypeAlias = Literal["needs", "order", "limit", "deadline", "reviews", "spacing"]


class Constraint(msgspec.Struct, frozen=True, kw_only=True):
    """One member. `subject` is the topic, `before` its prerequisite; `index` is that of the limit or deadline."""

    rule: Rule
    text: str
    subject: str = ""
    before: str = ""
    index: int = 0


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """A plan's parts by name."""

    needed: Mapping[str, Topic]
    """Topics that need study: not mastered, in the order given."""
    mastered: frozenset[str]
    reviews: Mapping[str, Reviews]
    spacings: Mapping[str, Spacing]


def facts(plan: StudyPlan) -> Facts:
    mastered = frozenset(plan.mastered)
    return Facts(
        needed={topic.name: topic for topic in plan.topics if topic.name not in mastered and topic.minutes > 0},
        mastered=mastered,
        reviews={part.topic: part for part in plan.reviews},
        spacings={part.topic: part for part in plan.spacings},
    )


def constraints(plan: StudyPlan) -> Iterator[Constraint]:
    """Every constraint that says something, in the order given. Mastered topics need nothing and hold up nothing."""
    known = facts(plan)
    for topic in known.needed.values():
        text = f"{shown(topic.name)} needs {minutes(topic.minutes)}"
        yield Constraint(rule="needs", subject=topic.name, text=text)
    for topic in known.needed.values():
        for before in topic.prerequisites:
            if before in known.needed:
                text = f"{shown(topic.name)} comes after {shown(before)}"
                yield Constraint(rule="order", subject=topic.name, before=before, text=text)
    for index, limit in enumerate(plan.limits):
        yield Constraint(rule="limit", index=index, text=_limit_text(plan, limit))
    for index, deadline in enumerate(plan.deadlines):
        if deadline.topic in known.needed:
            text = f"{shown(deadline.topic)} is done by {day_name(plan, deadline.day)}"
            yield Constraint(rule="deadline", subject=deadline.topic, index=index, text=text)
    for review in plan.reviews:
        times = "once" if review.count == 1 else counted(review.count, "time")
        text = f"{shown(review.topic)} is reviewed {times} for {minutes(review.minutes)}"
        yield Constraint(rule="reviews", subject=review.topic, text=text)
    for spacing in plan.spacings:
        text = f"reviews of {shown(spacing.topic)} are {_gap(spacing)} apart"
        yield Constraint(rule="spacing", subject=spacing.topic, text=text)


def _limit_text(plan: StudyPlan, limit: Limit) -> str:
    if limit.day is not None:
        where, off = f"on {day_name(plan, limit.day)}", f"{day_name(plan, limit.day)} is off"
    elif limit.weekday is not None:
        where, off = f"on {limit.weekday.capitalize()}s", f"{limit.weekday.capitalize()}s are off"
    else:
        where, off = "a day", "every day is off"
    return off if limit.minutes == 0 else f"at most {minutes(limit.minutes)} {where}"


def _gap(spacing: Spacing) -> str:
    if spacing.most is None:
        return f"at least {counted(spacing.least, 'day')}"
    if spacing.least == spacing.most:
        return counted(spacing.least, "day")
    return f"{spacing.least} to {counted(spacing.most, 'day')}" if spacing.least else f"at most {spacing.most} days"


def days(plan: StudyPlan) -> Iterator[date]:
    for number in range((plan.end - plan.start).days + 1):
        yield plan.start + timedelta(number)


class Limits:
    """Which limit counts on which day."""

    def __init__(self, plan: StudyPlan) -> None:
        limits = list(enumerate(plan.limits))
        self._dates = {limit.day: index for index, limit in limits if limit.day is not None}
        self._weekdays = {limit.weekday: index for index, limit in limits if limit.weekday is not None}
        self._every = next((i for i, limit in limits if limit.day is None and limit.weekday is None), None)

    def of(self, day: date) -> int | None:
        """Index of the limit, None where there is none for the day."""
        found = self._dates.get(day)
        return self._weekdays.get(WEEKDAYS[day.weekday()], self._every) if found is None else found


def cycle(plan: StudyPlan) -> tuple[str, ...]:
    """Topics that wait for each other in a circle, each a prerequisite of the next and the last of the first: a
    shortest circle, the same on every run. Empty where there is none.
    """
    needed = facts(plan).needed
    after: dict[str, list[str]] = {name: [] for name in needed}
    for topic in needed.values():
        for before in topic.prerequisites:
            if before in needed:
                after[before].append(topic.name)
    best: tuple[str, ...] = ()
    for name in _tangled(after):
        found = _round(name, after)
        if found and (not best or len(found) < len(best)):
            best = found
    return best


def _tangled(after: Mapping[str, list[str]]) -> list[str]:
    """Names left when whatever waits for nothing is taken away again and again: on a circle or behind one."""
    waiting = dict.fromkeys(after, 0)
    for names in after.values():
        for name in names:
            waiting[name] += 1
    free = [name for name, count in waiting.items() if count == 0]
    while free:
        for name in after[free.pop()]:
            waiting[name] -= 1
            if waiting[name] == 0:
                free.append(name)
    return [name for name, count in waiting.items() if count > 0]


def _round(start: str, after: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The shortest way from a topic back to itself, breadth first."""
    came: dict[str, str] = {}
    queue = [start]
    for name in queue:
        for following in after[name]:
            if following == start:
                way = [name]
                while way[-1] != start:
                    way.append(came[way[-1]])
                return tuple(reversed(way))
            if following not in came:
                came[following] = name
                queue.append(following)
    return ()
