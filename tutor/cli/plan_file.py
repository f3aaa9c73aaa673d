"""A study plan's file as the formula it stands for. What is wrong with it comes with line and column."""

from typing import Final

from curriculum.yaml_file import (
    Fault,
    Items,
    Place,
    Reader,
    Scalar,
    Table,
    Value,
    YamlError,
    iso_date,
    nearest,
    quoted,
    read_yaml,
)
from verifiers.claims import StudyPlan
from verifiers.study_plan import Deadline, Limit, Reviews, Session, Spacing, Topic
from verifiers.study_plan.parts import WEEKDAYS, Weekday
from verifiers.study_plan.problems import Path, problems

_PLAN: Final = ("start", "end", "minutes_a_day", "days_off", "mastered", "topics", "sessions")
_TOPIC: Final = ("name", "minutes", "prerequisites", "deadline", "reviews")
_REVIEWS: Final = ("count", "minutes", "min_days", "max_days")
_SESSION: Final = ("day", "topic", "minutes", "review")
_EVERY_DAY: Final = "every_day"
_MOST_FAULTS: Final = 20


def read_plan(text: str) -> StudyPlan | list[Fault]:
    """The plan, or what is wrong with the file, in the order of its lines."""
    try:
        value = read_yaml(text)
    except YamlError as error:
        return [error.fault]
    reading = _Reading()
    plan = reading.plan(value)
    if plan is not None and not reading.faults:
        for path, message in problems(plan):
            reading.fault(reading.place(path), message)
            if len(reading.faults) >= _MOST_FAULTS:
                break
    if plan is None or reading.faults:
        return sorted(set(reading.faults))[:_MOST_FAULTS]
    return plan


