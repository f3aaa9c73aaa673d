"""Study plans: given ones checked constraint by constraint, the others put to Z3.

A given plan is supported only if every constraint is kept, by a plain pass over its sessions. Where there are no
sessions, the claim is that some plan keeps the constraints: it is supported by such a plan, which has passed that same
check, and refuted by a minimal conflict: constraints that no plan keeps, while it keeps the rest if any of them is
dropped. A dropped "needs" is a topic that needs no time; a dropped limit leaves its days their 1,440 minutes.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import msgspec

from verifiers.claims import StudyPlan
from verifiers.expr import app, num
from verifiers.kinds._plan_conflict import arithmetic, due_days, statement
from verifiers.kinds._plan_schedule import sessions
from verifiers.kinds._plan_solver import Feasibility, Timetable, TooLargeError
from verifiers.kinds._terms import both
from verifiers.protocol import Budget
from verifiers.study_plan.constraints import Constraint, constraints, cycle
from verifiers.study_plan.findings import findings, waiting
from verifiers.study_plan.naming import counted, day_name, minutes, period, shown
from verifiers.study_plan.problems import problems
from verifiers.verdicts import Evidence, Label, Reason, Verdict, Witness, supported, undecided

_SHOWN: Final = 6
"""Breaches, sessions or members told in the text; the evidence has all of them."""
_WITNESSED: Final = 100
"""Breaches whose relations go into the witness."""
_CHECKED: Final = "plan: constraint by constraint"
_CONFLICT: Final = "plan: minimal conflict"
_SUM: Final = "plan: minutes needed and minutes there are"
_BUILT: Final = "plan: built and checked"


def verify(formula: StudyPlan, budget: Budget) -> Verdict:
    """Checks the sessions, or looks for some."""
    for _path, message in problems(formula):
        return undecided(Reason.TOO_LARGE if message.startswith("more than") else Reason.UNSUPPORTED, message)
    if formula.sessions is not None:
        return _given(formula)
    verdict = _possible(formula, budget)
    if formula.shortest:
        return _shortest(formula, verdict, budget)
    if formula.unsaid_ends and verdict.label is Label.SUPPORTED:
        narrow = _narrowed(formula)
        if narrow is None or _possible(narrow, budget).label is not Label.SUPPORTED:
            return undecided(Reason.AMBIGUOUS, "depends on whether the first and the last day count")
    return verdict


def _given(plan: StudyPlan) -> Verdict:
    found = findings(plan)
    broken = [finding for finding in found if not finding.kept]
    if not broken:
        return supported(Reason.COMPUTED, _CHECKED, f"The plan keeps {_all_of(len(found))}.")
    told = [f"{finding.breaches[0].text} ({finding.text})" for finding in broken]
    relation = both([finding.breaches[0].relation for finding in broken[:_WITNESSED]])
    witness = Witness(conclusion=relation, found=broken[0].breaches[0].found)
    return _refuted(_CHECKED, f"{_some(told, '; ')}.", witness, [finding.text for finding in broken])


def _possible(plan: StudyPlan, budget: Budget) -> Verdict:
    """Whether some plan keeps every constraint."""
    if circle := cycle(plan):
        return _circle(plan, circle)
    try:
        question = Feasibility(plan, budget.rlimit)
    except TooLargeError as error:
        return undecided(Reason.TOO_LARGE, str(error)) if plan.reviews else _summed(plan)
    every = range(len(question.members))
    answer, table = question.check(every)
    if answer == "unknown":
        return undecided(Reason.TIMEOUT, "the solver's budget was used up")
    if table is not None:
        return _built(plan, msgspec.structs.replace(plan, sessions=sessions(plan, question.sooner(every, table))))
    conflict = question.conflict(every)
    if conflict is None:
        return _impossible(plan, question.members)
    return _conflicting(plan, [question.members[index] for index in conflict])


def _summed(plan: StudyPlan) -> Verdict:
    """Without reviews, and too large for the solver: sums decide, but name no minimal conflict."""
    members = tuple(constraints(plan))
    if arithmetic(plan, members) is not None:
        return _impossible(plan, members)
    done = {name: (day - plan.start).days for name, day in due_days(plan, members).items()}
    table = Timetable(done=done, exact=frozenset(), start=dict.fromkeys(done, 0), reviews={})
    return _built(plan, msgspec.structs.replace(plan, sessions=sessions(plan, table)))


def _built(plan: StudyPlan, made: StudyPlan) -> Verdict:
    """Supported by the plan, once the plain checker has found nothing against it."""
    if any(not finding.kept for finding in findings(made)):
        return undecided(Reason.INCONCLUSIVE, "the plan that was found did not stand up to the plain check")
    given = made.sessions or ()
    told = [
        f"{day_name(plan, session.day)}: {shown(session.topic)}{', review,' if session.review else ''} "
        f"{minutes(session.minutes)}"
        for session in given
    ]
    text = f"It can be done. {_some(told, '; ')}." if told else "There is nothing to do."
    evidence = Evidence(method=_BUILT, text=text, sessions=given)
    return Verdict(label=Label.SUPPORTED, reason=Reason.COMPUTED, evidence=evidence)


def _conflicting(plan: StudyPlan, members: Sequence[Constraint]) -> Verdict:
    told = [member.text for member in members]
    total = arithmetic(plan, members)
    why = f" ({total.text})" if total else ""
    what = "this" if len(told) == 1 else "all of these"
    text = f"{period(plan)} no plan keeps {what}: {_some(told, '; ')}{why}."
    relation = total.relation if total else statement(plan, members)
    return _refuted(_CONFLICT, text, Witness(conclusion=relation, found=total.found if total else None), told)


def _impossible(plan: StudyPlan, members: Sequence[Constraint]) -> Verdict:
    """Where the budget does not reach for a minimal conflict: a sum that rules out every plan, or nothing."""
    total = arithmetic(plan, members)
    if total is None:
        return undecided(Reason.TIMEOUT, "no plan keeps all constraints, but the budget did not reach to say which few")
    text = f"{period(plan)} no plan keeps all constraints: {total.text}."
    return _refuted(_SUM, text, Witness(conclusion=total.relation, found=total.found), [])


def _circle(plan: StudyPlan, circle: tuple[str, ...]) -> Verdict:
    links = set(zip((circle[-1], *circle), circle, strict=False))
    told = [
        member.text
        for member in constraints(plan)
        if (member.rule == "order" and (member.before, member.subject) in links)
        or (member.rule == "needs" and member.subject in circle)
    ]
    breach = waiting(circle)
    witness = Witness(conclusion=breach.relation, found=breach.found)
    return _refuted(_CONFLICT, f"No plan is possible: {breach.text}.", witness, told)


def _shortest(plan: StudyPlan, verdict: Verdict, budget: Budget) -> Verdict:
    """That the period is long enough, and that one a day shorter is not."""
    length = (plan.end - plan.start).days + 1
    if verdict.label is not Label.SUPPORTED:
        return verdict
    before: Verdict | None = None
    least, most = 1, length
    while least < most:
        middle = (least + most) // 2
        tried = _possible(msgspec.structs.replace(plan, end=plan.start + timedelta(middle - 1)), budget)
        if tried.label is Label.UNDECIDED:
            return tried
        if tried.label is Label.SUPPORTED:
            most = middle
        else:
            least, before = middle + 1, tried
    if least < length:
        enough, verb = counted(least, "day"), "is" if least == 1 else "are"
        witness = Witness(conclusion=app("ge", num(least), num(length)), found=num(least))
        return _refuted(_BUILT, f"{enough} {verb} enough, it does not take {length}.", witness, [])
    told = before.evidence.text if before is not None and before.evidence else "It cannot take less."
    return supported(Reason.COMPUTED, _CONFLICT, f"It takes {counted(length, 'day')}. {told}")


def _narrowed(plan: StudyPlan) -> StudyPlan | None:
    """Without the first and the last day."""
    start, end = plan.start + timedelta(1), plan.end - timedelta(1)
    return None if end < start else msgspec.structs.replace(plan, start=start, end=end)


def _refuted(method: str, text: str, witness: Witness, core: list[str]) -> Verdict:
    evidence = Evidence(method=method, text=_capital(text), witness=witness, core=tuple(core))
    return Verdict(label=Label.REFUTED, reason=Reason.CONTRADICTS, evidence=evidence)


def _all_of(count: int) -> str:
    return "its one constraint" if count == 1 else f"all of its {count:,} constraints"


def _some(told: list[str], between: str) -> str:
    more = f"{between}and {len(told) - _SHOWN:,} more" if len(told) > _SHOWN else ""
    return between.join(told[:_SHOWN]) + more


_OPENINGS: Final = ("by ", "from ", "the ")


def _capital(text: str) -> str:
    """A sentence that begins with a small word of ours gets its capital; a topic is written as its author does."""
    return text[:1].upper() + text[1:] if text.startswith(_OPENINGS) else text
