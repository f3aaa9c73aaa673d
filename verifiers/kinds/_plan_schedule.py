"""A timetable's days turned into sessions: minutes shared out by the earliest deadline."""

from collections.abc import Iterator
from datetime import timedelta

from verifiers.claims import StudyPlan
from verifiers.kinds._plan_solver import Timetable
from verifiers.study_plan import Session
from verifiers.study_plan.constraints import Limits, days, facts
from verifiers.study_plan.parts import DAY


def sessions(plan: StudyPlan, table: Timetable) -> tuple[Session, ...]:
    """Sessions by day, each topic at most once a day, prerequisites first, reviews last."""
    topics = facts(plan).needed
    rank = {name: place for place, name in enumerate(_sorted(plan))}
    left = {name: topics[name].minutes - (name in table.exact) for name in table.done}
    queue = sorted(left, key=lambda name: (table.done[name], rank[name]))
    limits = Limits(plan)
    minutes_of = {part.topic: part.minutes for part in plan.reviews}
    reviews: dict[int, list[str]] = {}
    for name, every in table.reviews.items():
        for number in every:
            reviews.setdefault(number, []).append(name)
    reserved: dict[int, list[str]] = {}
    for name in sorted(table.exact):
        reserved.setdefault(table.done[name], []).append(name)
    found: list[Session] = []
    for number, day in enumerate(days(plan)):
        if not queue and number not in reviews and number not in reserved:
            continue
        limit = limits.of(day)
        room = DAY if limit is None else plan.limits[limit].minutes
        room -= sum(minutes_of[name] for name in reviews.get(number, ())) + len(reserved.get(number, ()))
        share = dict.fromkeys(reserved.get(number, ()), 1)
        for name in queue:
            if room <= 0:
                break
            if table.start[name] <= number and left[name]:
                used = min(room, left[name])
                room, left[name] = room - used, left[name] - used
                share[name] = share.get(name, 0) + used
        queue = [name for name in queue if left[name]]
        day_of = plan.start + timedelta(number)
        found += (
            Session(day=day_of, topic=name, minutes=share[name]) for name in sorted(share, key=lambda name: rank[name])
        )
        found += (
            Session(day=day_of, topic=name, minutes=minutes_of[name], review=True) for name in reviews.get(number, ())
        )
    return tuple(found)


def _sorted(plan: StudyPlan) -> Iterator[str]:
    """Needed topics, each after its prerequisites; the order given else. There must be no cycle."""
    needed = facts(plan).needed
    after: dict[str, list[str]] = {name: [] for name in needed}
    waiting = dict.fromkeys(needed, 0)
    for topic in needed.values():
        for before in topic.prerequisites:
            if before in needed:
                after[before].append(topic.name)
                waiting[topic.name] += 1
    free = [name for name, count in waiting.items() if count == 0]
    for name in free:
        yield name
        for following in after[name]:
            waiting[following] -= 1
            if waiting[following] == 0:
                free.append(following)
