"""A conflict put as arithmetic that anyone can check: what has to be done against what the days have."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import msgspec

from verifiers.claims import StudyPlan
from verifiers.expr import Expr, Sym, app, num
from verifiers.kinds._terms import both, plus, times
from verifiers.study_plan.constraints import Constraint, Limits, days, facts
from verifiers.study_plan.naming import counted, day_name, listed, minutes, shown
from verifiers.study_plan.parts import DAY


class Sum(msgspec.Struct, frozen=True):
    """A closed relation that is false although the conflict asks for it, in words too; `found` is what there is."""

    text: str
    relation: Expr
    found: Expr


def arithmetic(plan: StudyPlan, members: Sequence[Constraint]) -> Sum | None:
    """The sum behind a conflict, where there is a simple one: too many minutes by some day, or too few days for the
    reviews.
    """
    found = _Members(plan, members)
    return found.minutes() or found.reviews()


def due_days(plan: StudyPlan, members: Sequence[Constraint]) -> Mapping[str, date]:
    """The last day for each topic. Without reviews there is a plan exactly if `arithmetic` finds nothing, and then
    topics can be done by these days.
    """
    return _Members(plan, members).due()


def statement(plan: StudyPlan, members: Sequence[Constraint]) -> Expr:
    """The conflict as relations between letters, where no sum says it."""
    return both([_relation(plan, member) for member in members])


class _Members:
    def __init__(self, plan: StudyPlan, members: Sequence[Constraint]) -> None:
        self.plan = plan
        known = facts(plan)
        self.needed = {member.subject: known.needed[member.subject] for member in members if member.rule == "needs"}
        self.order = [(m.before, m.subject) for m in members if m.rule == "order"]
        self.dates = {m.subject: plan.deadlines[m.index].day for m in members if m.rule == "deadline"}
        self.reviewed = [known.reviews[m.subject] for m in members if m.rule == "reviews"]
        self.spacings = {m.subject: known.spacings[m.subject] for m in members if m.rule == "spacing"}
        limited = {m.index for m in members if m.rule == "limit"}
        limits = Limits(plan)
        self.rooms: Mapping[date, int] = {
            day: plan.limits[index].minutes if (index := limits.of(day)) in limited and index is not None else DAY
            for day in days(plan)
        }

    def minutes(self) -> Sum | None:
        """Minutes due by a day, reviews at the end of the period included."""
        due = self.due()
        for last in sorted({*due.values(), self.plan.end}):
            parts = [(shown(name), topic.minutes) for name, topic in self.needed.items() if due[name] <= last]
            if last == self.plan.end:
                parts += [(f"reviews of {shown(r.topic)}", r.count * r.minutes) for r in self.reviewed]
            room = [minutes for day, minutes in self.rooms.items() if day <= last]
            if sum(size for _, size in parts) > sum(room):
                return self._told(parts, room, last)
        return None

    def _told(self, parts: list[tuple[str, int]], room: list[int], last: date) -> Sum:
        total = sum(size for _, size in parts)
        sizes: dict[int, int] = defaultdict(int)
        for size in room:
            sizes[size] += 1
        has = plus(*(times(count, size) for size, count in sizes.items())) if sizes else num(0)
        names = listed([name for name, _ in parts[:4]] + ([f"{len(parts) - 4} more"] if len(parts) > 4 else []))
        where = f"the {counted(len(room), 'day')}" if last == self.plan.end else f"by {day_name(self.plan, last)}"
        verb = "need" if len(parts) > 1 or parts[0][0].startswith("reviews of ") else "needs"
        if last == self.plan.end:
            text = f"{names} {verb} {minutes(total)} and {where} have {sum(room):,}"
            text = text.replace("1 day have", "1 day has") if len(room) == 1 else text
        else:
            text = f"{where} {names} {verb} {minutes(total)} and there are {sum(room):,}"
        return Sum(text, app("le", plus(*(size for _, size in parts)), has), num(sum(room)))

    def due(self) -> dict[str, date]:
        """The last day for each topic: its own deadline, or that of what comes after it."""
        due = {name: min(self.dates.get(name, self.plan.end), self.plan.end) for name in self.needed}
        changed = True
        while changed:
            changed = False
            for before, after in self.order:
                if before in due and after in due and due[after] < due[before]:
                    due[before], changed = due[after], True
        return due

    def reviews(self) -> Sum | None:
        """Days that reviews take after the earliest day on which their topic can be done."""
        length = len(self.rooms)
        for part in self.reviewed:
            spacing = self.spacings.get(part.topic)
            if spacing is None or spacing.least == 0:
                continue
            first = self._earliest(part.topic)
            gaps = part.count if first else part.count - 1
            if first is None or (first or 1) + gaps * spacing.least <= length:
                continue
            start = first or 1
            last = start + gaps * spacing.least
            done = f"{shown(part.topic)} is done on day {first} at the earliest, so its" if first else "The"
            text = f"{done} last review is on day {last} at the earliest and there are {counted(length, 'day')}"
            text = text if first else f"the last review of {shown(part.topic)}{text[15:]}"
            return Sum(text, app("le", plus(start, times(gaps, spacing.least)), num(length)), num(length))
        return None

    def _earliest(self, name: str) -> int | None:
        """The number of the day on which a topic can be done at the earliest; 0 for one that needs nothing."""
        wanted, queue = set[str](), [name] if name in self.needed else []
        for each in queue:
            if each not in wanted:
                wanted.add(each)
                queue += [before for before, after in self.order if after == each and before in self.needed]
        left = sum(self.needed[each].minutes for each in wanted)
        if left == 0:
            return 0
        for number, room in enumerate(self.rooms.values(), 1):
            left -= room
            if left <= 0:
                return number
        return None


def _relation(plan: StudyPlan, member: Constraint) -> Expr:
    name, known = member.subject, facts(plan)
    done, start = Sym(f"day on which {name} is done"), Sym(f"day on which {name} starts")
    match member.rule:
        case "needs":
            return app("ge", Sym(f"minutes of {name}"), num(known.needed[name].minutes))
        case "order":
            return app("ge", start, Sym(f"day on which {member.before} is done"))
        case "limit":
            return app("le", Sym(f"minutes a day ({member.text})"), num(plan.limits[member.index].minutes))
        case "deadline":
            last = plan.deadlines[member.index].day - plan.start + timedelta(1)
            return app("le", done, num(last.days))
        case "reviews":
            return app("ge", Sym(f"reviews of {name}"), num(known.reviews[name].count))
        case "spacing":
            spacing = known.spacings[name]
            gap = Sym(f"days between reviews of {name}")
            least = app("ge", gap, num(spacing.least))
            return least if spacing.most is None else app("and", least, app("le", gap, num(spacing.most)))
