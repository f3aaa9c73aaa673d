"""Random study plans: sound ones made by living through them, spoilt ones, small questions that may have no plan."""

from datetime import date, timedelta
from itertools import pairwise
from random import Random

import msgspec

from tests.unit.verifiers.study_plan.reference import broken
from verifiers.claims import StudyPlan
from verifiers.study_plan import Deadline, Limit, Reviews, Session, Spacing, Topic
from verifiers.study_plan.parts import WEEKDAYS

NAMES = ("Algebra", "Functions", "Limits", "Derivatives", "Integrals", "Probability", "Vectors")
replace = msgspec.structs.replace


def sound(random: Random) -> StudyPlan:
    """A plan whose constraints were written around what was done, so that all of them are kept."""
    start = date(2026, 1, 1) + timedelta(random.randrange(400))
    length = random.randint(6, 24)
    names = list(NAMES[: random.randint(1, len(NAMES))])
    mastered = tuple(name for name in names if random.random() < 0.12)
    before = {name: tuple(p for p in names[:i] if random.random() < 0.35) for i, name in enumerate(names)}
    wanted = {name: 5 * random.randint(2, 24) for name in names}
    had = dict.fromkeys(names, 0)
    finished: dict[str, int] = {}
    reviews: dict[str, list[int]] = {name: [] for name in names}
    sessions: list[Session] = []
    for number in range(length):
        day, room = start + timedelta(number), random.choice((0, 30, 45, 60, 60, 90))
        for name in random.sample(names, len(names)):
            ready = all(p in mastered or p in finished for p in before[name])
            if name in mastered or name in finished:
                last = reviews[name][-1] if reviews[name] else finished.get(name, -9)
                if room >= 10 and last < number and len(reviews[name]) < 3 and random.random() < 0.25:
                    sessions.append(Session(day=day, topic=name, minutes=10, review=True))
                    reviews[name].append(number)
                    room -= 10
            elif ready and room >= 5:
                minutes = min(room, wanted[name] - had[name], 5 * random.randint(1, 12))
                sessions.append(Session(day=day, topic=name, minutes=minutes))
                had[name] += minutes
                room -= minutes
                if had[name] == wanted[name]:
                    finished[name] = number
    kept = [name for name in names if name in mastered or had[name]]
    finished |= {s.topic: (s.day - start).days for s in sessions if not s.review and s.topic not in finished}
    topics = tuple(
        Topic(name=name, minutes=had[name] or wanted[name], prerequisites=tuple(p for p in before[name] if p in kept))
        for name in kept
    )
    limits, deadlines, wants, spacings = [], [], [], []
    used: dict[date, int] = {}
    for session in sessions:
        used[session.day] = used.get(session.day, 0) + session.minutes
    if random.random() < 0.9:
        limits.append(Limit(minutes=max(used.values(), default=0) + random.choice((0, 0, 15))))
    for weekday in random.sample(WEEKDAYS, 2):
        days = [minutes for day, minutes in used.items() if WEEKDAYS[day.weekday()] == weekday]
        limits.append(Limit(minutes=max(days, default=0), weekday=weekday))
    for day in sorted({start + timedelta(random.randrange(length)) for _ in range(2)}):
        limits.append(Limit(minutes=used.get(day, 0), day=day))
    for name in kept:
        if name in finished and random.random() < 0.4:
            deadlines.append(Deadline(topic=name, day=start + timedelta(finished[name] + random.choice((0, 0, 3)))))
        if reviews[name] and random.random() < 0.8:
            wants.append(Reviews(topic=name, count=random.randint(1, len(reviews[name])), minutes=10))
        line = ([finished[name]] if name in finished else []) + reviews[name]
        gaps = [later - earlier for earlier, later in pairwise(line)]
        if gaps and random.random() < 0.8:
            most = random.choice((None, max(gaps), max(gaps) + 2))
            spacings.append(Spacing(topic=name, least=random.randint(0, min(gaps)), most=most))
    return StudyPlan(
        start=start, end=start + timedelta(length - 1), topics=topics, mastered=mastered, limits=tuple(limits),
        deadlines=tuple(deadlines), reviews=tuple(wants), spacings=tuple(spacings), sessions=tuple(sessions),
    )  # fmt: skip


