"""How many of some statements are so: each is decided by its own kind, and the count by what is decided."""

from collections.abc import Mapping
from typing import Any, Final

from verifiers.claims import (
    Arithmetic,
    Calendar,
    Consistency,
    Deduction,
    Finance,
    Identity,
    NumberFact,
    Quantity,
    Stated,
    Statements,
    Statistic,
)
from verifiers.expr import Apply, num
from verifiers.kinds import arithmetic, calendar, consistency, identity, logic, number, percentage, quantity, statistics
from verifiers.protocol import Budget, Verifier
from verifiers.verdicts import Evidence, Label, Reason, Verdict, Witness, undecided

MOST: Final = 12
"""Formulas looked at in one claim."""

_VERIFIERS: Final[Mapping[type[Stated], Verifier[Any]]] = {
    Arithmetic: arithmetic.verify,
    Identity: identity.verify,
    NumberFact: number.verify,
    Quantity: quantity.verify,
    Finance: percentage.verify,
    Calendar: calendar.verify,
    Statistic: statistics.verify,
    Deduction: logic.verify,
    Consistency: consistency.verify,
}


def verify(formula: Statements, budget: Budget) -> Verdict:
    if not formula.statements or sum(len(formulas) for _, formulas in formula.statements) > MOST:
        return undecided(Reason.TOO_LARGE, f"none or more than {MOST} statements are not counted")
    judged = [(words, *_judged(formulas, budget)) for words, formulas in formula.statements]
    right = sum(label is Label.SUPPORTED for _, label, _ in judged)
    open_ = [words for words, label, _ in judged if label is Label.UNDECIDED]
    text = "; ".join(f"{words}: {_so(label)}{f' ({why})' if why else ''}" for words, label, why in judged)
    if not right <= formula.count <= right + len(open_):
        return _refuted(formula, right, len(open_), text)
    if open_:
        return undecided(Reason.NOT_ENTAILED, f"it is not known whether {open_[0]} is so")
    return Verdict(
        label=Label.SUPPORTED, reason=Reason.PROVED, evidence=Evidence(method="statements judged", text=text + ".")
    )


def _judged(formulas: tuple[Stated, ...], budget: Budget) -> tuple[Label, str]:
    """Whether a statement is so, and why. Of "1/3 = 0.33", right when rounded, an examiner may say either."""
    verdicts = [_VERIFIERS[type(formula)](formula, budget) for formula in formulas]
    labels = [Label.UNDECIDED if verdict.reason is Reason.ROUNDED else verdict.label for verdict in verdicts]
    if Label.REFUTED in labels:
        label = Label.REFUTED
    else:
        label = Label.SUPPORTED if labels and set(labels) == {Label.SUPPORTED} else Label.UNDECIDED
    grounds = [v.evidence.text for v in verdicts if v.label is label and v.evidence is not None]
    return label, grounds[0].rstrip(".") if grounds else ""


def _so(label: Label) -> str:
    return {Label.SUPPORTED: "yes", Label.REFUTED: "no", Label.UNDECIDED: "not known"}[label]


def _refuted(formula: Statements, right: int, unknown: int, text: str) -> Verdict:
    relation = "eq" if not unknown else "ge" if formula.count < right else "le"
    at_most = right + unknown
    found = at_most if relation == "le" else right
    witness = Witness(
        conclusion=Apply("eq", (num(found), num(formula.count)))
        if relation == "eq"
        else Apply(relation, (num(formula.count), num(found))),
        found=None if unknown else num(found),
    )
    evidence = Evidence(method="statements judged", text=text + ".", witness=witness)
    return Verdict(label=Label.REFUTED, reason=Reason.DIFFERS, evidence=evidence)
