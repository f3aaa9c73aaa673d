"""A conflict of a study plan as a problem of linear arithmetic: minutes of each topic on each day, whole numbers which
the constraints of the conflict leave no way to choose. Any solver can be asked whether that is so.
"""

from collections.abc import Sequence
from typing import Final

from verifiers.claims import StudyPlan
from verifiers.expr import Apply, Expr, Sym, num
from verifiers.logic.problems import Problem, Statement
from verifiers.logic.signature import INT, Signature, Symbol
from verifiers.study_plan.constraints import Constraint, Limits, days, facts
from verifiers.study_plan.parts import DAY

MOST_CELLS: Final = 400
"""Topics times days."""
_RULES: Final = frozenset({"needs", "order", "limit", "deadline"})


def problem_of(plan: StudyPlan, members: Sequence[Constraint]) -> Problem | None:
    """The members as premises. None with reviews, or where it would be too large to read."""
    needed = {m.subject: facts(plan).needed[m.subject].minutes for m in members if m.rule == "needs"}
    length = (plan.end - plan.start).days + 1
    if not needed or any(m.rule not in _RULES for m in members) or len(needed) * length > MOST_CELLS:
        return None
    cells = {(name, k): Sym(f"{name}, day {k + 1}") for name in needed for k in range(length)}
    if len({cell.name for cell in cells.values()}) < len(cells):
        return None
    whole = [Apply("ge", (cell, num(0))) for cell in cells.values()]
    frame = [_at_most([cells[name, k] for name in needed], DAY) for k in range(length)]

    def by(name: str, last: int) -> Expr:
        """The topic has all its minutes by the end of that day."""
        return Apply("ge", (_sum([cells[name, k] for k in range(last + 1)]), num(needed[name])))

    def said(member: Constraint) -> list[Expr]:
        name, limits = member.subject, Limits(plan)
        match member.rule:
            case "needs":
                return [by(name, length - 1)]
            case "deadline" if name in needed:
                last = (plan.deadlines[member.index].day - plan.start).days
                return [by(name, min(last, length - 1))] if last >= 0 else [Apply("lt", (num(1), num(0)))]
            case "order" if name in needed and member.before in needed:
                started = [Apply("gt", (cells[name, k], num(0))) for k in range(length)]
                return [Apply("implies", (start, by(member.before, k))) for k, start in enumerate(started)]
            case "limit":
                most = plan.limits[member.index].minutes
                governed = [k for k, day in enumerate(days(plan)) if limits.of(day) == member.index]
                return [_at_most([cells[name, k] for name in needed], most) for k in governed]
        return []

    premises = [Statement(_all(parts), member.text) for member in members if (parts := said(member))]
    symbols = tuple(Symbol(cell.name, (), INT) for cell in cells.values())
    return Problem(Signature((), symbols), tuple(premises), (*whole, *frame))


def _sum(terms: Sequence[Expr]) -> Expr:
    return terms[0] if len(terms) == 1 else Apply("add", tuple(terms))


def _at_most(terms: Sequence[Expr], minutes: int) -> Expr:
    return Apply("le", (_sum(terms), num(minutes)))


def _all(parts: Sequence[Expr]) -> Expr:
    return parts[0] if len(parts) == 1 else Apply("and", tuple(parts))
