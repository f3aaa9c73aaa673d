"""What a study plan is made of. Minutes are whole, days are dates of the proleptic Gregorian calendar."""

from datetime import date
from typing import Final, Literal, TypeAlias, get_args

import msgspec

Weekday: TypeAlias = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

WEEKDAYS: Final[tuple[Weekday, ...]] = get_args(Weekday)
DAY: Final = 1_440
"""Minutes of a day: what no plan can exceed, even where nothing limits it."""


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """Needs `minutes` of study in all, none before each of its prerequisites has had all of its own."""

    name: str
    minutes: int
    prerequisites: tuple[str, ...] = ()


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """Study of a topic, or a review of it, which counts for the day and not for the minutes that the topic needs.
    Sessions of one day are done in the order in which they are given.
    """

    day: date
    topic: str
    minutes: int
    review: bool = False


class Deadline(msgspec.Struct, frozen=True, kw_only=True):
    """The topic has had all its minutes by the end of that day."""

    topic: str
    day: date


class Reviews(msgspec.Struct, frozen=True, kw_only=True):
    """Reviews of at least `minutes` on at least `count` days, all of them after the topic has had its minutes."""

    topic: str
    count: int
    minutes: int


class Spacing(msgspec.Struct, frozen=True, kw_only=True):
    """Days from one review of the topic to the next, and from the day it had all its minutes to the first. A mastered
    topic has no such day. `most` is None where a gap may be as long as it likes.
    """

    topic: str
    least: int = 0
    most: int | None = None


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """At most `minutes` on that `day`, on that `weekday`, or without either on every day. Of the limits for a day only
    the most special counts: the date's, else the weekday's, else that of every day. 0 is a day off.
    """

    minutes: int
    weekday: Weekday | None = None
    day: date | None = None
