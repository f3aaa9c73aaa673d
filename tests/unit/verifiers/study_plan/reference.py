"""A second opinion on study plans, by other means than the checker's: day by day bookkeeping for given plans, and a
search through all states for whether there is a plan at all. It shares nothing with `verifiers` but the data.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any

from verifiers.claims import StudyPlan

Named = tuple[str, str]
"""A rule and what it is about."""


def _limit_for(plan: StudyPlan, day: date) -> int | None:
    """Index of the limit of a day."""
    same = [i for i, limit in enumerate(plan.limits) if limit.day == day]
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    same += [i for i, limit in enumerate(plan.limits) if limit.weekday == names[day.weekday()]]
    same += [i for i, limit in enumerate(plan.limits) if limit.weekday is None and limit.day is None]
    return same[0] if same else None


def broken(plan: StudyPlan) -> set[Named]:
    """The rules that a given plan breaks."""
    assert plan.sessions is not None
    bad: set[Named] = set()
    need = {t.name: 0 if t.name in plan.mastered else t.minutes for t in plan.topics} | dict.fromkeys(plan.mastered, 0)
    before = {t.name: [p for p in t.prerequisites if need.get(p, 0) > 0] for t in plan.topics if need[t.name] > 0}
    had = dict.fromkeys(need, 0)
    finished: dict[str, date] = {}
    review_days: dict[str, list[date]] = {}
    wants = {r.topic: r for r in plan.reviews}
    days = sorted({s.day for s in plan.sessions})
    for day in days:
        if not plan.start <= day <= plan.end:
            bad.add(("period", ""))
        today = [s for s in plan.sessions if s.day == day]
        if len(set(today)) < len(today):
            bad.add(("once", ""))
        limit = _limit_for(plan, day)
        if limit is not None and sum(s.minutes for s in today) > plan.limits[limit].minutes:
            bad.add(("limit", str(limit)))
        if sum(s.minutes for s in today) > 24 * 60:
            bad.add(("day", ""))
        for session in today:
            name = session.topic
            if name not in need:
                bad.add(("known", ""))
                continue
            if session.review:
                if name in wants and (session.minutes < wants[name].minutes or had[name] < need[name]):
                    bad.add(("reviews", name))
                review_days.setdefault(name, []).append(day)
                continue
            # Only the first session of a topic is held against its prerequisites.
            if had[name] == 0:
                bad |= {("order", f"{name}>{p}") for p in before.get(name, ()) if had[p] < need[p]}
            had[name] += session.minutes
            if name not in finished and need[name] > 0 and had[name] >= need[name]:
                finished[name] = day
    bad |= {("needs", name) for name in need if had[name] < need[name]}
    for index, deadline in enumerate(plan.deadlines):
        if need[deadline.topic] > 0 and finished.get(deadline.topic, date.max) > deadline.day:
            bad.add(("deadline", str(index)))
    bad |= {("reviews", r.topic) for r in plan.reviews if len(set(review_days.get(r.topic, ()))) < r.count}
    for spacing in plan.spacings:
        line = review_days.get(spacing.topic, [])
        line = ([finished[spacing.topic]] if spacing.topic in finished else []) + line
        for i in range(1, len(line)):
            gap = line[i].toordinal() - line[i - 1].toordinal()
            if gap < spacing.least or (spacing.most is not None and gap > spacing.most):
                bad.add(("spacing", spacing.topic))
    return bad


def possible(plan: StudyPlan, members: Iterable[tuple[str, str, str, int]]) -> bool:
    """Whether some plan keeps these members (rule, subject, before, index), by trying every minute of every day."""
    chosen = set(members)
    topics = [t for t in plan.topics if t.name not in plan.mastered and ("needs", t.name, "", 0) in chosen]
    place = {t.name: i for i, t in enumerate(topics)}
    before = [[place[p] for p in t.prerequisites if p in place and ("order", t.name, p, 0) in chosen] for t in topics]
    length = (plan.end - plan.start).days + 1
    due = [length - 1] * len(topics)
    for index, deadline in enumerate(plan.deadlines):
        if ("deadline", deadline.topic, "", index) in chosen and deadline.topic in place:
            at = place[deadline.topic]
            due[at] = min(due[at], (deadline.day - plan.start).days)
    reviews = [r for r in plan.reviews if ("reviews", r.topic, "", 0) in chosen]
    spacing = {s.topic: s for s in plan.spacings if ("spacing", s.topic, "", 0) in chosen}
    room = []
    for number in range(length):
        limit = _limit_for(plan, plan.start + timedelta(number))
        free = limit is None or ("limit", "", "", limit) not in chosen
        room.append(1440 if free or limit is None else plan.limits[limit].minutes)
    total = sum(t.minutes for t in topics) + sum(r.count * r.minutes for r in reviews)

    @cache
    def search(day: int, left: int, had: tuple[int, ...], done: tuple[int, ...], seen: tuple[Any, ...]) -> bool:
        """`done` are the days on which topics were done (-1: not yet), `seen` (reviews so far, last of them)."""
        if all(d >= 0 for d in done) and all(seen[i][0] >= r.count for i, r in enumerate(reviews)):
            return True
        if day >= length or any(d < 0 and due[i] < day for i, d in enumerate(done)):
            return False
        if left:
            for i, topic in enumerate(topics):
                if had[i] < topic.minutes and all(done[p] >= 0 for p in before[i]):
                    more = (*had[:i], had[i] + 1, *had[i + 1 :])
                    ended = (*done[:i], day, *done[i + 1 :]) if more[i] == topic.minutes else done
                    if search(day, left - 1, more, ended, seen):
                        return True
            for i, review in enumerate(reviews):
                count, last = seen[i]
                if count >= review.count or left < review.minutes or (count and last == day):
                    continue
                if count == 0 and review.topic in place:
                    last = done[place[review.topic]]
                    if last < 0:
                        continue
                rule = spacing.get(review.topic)
                if rule and last is not None:
                    gap = day - last
                    if gap < rule.least or (rule.most is not None and gap > rule.most):
                        continue
                if search(day, left - review.minutes, had, done, (*seen[:i], (count + 1, day), *seen[i + 1 :])):
                    return True
        following = day + 1
        return search(following, min(total, room[following]) if following < length else 0, had, done, seen)

    return search(0, min(total, room[0]), (0,) * len(topics), (-1,) * len(topics), ((0, None),) * len(reviews))
