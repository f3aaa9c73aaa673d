"""The plain checker: a given plan against each of its constraints. No engine, one pass over the sessions."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

import msgspec

from verifiers.claims import StudyPlan
from verifiers.expr import Expr, app, num
from verifiers.study_plan.constraints import Constraint, Limits, constraints, cycle, facts
from verifiers.study_plan.naming import counted, day_name, minutes, period, shown
from verifiers.study_plan.parts import DAY, Session


class Breach(msgspec.Struct, frozen=True):
    """Where a constraint is broken, in words, and as a closed relation that is false. `found` is what is there."""

    text: str
    relation: Expr
    found: Expr


class Finding(msgspec.Struct, frozen=True):
    """A constraint by its rule and in words, and its breaches; none where it is kept."""

    rule: str
    text: str
    breaches: tuple[Breach, ...] = ()

    @property
    def kept(self) -> bool:
        return not self.breaches


def _at_most(found: int, allowed: int, text: str) -> Breach:
    return Breach(text, app("le", num(found), num(allowed)), num(found))


def _at_least(found: int, needed: int, text: str) -> Breach:
    return Breach(text, app("ge", num(found), num(needed)), num(found))


def findings(plan: StudyPlan) -> tuple[Finding, ...]:
    """Constraint by constraint, in the order given, after those that every plan has to keep. The plan must be free of
    `problems` and have sessions.
    """
    return tuple(_Checking(plan).run())


class _Checking:
    def __init__(self, plan: StudyPlan) -> None:
        self.plan = plan
        self.facts = facts(plan)
        given = sorted(plan.sessions or (), key=lambda session: session.day)
        self.sessions: Sequence[Session] = given
        self.study: dict[str, list[tuple[int, Session]]] = defaultdict(list)
        """Sessions of a topic with their places in the order they are done."""
        self.reviews: dict[str, list[tuple[int, Session]]] = defaultdict(list)
        self.sums: dict[str, list[int]] = defaultdict(lambda: [0])
        """Minutes that a topic has had after each of its sessions, 0 at first."""
        self.days: dict[date, int] = defaultdict(int)
        for place, session in enumerate(given):
            (self.reviews if session.review else self.study)[session.topic].append((place, session))
            if not session.review:
                self.sums[session.topic].append(self.sums[session.topic][-1] + session.minutes)
            self.days[session.day] += session.minutes
        self.finished = {name: self._finish(name) for name in self.facts.needed}
        self.limits = Limits(plan)
        self.limited: dict[int, list[date]] = defaultdict(list)
        for day in sorted(self.days):
            index = self.limits.of(day)
            if index is not None:
                self.limited[index].append(day)

    def run(self) -> Iterator[Finding]:
        yield Finding("known", "every session is on a topic of the plan", tuple(self._unknown()))
        yield Finding("once", "no session is written down twice", tuple(self._twice()))
        yield Finding(
            "period", f"every session is within the period: {_lowered(period(self.plan))}", tuple(self._outside())
        )
        if overfull := tuple(self._overfull()):
            yield Finding("day", f"no day has more than {minutes(DAY)}", overfull)
        if circle := cycle(self.plan):
            yield Finding("circle", "no topics wait for each other", (waiting(circle),))
        rules = {
            "needs": self._needs,
            "order": self._order,
            "limit": self._limit,
            "deadline": self._deadline,
            "reviews": self._reviewed,
            "spacing": self._spaced,
        }
        for constraint in constraints(self.plan):
            yield Finding(constraint.rule, constraint.text, tuple(rules[constraint.rule](constraint)))

    def _finish(self, name: str) -> tuple[int, Session] | None:
        """The session, and its place, in which a topic has had all its minutes."""
        at = bisect_left(self.sums[name], self.facts.needed[name].minutes)
        return self.study[name][at - 1] if at <= len(self.study[name]) else None

    def _had(self, name: str, place: int) -> int:
        """Minutes that a topic has had before the session at that place."""
        return self.sums[name][bisect_left(self.study[name], place, key=lambda entry: entry[0])]

    def _day(self, day: date) -> str:
        return day_name(self.plan, day)

    def _unknown(self) -> Iterator[Breach]:
        known = {topic.name for topic in self.plan.topics} | self.facts.mastered
        for session in self.sessions:
            if session.topic not in known:
                text = f"{self._day(session.day)} has a session on {shown(session.topic)}, and no topic is named so"
                yield _at_least(0, 1, text)

    def _twice(self) -> Iterator[Breach]:
        seen: dict[Session, int] = defaultdict(int)
        for session in self.sessions:
            seen[session] += 1
        for session, times in seen.items():
            if times > 1:
                what = "review" if session.review else "session"
                text = (
                    f"{self._day(session.day)} has the same {what} of {shown(session.topic)} for "
                    f"{minutes(session.minutes)} {times} times"
                )
                yield _at_most(times, 1, text)

    def _outside(self) -> Iterator[Breach]:
        start, end = self.plan.start, self.plan.end
        for day in sorted(self.days):
            number = (day - start).days + 1
            if day < start:
                text = f"{self._day(day)} is before the plan starts on {self._day(start)}"
                yield _at_least(number, 1, text)
            elif day > end:
                text = f"{self._day(day)} is after the plan ends on {self._day(end)}"
                yield _at_most(number, (end - start).days + 1, text)

    def _overfull(self) -> Iterator[Breach]:
        for day in sorted(self.days):
            if self.days[day] > DAY:
                yield _at_most(self.days[day], DAY, f"{self._day(day)} has {minutes(self.days[day])}")

    def _limit(self, constraint: Constraint) -> Iterator[Breach]:
        allowed = self.plan.limits[constraint.index].minutes
        for day in self.limited[constraint.index]:
            found = self.days[day]
            if found > allowed:
                said = f"{allowed:,} {'is' if allowed == 1 else 'are'} allowed" if allowed else "it is a day off"
                yield _at_most(found, allowed, f"{self._day(day)} has {minutes(found)}, {said}")

    def _needs(self, constraint: Constraint) -> Iterator[Breach]:
        name, needed = constraint.subject, self.facts.needed[constraint.subject].minutes
        found = self.sums[name][-1]
        if found < needed:
            yield _at_least(found, needed, f"{shown(name)} has {found:,} of {minutes(needed)}")

    def _order(self, constraint: Constraint) -> Iterator[Breach]:
        name, before = constraint.subject, constraint.before
        if not self.study[name]:
            return
        place, first = self.study[name][0]
        needed = self.facts.needed[before].minutes
        had = self._had(before, place)
        if had < needed:
            text = (
                f"{shown(name)} starts on {self._day(first.day)}, when {shown(before)} has had {had:,} of "
                f"{minutes(needed)}"
            )
            yield _at_least(had, needed, text)

    def _deadline(self, constraint: Constraint) -> Iterator[Breach]:
        name, last = constraint.subject, self.plan.deadlines[constraint.index].day
        needed = self.facts.needed[name].minutes
        had = sum(session.minutes for _, session in self.study[name] if session.day <= last)
        if had < needed:
            text = f"by {self._day(last)} {shown(name)} has had {had:,} of {minutes(needed)}"
            yield _at_least(had, needed, text)

    def _reviewed(self, constraint: Constraint) -> Iterator[Breach]:
        name, part = constraint.subject, self.facts.reviews[constraint.subject]
        given = self.reviews[name]
        times = len({session.day for _, session in given})
        if times < part.count:
            text = f"{shown(name)} is reviewed on {counted(times, 'day')} of {part.count}"
            yield _at_least(times, part.count, text)
        for place, session in given:
            where = f"the review of {shown(name)} on {self._day(session.day)}"
            if session.minutes < part.minutes:
                text = f"{where} has {minutes(session.minutes)}, {part.minutes} are needed"
                yield _at_least(session.minutes, part.minutes, text)
            if name in self.facts.needed:
                needed = self.facts.needed[name].minutes
                had = self._had(name, place)
                if had < needed:
                    text = f"{where} comes when {shown(name)} has had {had:,} of {minutes(needed)}"
                    yield _at_least(had, needed, text)

    def _spaced(self, constraint: Constraint) -> Iterator[Breach]:
        name, spacing = constraint.subject, self.facts.spacings[constraint.subject]
        met = [session.day for _, session in self.reviews[name]]
        done = self.finished.get(name)
        if done is not None:
            met.insert(0, done[1].day)
        for index, (earlier, later) in enumerate(pairwise(met)):
            gap = (later - earlier).days
            what = f"the end of {shown(name)}" if done is not None and index == 0 else f"a review of {shown(name)}"
            text = f"from {what} on {self._day(earlier)} to the review on {self._day(later)} are {counted(gap, 'day')}"
            if gap < spacing.least:
                yield _at_least(gap, spacing.least, f"{text}, at least {spacing.least} are needed")
            if spacing.most is not None and gap > spacing.most:
                yield _at_most(gap, spacing.most, f"{text}, at most {spacing.most} are allowed")


def waiting(circle: tuple[str, ...]) -> Breach:
    """Each topic of the circle would come at least one place before the next, all of them before themselves."""
    names = [shown(name) for name in circle]
    if len(names) == 1:
        return _at_most(1, 0, f"{names[0]} is its own prerequisite")
    text = f"the prerequisites go in a circle: {' before '.join([*names[:6], '…'][: len(names)])} before {names[0]}"
    return _at_most(len(names), 0, text)


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
