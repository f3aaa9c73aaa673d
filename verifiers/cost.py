"""What checking is expected to cost, before it is done: for packing many answers and for keeping slow ones apart."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from verifiers.claims import Arrangements, Calculus, Consistency, Deduction, Formula, FunctionalEquation, StudyPlan


class CostClass(StrEnum):
    """`quick`: usually under a millisecond, at most some tens. `heavy`: may use up its whole budget."""

    QUICK = "quick"
    HEAVY = "heavy"


_HEAVY: Final = (Calculus, FunctionalEquation, Arrangements, Consistency, StudyPlan)
_PREMISES: Final = 40
"""A deduction from more premises than this is heavy; from fewer it takes Z3 about 7 ms (median; `tests/bench`)."""

_FIXED_MS: Final = 1.3
_MS_PER_CHARACTER: Final = 0.01
"""Least squares over answers of all sets under `answers/cases`: reading and all quick verdicts of one answer."""


def cost_class(formula: Formula) -> CostClass:
    """Which queue a formula belongs in."""
    heavy = isinstance(formula, _HEAVY) or (
        isinstance(formula, Deduction) and len(formula.problem.premises) + len(formula.problem.axioms) > _PREMISES
    )
    return CostClass.HEAVY if heavy else CostClass.QUICK


def answer_ms(question: str, steps: Sequence[str]) -> float:
    """Milliseconds of one core that an answer is expected to take without its heavy formulas."""
    return _FIXED_MS + _MS_PER_CHARACTER * (len(question) + sum(map(len, steps)))
