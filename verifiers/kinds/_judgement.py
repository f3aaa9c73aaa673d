"""What the kinds for prose claims share: one judgement on closed trees.

A fact is put as a closed relation (`is_prime(91)`, `eq(mul(pi, pow(5, 2)), claimed)`); `exact` says whether it holds,
and that relation is the witness. Rounding is the arithmetic kind's business.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from verifiers import exact
from verifiers.expr import Apply, Expr, Num, app, free_symbols, violation
from verifiers.kinds._rounding import Agreement, agreement, has_places
from verifiers.kinds._terms import either, equal, minus, times
from verifiers.kinds._values import told_as_decimal
from verifiers.notation.show import show
from verifiers.protocol import Budget
from verifiers.verdicts import Reason, Verdict, Witness, refuted, supported, undecided


def obstacle(exprs: Sequence[Expr], budget: Budget) -> Verdict | None:
    """Why these trees cannot be computed with, as a verdict: a bound broken or a letter without value."""
    for expr in exprs:
        if message := violation(expr, budget.bounds):
            return undecided(Reason.TOO_LARGE, message)
        if letters := free_symbols(expr):
            return undecided(Reason.UNSUPPORTED, f"{min(letters)} has no value")
    return None


def plain_value(expr: Expr) -> Fraction | None:
    """The rational value of a closed tree, if `exact` finds one."""
    value = exact.value(expr)
    return value if isinstance(value, Fraction) else None


def decide(
    relation: Expr,
    method: str,
    *,
    found: Expr | None = None,
    premises: tuple[Expr, ...] = (),
    text: str = "",
    right: str = "",
) -> Verdict:
    """Supported or refuted as the closed relation holds or not; `right` is said of a support, `text` else."""
    truth = exact.holds(relation)
    if truth is None:
        return undecided(Reason.INCONCLUSIVE, "exact evaluation did not settle it")
    if truth:
        return supported(Reason.COMPUTED, method, right or f"{show(relation)} holds.")
    if any(exact.holds(premise) is not True for premise in premises):
        premises = ()
    witness = Witness(conclusion=relation, found=found, premises=premises)
    return refuted(Reason.DIFFERS, method, text or f"{show(relation)} does not hold.", witness)


def compare(expected: Sequence[Expr], claimed: Expr, method: str, what: str, budget: Budget, unit: str = "") -> Verdict:
    """Judges `claimed` against the value that should stand there, or several where textbooks differ.

    Supported if it is one of them, exactly or as rounded; refuted if it is far from every one. A decimal among
    the claimed or given numbers may have been rounded on the way, so being near is not refuted.
    """
    if (problem := obstacle([*expected, claimed], budget)) is not None:
        return problem
    if isinstance(claimed, Apply) and claimed.head in ("tuple", "set", "list"):
        return undecided(Reason.UNSUPPORTED, "several values where one was expected")
    stages = [agreement(value, claimed) for value in expected]
    for stage in stages:
        if stage in (Agreement.EQUAL, Agreement.ROUNDED):
            reason = Reason.COMPUTED if stage is Agreement.EQUAL else Reason.ROUNDED
            rounded = "" if stage is Agreement.EQUAL else " when rounded"
            return supported(reason, method, f"{what} is {show(claimed)}{unit}{rounded}.")
    if Agreement.UNDEFINED in stages:
        return undecided(Reason.UNDEFINED, "one side has no value")
    if any(stage is not Agreement.DIFFERENT for stage in stages) or any(_near(v, claimed) for v in expected):
        return undecided(Reason.INCONCLUSIVE, "the difference may come from rounding")
    conclusion = either([equal(value, claimed) for value in expected])
    if exact.holds(conclusion) is not False:
        return undecided(Reason.INCONCLUSIVE, "exact evaluation did not settle it")
    found = simplest(expected[0])
    text = f"{what} is {told_as_decimal(found)}{unit}, not {show(claimed)}{unit}."
    return refuted(Reason.DIFFERS, method, text, Witness(conclusion=conclusion, found=found))


def simplest(expr: Expr) -> Expr:
    """The rational value of a closed tree as a literal, else the tree."""
    value = plain_value(expr)
    return expr if value is None else Num(value)


_NEAR_GIVEN: Final = Fraction(1, 100)
_NEAR_CLAIMED: Final = Fraction(1, 1000)


def _near(expected: Expr, claimed: Expr) -> bool:
    """Decimals among the given numbers may have been rounded before, a claimed one on the way."""
    share = _NEAR_GIVEN if has_places(expected) else _NEAR_CLAIMED if has_places(claimed) else None
    return share is not None and within([expected], claimed, share)


def within(expected: Sequence[Expr], claimed: Expr, share: Fraction) -> bool:
    """Whether `claimed` may differ from one of the values by no more than that share of it."""
    for value in expected:
        gap = app("abs", minus(value, claimed))
        if exact.holds(app("le", gap, times(share, app("abs", value)))) is not False:
            return True
    return False