class _Reading(Reader):
    def __init__(self) -> None:
        super().__init__()
        self.places: dict[Path, Place] = {}

    def place(self, path: Path) -> Place:
        """Where a part of the plan stands, or the nearest part around it that stands somewhere."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(1, 1))

    def mark(self, value: Value | None, *path: str | int) -> None:
        if value is not None:
            self.places[path] = value.place

    def plan(self, value: Value) -> StudyPlan | None:
        table = self.table(value, "a study plan", _PLAN, ("start", "end", "topics"))
        if table is None:
            return None
        entries = table.entries
        start = self.day(entries.get("start"), "the start")
        end = self.day(entries.get("end"), "the end")
        self.mark(entries.get("end"), "end")
        limits = self._limits(entries.get("minutes_a_day"), entries.get("days_off"))
        mastered = self._names(entries.get("mastered"), "`mastered`", "mastered")
        self.deadlines: list[Deadline] = []
        self.reviews: list[Reviews] = []
        self.spacings: list[Spacing] = []
        topics = tuple(
            topic
            for index, item in enumerate(self.items(entries.get("topics"), "`topics`"))
            if (topic := self._topic(item, index)) is not None
        )
        self.mark(entries.get("topics"), "topics")
        sessions = self._sessions(entries["sessions"]) if "sessions" in entries else None
        if start is None or end is None or self.faults:
            return None
        return StudyPlan(
            start=start,
            end=end,
            topics=topics,
            mastered=mastered,
            limits=limits,
            deadlines=tuple(self.deadlines),
            reviews=tuple(self.reviews),
            spacings=tuple(self.spacings),
            sessions=sessions,
        )

    def _limits(self, minutes: Value | None, off: Value | None) -> tuple[Limit, ...]:
        found: list[Limit] = []

        def add(limit: Limit | None, value: Value) -> None:
            if limit is not None:
                self.mark(value, "limits", len(found))
                self.mark(value, "limits", len(found), "minutes")
                found.append(limit)

        if isinstance(minutes, Table):
            for key, value in minutes.entries.items():
                allowed = self.whole(value, "minutes")
                add(self._limit(key, minutes.keys[key], allowed or 0), value)
        elif minutes is not None:
            add(Limit(minutes=self.whole(minutes, "`minutes_a_day`") or 0), minutes)
        for value in self.items(off, "`days_off`"):
            name = self.text(value, "a weekday or a date")
            if name is not None:
                add(self._limit(name, value.place, 0), value)
        return tuple(found)

    def _limit(self, key: str, place: Place, minutes: int) -> Limit | None:
        day = iso_date(key)
        if day is not None:
            return Limit(minutes=minutes, day=day)
        if key == _EVERY_DAY:
            return Limit(minutes=minutes)
        weekday = _weekday(key)
        if weekday is None:
            hint = nearest(key, (_EVERY_DAY, *WEEKDAYS))
            self.fault(place, f"{quoted(key)} is no weekday, no date like 2026-03-02 and not {_EVERY_DAY}{hint}")
            return None
        return Limit(minutes=minutes, weekday=weekday)

    def _names(self, value: Value | None, what: str, *path: str | int) -> tuple[str, ...]:
        found: list[str] = []
        for item in self.items(value, what):
            name = self.text(item, "a name")
            if name is not None:
                self.mark(item, *path, len(found))
                found.append(name)
        return tuple(found)

    def _topic(self, value: Value, index: int) -> Topic | None:
        table = self.table(value, "a topic", _TOPIC, ("name", "minutes"))
        if table is None:
            return None
        entries = table.entries
        at = ("topics", index)
        self.mark(value, *at)
        for key in ("name", "minutes", "prerequisites"):
            self.mark(entries.get(key), *at, key)
        name = self.text(entries.get("name"), "the topic's name")
        minutes = self.whole(entries.get("minutes"), "the minutes that a topic needs")
        before = self._names(entries.get("prerequisites"), "`prerequisites`", *at, "prerequisites")
        deadline = self.day(entries.get("deadline"), "the deadline")
        if name is None or minutes is None:
            return None
        if deadline is not None:
            self.mark(entries.get("deadline"), "deadlines", len(self.deadlines))
            self.deadlines.append(Deadline(topic=name, day=deadline))
        self._review(entries.get("reviews"), name)
        return Topic(name=name, minutes=minutes, prerequisites=before)

    def _review(self, value: Value | None, name: str) -> None:
        table = self.table(value, "`reviews`", _REVIEWS, ("count", "minutes"))
        if table is None:
            return
        entries = table.entries
        count = self.whole(entries.get("count"), "the number of reviews")
        minutes = self.whole(entries.get("minutes"), "the minutes of a review")
        least = self.whole(entries.get("min_days"), "`min_days`")
        most = self.whole(entries.get("max_days"), "`max_days`")
        if count is not None and minutes is not None:
            self.mark(value, "reviews", len(self.reviews))
            for key in ("count", "minutes"):
                self.mark(entries.get(key), "reviews", len(self.reviews), key)
            self.reviews.append(Reviews(topic=name, count=count, minutes=minutes))
        if least is not None or most is not None:
            self.mark(value, "spacings", len(self.spacings))
            self.mark(entries.get("min_days"), "spacings", len(self.spacings), "least")
            self.mark(entries.get("max_days"), "spacings", len(self.spacings), "most")
            self.spacings.append(Spacing(topic=name, least=least or 0, most=most))

    def _sessions(self, value: Value) -> tuple[Session, ...]:
        if isinstance(value, Scalar) and value.plain and value.text in ("", "~", "null"):
            value = Items(value.place, [])
        self.mark(value, "sessions")
        found: list[Session] = []
        for item in self.items(value, "`sessions`"):
            table = self.table(item, "a session", _SESSION, ("day", "topic", "minutes"))
            if table is None:
                continue
            entries = table.entries
            day = self.day(entries.get("day"), "the day of a session")
            topic = self.text(entries.get("topic"), "the topic of a session")
            minutes = self.whole(entries.get("minutes"), "the minutes of a session")
            review = self.truth(entries.get("review"), "`review`")
            if day is not None and topic is not None and minutes is not None:
                self.mark(entries["minutes"], "sessions", len(found), "minutes")
                found.append(Session(day=day, topic=topic, minutes=minutes, review=bool(review)))
        return tuple(found)


def _weekday(text: str) -> Weekday | None:
    plain = text.lower().removesuffix("s")
    return next((day for day in WEEKDAYS if day == plain), None)