def spoilt(random: Random, plan: StudyPlan) -> StudyPlan | None:
    """The plan with one change that breaks something, or None if no change tried did."""
    for _ in range(40):
        changed = _change(random, plan)
        if changed is not None and broken(changed):
            return changed
    return None


def _change(random: Random, plan: StudyPlan) -> StudyPlan | None:
    sessions = list(plan.sessions or ())
    if not sessions:
        return None
    at = random.randrange(len(sessions))
    one = sessions[at]
    match random.randrange(12):
        case 0:
            del sessions[at]
        case 1:
            sessions[at] = replace(one, minutes=max(1, one.minutes - 5))
        case 2:
            sessions[at] = replace(one, minutes=one.minutes + 5)
        case 3:
            sessions[at] = replace(one, topic=one.topic[:-1])
        case 4:
            sessions.insert(at, one)
        case 5:
            sessions[at] = replace(one, day=random.choice((plan.start - timedelta(2), plan.end + timedelta(1))))
        case 6:
            sessions[at] = replace(one, day=plan.start + timedelta(random.randrange((plan.end - plan.start).days + 1)))
        case 7:
            other = random.randrange(len(sessions))
            sessions[at], sessions[other] = (
                replace(one, topic=sessions[other].topic),
                replace(sessions[other], topic=one.topic),
            )
        case 8 if plan.limits:
            which = random.randrange(len(plan.limits))
            limits = list(plan.limits)
            limits[which] = replace(limits[which], minutes=max(0, limits[which].minutes - 5))
            return replace(plan, limits=tuple(limits))
        case 9 if plan.deadlines:
            which = random.randrange(len(plan.deadlines))
            dates = list(plan.deadlines)
            dates[which] = replace(dates[which], day=dates[which].day - timedelta(random.randint(1, 4)))
            return replace(plan, deadlines=tuple(dates))
        case 10 if plan.spacings:
            which = random.randrange(len(plan.spacings))
            rules = list(plan.spacings)
            rules[which] = replace(rules[which], least=rules[which].least + 1, most=None)
            return replace(plan, spacings=tuple(rules))
        case 11 if plan.topics:
            which = random.randrange(len(plan.topics))
            topics = list(plan.topics)
            topics[which] = replace(topics[which], minutes=topics[which].minutes + 5)
            return replace(plan, topics=tuple(topics))
        case _:
            return None
    return replace(plan, sessions=tuple(sessions))


def small(random: Random) -> StudyPlan:
    """A question without sessions, small enough to try everything; about half of them have no answer."""
    start = date(2026, 3, 2) + timedelta(random.randrange(7))
    length = random.randint(2, 5)
    names = NAMES[: random.randint(1, 3)]
    topics = tuple(
        Topic(
            name=name,
            minutes=random.randint(1, 3),
            prerequisites=tuple(p for p in names[:i] if random.random() < 0.5),
        )
        for i, name in enumerate(names)
    )
    days = [start + timedelta(number) for number in range(length)]
    limits = [Limit(minutes=random.randint(1, 3))]
    if random.random() < 0.5:
        limits.append(Limit(minutes=random.randint(0, 2), weekday=WEEKDAYS[random.choice(days).weekday()]))
    if random.random() < 0.5:
        limits.append(Limit(minutes=random.randint(0, 3), day=random.choice(days)))
    deadlines = tuple(Deadline(topic=name, day=random.choice(days)) for name in names if random.random() < 0.4)
    reviewed = [name for name in names if random.random() < 0.5]
    wants = tuple(Reviews(topic=name, count=random.randint(1, 2), minutes=random.randint(1, 2)) for name in reviewed)
    spacings = []
    for name in reviewed:
        if random.random() < 0.8:
            least = random.randint(0, 2)
            spacings.append(Spacing(topic=name, least=least, most=random.choice((None, least, least + 1))))
    mastered = (names[0],) if random.random() < 0.1 else ()
    return StudyPlan(
        start=start, end=days[-1], topics=topics, mastered=mastered, limits=tuple(limits), deadlines=deadlines,
        reviews=wants, spacings=tuple(spacings),
    )  # fmt: skip
