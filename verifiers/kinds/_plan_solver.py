"""Whether any study plan keeps a set of constraints: put to Z3, exactly, without a variable for every minute.

What is unknown is when each topic has had all its minutes, and on which days the reviews are. `done[t][k]` says that
topic t is done by the end of slot k, where a slot ends with a deadline, or is a single day if there are reviews. Given
that, minutes are shared out by the earliest deadline (Jackson's rule; Horn, 1974, with release days), which works
exactly when no stretch of days is asked for more than it has. Prerequisites give no condition beyond that: with
`done` in their order, and the earlier one first among equals, they are kept by themselves.

Only a topic whose first review may not be too late must be done on an exact day. Its last minute is reserved on that
day, and what comes after it may not start before; conditions on stretches that begin with such a day are added when
an assignment breaks one.

Every constraint has a guard, so that any set of them can be asked about. The frame is no constraint: the period, and
the 1,440 minutes of a day.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

import msgspec

from verifiers.claims import StudyPlan
from verifiers.kinds._clauses import Answer, Clauses, Term
from verifiers.study_plan.constraints import Constraint, Limits, constraints, days, facts
from verifiers.study_plan.parts import DAY

MOST_CELLS: Final = 120_000
"""Topics, prerequisites and reviews times slots: what is too much to write down."""
MOST_WORK: Final = 300_000
"""Members of a first conflict times those: what is too much to make it minimal."""
MOST_POLISHED: Final = 4_000
"""Cells of a plan whose days are made better than just possible."""
_ROUNDS: Final = 200


class Timetable(msgspec.Struct, frozen=True, kw_only=True):
    """Days (from 0) on which topics are done, before which they may not start, and on which the reviews are."""

    done: Mapping[str, int]
    exact: frozenset[str]
    start: Mapping[str, int]
    reviews: Mapping[str, Sequence[int]]


class TooLargeError(ValueError):
    """More than `MOST_CELLS`."""


class Feasibility:
    """One plan's constraints in Z3. `budget` is in Z3's resource units, for all questions together."""

    def __init__(self, plan: StudyPlan, budget: int) -> None:
        self.plan = plan
        self.members: Sequence[Constraint] = tuple(constraints(plan))
        self.facts = facts(plan)
        self.length = (plan.end - plan.start).days + 1
        self._rules: dict[tuple[str, str, str, int], int] = {
            (member.rule, member.subject, member.before, member.index): index
            for index, member in enumerate(self.members)
        }
        self.ends = self._slots()
        self._slot_of = {day: slot for slot, day in enumerate(self.ends)}
        links = sum(len(topic.prerequisites) for topic in self.facts.needed.values())
        parts = len(self.facts.needed) + links + sum(part.count for part in plan.reviews)
        self._cells = parts * len(self.ends)
        if self._cells > MOST_CELLS:
            raise TooLargeError(f"{self._cells:,} combinations of topics, prerequisites and days")
        self.exact = tuple(
            name
            for name in self.facts.needed
            if name in self.facts.reviews
            and (spacing := self.facts.spacings.get(name)) is not None
            and spacing.most is not None
        )
        self._clauses = Clauses(budget)
        self._guards = self._series(len(self.members))
        self._done = {name: self._series(len(self.ends)) for name in self.facts.needed}
        self._reviews = {part.topic: [self._series(self.length) for _ in range(part.count)] for part in plan.reviews}
        self._after = self._followers()
        self._governed = self._limits()
        self._state()

    def check(self, chosen: Sequence[int], also: Sequence[Term] = ()) -> tuple[Answer, Timetable | None]:
        """Whether some plan keeps the members with these indices, and the days if so."""
        assumed = [*(self._guards[index] for index in chosen), *also]
        for _ in range(_ROUNDS):
            answer = self._clauses.check(assumed)
            if answer != "sat":
                return answer, None
            table = self._table(frozenset(chosen))
            broken = list(self._broken(table, frozenset(chosen)))
            if not broken:
                return "sat", table
            for first, last in broken:
                self._stretch(first, last)
        return "unknown", None

    def sooner(self, chosen: Sequence[int], table: Timetable) -> Timetable:
        """The days with each topic that is bound to an exact one done as soon as can be, one after the other: a plan
        found anywhere would leave a last minute for much later.
        """
        if self._cells > MOST_POLISHED:
            return table
        wished: list[Term] = []
        for name in self.exact:
            least, most = 0, table.done[name]
            while least < most:
                middle = (least + most) // 2
                _, found = self.check(chosen, [*wished, self._done[name][middle]])
                if found is None:
                    least = middle + 1
                else:
                    table, most = found, found.done[name]
            wished.append(self._done[name][most])
        return table

    def conflict(self, chosen: Sequence[int]) -> list[int] | None:
        """Of members that no plan keeps, a set that none keeps either while each of its proper subsets is kept by one.
        None where the budget does not reach.
        """
        kept = [chosen[place] for place in self._clauses.core([self._guards[index] for index in chosen])]
        if len(kept) * self._cells > MOST_WORK:
            return None
        for index in reversed(tuple(kept)):
            rest = [other for other in kept if other != index]
            answer, _ = self.check(rest)
            if answer == "unknown":
                return None
            if answer == "unsat":
                kept = rest
        return kept

    def _slots(self) -> list[int]:
        """Last days of the slots."""
        if self.plan.reviews:
            return list(range(self.length))
        last = self.length - 1
        dated = {(deadline.day - self.plan.start).days for deadline in self.plan.deadlines}
        return sorted({last} | {day for day in dated if 0 <= day < last})

    def _series(self, length: int) -> list[Term]:
        return [self._clauses.atom() for _ in range(length)]

    def _followers(self) -> Mapping[str, Sequence[str]]:
        """For each topic those that need it done before."""
        after: dict[str, list[str]] = {name: [] for name in self.facts.needed}
        for topic in self.facts.needed.values():
            for before in topic.prerequisites:
                if before in after:
                    after[before].append(topic.name)
        return after

    def _guard(self, rule: str, subject: str = "", before: str = "", index: int = 0) -> Term:
        found = self._rules.get((rule, subject, before, index))
        return self._clauses.true if found is None else self._guards[found]

    def _limits(self) -> list[tuple[int, int] | None]:
        """For each day, the member that limits it and the minutes that remain allowed."""
        limits = Limits(self.plan)
        found: list[tuple[int, int] | None] = []
        for day in days(self.plan):
            index = limits.of(day)
            member = None if index is None else self._rules["limit", "", "", index]
            found.append(None if index is None or member is None else (member, self.plan.limits[index].minutes))
        return found

    def _state(self) -> None:
        for series in (*self._done.values(), *(one for every in self._reviews.values() for one in every)):
            for earlier, later in pairwise(series):
                self._clauses.implies([earlier], later)
        for name, topic in self.facts.needed.items():
            need = self._guard("needs", name)
            self._clauses.implies([need], self._done[name][-1])
            for before in topic.prerequisites:
                if before in self.facts.needed:
                    both = [need, self._guard("needs", before), self._guard("order", name, before)]
                    for later, earlier in zip(self._done[name], self._done[before], strict=True):
                        self._clauses.implies([*both, later], earlier)
        for index, deadline in enumerate(self.plan.deadlines):
            if deadline.topic in self.facts.needed:
                last = (deadline.day - self.plan.start).days
                premises = [self._guard("needs", deadline.topic), self._guard("deadline", deadline.topic, index=index)]
                if last < self.ends[-1]:
                    self._clauses.implies(premises, self._by(self._done[deadline.topic], self._slot(last)))
        for part in self.plan.reviews:
            self._reviewed(part.topic)
        for end in self.ends:
            self._stretch(0, end)
        if self.plan.reviews:
            for day in range(self.length):
                self._day(day)

    def _slot(self, day: int) -> int:
        """The slot that ends with the day; -1 for a day before the start."""
        return self._slot_of[day] if day >= 0 else -1

    def _by(self, series: Sequence[Term], at: int) -> Term:
        return series[min(at, len(series) - 1)] if at >= 0 else self._clauses.false

    def _reviewed(self, name: str) -> None:
        guard = self._guard("reviews", name)
        series = self._reviews[name]
        spacing = self.facts.spacings.get(name)
        spaced = self._guard("spacing", name)
        chain = list(pairwise(series))
        apart = [guard, spaced]
        self._clauses.implies([guard], series[-1][-1])
        for earlier, later in chain:
            for day in range(self.length):
                self._clauses.implies([guard, later[day]], self._by(earlier, day - 1))
        if name in self._done:
            done, need = self._done[name], self._guard("needs", name)
            for day in range(self.length):
                self._clauses.implies([guard, need, series[0][day]], done[day])
            if spacing:
                self._apart([*apart, need], done, series[0], spacing.least, spacing.most)
        if spacing:
            for earlier, later in chain:
                self._apart(apart, earlier, later, spacing.least, spacing.most)

    def _apart(
        self, premises: Sequence[Term], earlier: Sequence[Term], later: Sequence[Term], least: int, most: int | None
    ) -> None:
        for day in range(self.length):
            self._clauses.implies([*premises, later[day]], self._by(earlier, day - least))
            if most is not None and day + most < self.length - 1:
                self._clauses.implies([*premises, earlier[day]], later[day + most])

    def _day(self, day: int) -> None:
        """What is bound to a day fits into it."""
        self._at_most(list(self._bound(day, day)), day, day)

    def _bound(self, first: int, last: int) -> Iterator[tuple[Term, int]]:
        """Reviews and reserved minutes between two days, with their minutes."""
        for name, every in self._reviews.items():
            for series in every:
                yield self._between(series, first, last), self.facts.reviews[name].minutes
        for name in self.exact:
            yield self._between(self._done[name], first, last), 1

    def _between(self, series: Sequence[Term], first: int, last: int) -> Term:
        if first == 0:
            return series[last]
        return self._clauses.both(series[last], self._clauses.negated(series[first - 1]))

    def _stretch(self, first: int, last: int) -> None:
        """All that has to happen between two days fits between them. `last` is the end of a slot."""
        slot = self._slot(last)
        if first == 0:
            terms = [(self._done[name][slot], topic.minutes) for name, topic in self.facts.needed.items()]
            reviews = [
                (series[last], self.facts.reviews[name].minutes)
                for name, every in self._reviews.items()
                for series in every
            ]
            self._at_most(terms + reviews, first, last)
            return
        released = self._released(first)
        terms = [
            (self._clauses.both(released[name], self._done[name][slot]), minutes)
            for name, topic in self.facts.needed.items()
            if (minutes := topic.minutes - (name in self.exact)) and name in released
        ]
        self._at_most([*terms, *self._bound(first, last)], first, last)

    def _released(self, day: int) -> dict[str, Term]:
        """For each topic that comes after an exact one: that it may not start before the day."""
        released: dict[str, Term] = {}
        queue = list(self.exact)
        links = []
        for before in queue:
            for name in self._after[before]:
                links.append((before, name))
                if name not in released:
                    released[name] = self._clauses.atom()
                    if name not in queue:
                        queue.append(name)
        for before, name in links:
            guards = [self._guard("needs", before), self._guard("needs", name), self._guard("order", name, before)]
            if before in self.exact:
                self._clauses.implies([*guards, self._clauses.negated(self._done[before][day - 1])], released[name])
            if before in released:
                self._clauses.implies([*guards, released[before]], released[name])
        return released

    def _at_most(self, terms: list[tuple[Term, int]], first: int, last: int) -> None:
        """The minutes of the true terms are no more than the days have; a day without limit has all of its minutes."""
        lost: dict[int, int] = defaultdict(int)
        for limited in self._governed[first : last + 1]:
            if limited is not None:
                lost[limited[0]] += DAY - limited[1]
        limits = [(self._guards[member], minutes) for member, minutes in lost.items() if minutes]
        if terms:
            self._clauses.at_most([*terms, *limits], DAY * (last - first + 1))

    def _table(self, chosen: frozenset[int]) -> Timetable:
        done: dict[str, int] = {}
        for name, series in self._done.items():
            slot = self._first(series)
            if self._rules["needs", name, "", 0] in chosen and slot is not None:
                done[name] = self.ends[slot]
        reviews = {
            name: tuple(day for series in every if (day := self._first(series)) is not None)
            for name, every in self._reviews.items()
            if self._rules["reviews", name, "", 0] in chosen
        }
        return Timetable(
            done=done, exact=frozenset(self.exact) & set(done), start=self._starts(done, chosen), reviews=reviews
        )

    def _first(self, series: Sequence[Term]) -> int | None:
        """Where a series, which never goes back, becomes true."""
        found = bisect_left(series, True, key=self._clauses.holds)
        return found if found < len(series) else None

    def _starts(self, done: Mapping[str, int], chosen: frozenset[int]) -> dict[str, int]:
        start = dict.fromkeys(done, 0)
        changed = True
        while changed:
            changed = False
            for name in done:
                for before in self.facts.needed[name].prerequisites:
                    if before in done and self._rules["order", name, before, 0] in chosen:
                        least = max(start[before], done[before] if before in self.exact else 0)
                        if least > start[name]:
                            start[name], changed = least, True
        return start

    def _broken(self, table: Timetable, chosen: frozenset[int]) -> Iterator[tuple[int, int]]:
        """Stretches that begin on the day before which some topic may not start, and are asked for too much."""
        room = [DAY if one is None or one[0] not in chosen else one[1] for one in self._governed]
        for name, every in table.reviews.items():
            for day in every:
                room[day] -= self.facts.reviews[name].minutes
        for name in table.exact:
            room[table.done[name]] -= 1
        for first in sorted({day for day in table.start.values() if day > 0}):
            asked: dict[int, int] = defaultdict(int)
            for name, day in table.done.items():
                if table.start[name] >= first:
                    asked[day] += self.facts.needed[name].minutes - (name in table.exact)
            total = 0
            for last in range(first, self.length):
                total += asked.get(last, 0) - room[last]
                if total > 0:
                    yield first, last
                    break
