"""What keeps a study plan from meaning anything: unknown or repeated names, impossible numbers, too many parts.

Each problem comes with the place it is at, a path of field names and indices, so that a reader of files can tell line
and column.
"""

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from verifiers.claims import StudyPlan
from verifiers.study_plan.naming import shown
from verifiers.study_plan.parts import DAY

Path: TypeAlias = tuple[str | int, ...]

MOST: Final = {
    "topics": 1_000,
    "mastered": 1_000,
    "limits": 4_000,
    "deadlines": 1_000,
    "reviews": 1_000,
    "spacings": 1_000,
    "sessions": 20_000,
    "prerequisites": 5_000,
    "days": 3_660,
    "minutes": 100_000,
    "count": 100,
    "name": 200,
}
"""How large a plan may be: parts of each sort, prerequisites of all topics together, days of the period, minutes of a
topic, reviews of a topic, characters of a name.
"""


def problems(plan: StudyPlan) -> Iterator[tuple[Path, str]]:
    """In the order of the fields; none for a plan that can be judged."""
    if plan.end < plan.start:
        yield ("end",), "the plan ends before it starts"
    elif (plan.end - plan.start).days >= MOST["days"]:
        yield ("end",), f"more than {MOST['days']:,} days"
    for field in ("topics", "mastered", "limits", "deadlines", "reviews", "spacings", "sessions"):
        if len(getattr(plan, field) or ()) > MOST[field]:
            yield (field,), f"more than {MOST[field]:,} {field}"
            return
    yield from _topics(plan)
    yield from _limits(plan)
    yield from _mentions(plan)


def _topics(plan: StudyPlan) -> Iterator[tuple[Path, str]]:
    known = {topic.name for topic in plan.topics} | set(plan.mastered)
    seen: set[str] = set()
    links = 0
    for index, topic in enumerate(plan.topics):
        at = ("topics", index)
        if not topic.name.strip() or len(topic.name) > MOST["name"]:
            yield (*at, "name"), f"a topic's name has 1 to {MOST['name']} characters"
        if topic.name in seen:
            yield (*at, "name"), f"there are two topics named {shown(topic.name)}"
        seen.add(topic.name)
        yield from _within((*at, "minutes"), topic.minutes, 0, MOST["minutes"])
        yield from _once((*at, "prerequisites"), topic.prerequisites, "prerequisite")
        links += len(topic.prerequisites)
        for number, before in enumerate(topic.prerequisites):
            if before not in known:
                yield (*at, "prerequisites", number), f"{shown(before)} is neither a topic nor mastered"
    if links > MOST["prerequisites"]:
        yield ("topics",), f"more than {MOST['prerequisites']:,} prerequisites"
    yield from _once(("mastered",), plan.mastered, "mastered skill")


def _limits(plan: StudyPlan) -> Iterator[tuple[Path, str]]:
    seen = set()
    for index, limit in enumerate(plan.limits):
        at = ("limits", index)
        yield from _within((*at, "minutes"), limit.minutes, 0, DAY)
        which = (limit.weekday, limit.day)
        if None not in which:
            yield at, "a limit is for a weekday or for a date, not for both"
        if which in seen:
            yield at, "there are two limits for the same day"
        seen.add(which)


def _mentions(plan: StudyPlan) -> Iterator[tuple[Path, str]]:
    """Names of topics where a topic is wanted. What a session names is the plan's own business and checked there."""
    known = {topic.name for topic in plan.topics}
    reviewable = known | set(plan.mastered)
    for index, deadline in enumerate(plan.deadlines):
        if deadline.topic not in known:
            yield ("deadlines", index, "topic"), f"no topic is named {shown(deadline.topic)}"
    for index, review in enumerate(plan.reviews):
        at = ("reviews", index)
        if review.topic not in reviewable:
            yield (*at, "topic"), f"no topic is named {shown(review.topic)}"
        yield from _within((*at, "count"), review.count, 1, MOST["count"])
        yield from _within((*at, "minutes"), review.minutes, 1, DAY)
    yield from _once(("reviews",), [review.topic for review in plan.reviews], "topic")
    for index, spacing in enumerate(plan.spacings):
        at = ("spacings", index)
        if spacing.topic not in reviewable:
            yield (*at, "topic"), f"no topic is named {shown(spacing.topic)}"
        yield from _within((*at, "least"), spacing.least, 0, MOST["days"])
        if spacing.most is not None:
            yield from _within((*at, "most"), spacing.most, 0, MOST["days"])
            if spacing.most < spacing.least:
                yield (*at, "most"), f"at most {spacing.most} days cannot be less than at least {spacing.least}"
    yield from _once(("spacings",), [spacing.topic for spacing in plan.spacings], "topic")
    for index, session in enumerate(plan.sessions or ()):
        yield from _within(("sessions", index, "minutes"), session.minutes, 1, DAY)


def _within(at: Path, value: int, least: int, most: int) -> Iterator[tuple[Path, str]]:
    if not least <= value <= most:
        yield at, f"{value:,} is not from {least} to {most:,}"


def _once(at: Path, names: Sequence[str], what: str) -> Iterator[tuple[Path, str]]:
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield (*at, index), f"the {what} {shown(name)} is there twice"
        seen.add(name)
