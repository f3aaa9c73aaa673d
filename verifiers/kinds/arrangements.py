"""In how many ways: the models of a problem counted, as far as the named constants tell them apart."""

from fractions import Fraction
from typing import Final

from verifiers.claims import Arrangements
from verifiers.expr import Apply, Const, Expr, Num, Sym
from verifiers.kinds._oracle import Oracle, Satisfiability
from verifiers.kinds.logic import UNANSWERED, inconsistent
from verifiers.logic.models import FALSE, TRUE, Model
from verifiers.logic.signature import LogicError
from verifiers.protocol import Budget
from verifiers.verdicts import Evidence, Label, Reason, Verdict, Witness, undecided

MOST: Final = 2_000
"""Models listed before the count is given up."""

_RELATION: Final = {"exactly": "eq", "at_least": "ge", "at_most": "le"}


def verify(formula: Arrangements, budget: Budget) -> Verdict:
    problem = formula.problem
    if wrong := problem.fault():
        return undecided(Reason.UNREADABLE, wrong)
    if formula.count < 0 or formula.count > MOST:
        return undecided(Reason.TOO_LARGE, f"more than {MOST} arrangements are not counted")
    if unknown := [name for name in formula.over if (name, 0) not in problem.signature.by_name]:
        return undecided(Reason.UNREADABLE, f"{unknown[0]} is not declared")
    try:
        return _counted(formula, Oracle(problem, budget))
    except LogicError as error:
        return undecided(Reason.UNSUPPORTED, str(error))


def _counted(formula: Arrangements, oracle: Oracle) -> Verdict:
    found: list[Model] = []
    excluded: list[Expr] = []
    # One more than claimed refutes "exactly" and "at most"; "at least" has its answer sooner.
    enough = formula.count + (formula.comparison != "at_least")
    while len(found) < enough:
        answer = oracle.check(None, *excluded)
        if answer is Satisfiability.UNKNOWN:
            return undecided(Reason.TIMEOUT, UNANSWERED)
        if answer is Satisfiability.UNSAT:
            break
        model = oracle.model()
        found.append(model)
        excluded.append(Apply("not", (_pinned(model, formula.over),)))
    complete = len(found) < enough
    if not found and complete and formula.count > 0:
        return inconsistent(formula.problem, oracle.core())
    return _verdict(formula, found, complete)


def _verdict(formula: Arrangements, found: list[Model], complete: bool) -> Verdict:
    count = len(found)
    fits = {
        "exactly": complete and count == formula.count,
        "at_least": count >= formula.count,
        "at_most": complete,
    }[formula.comparison]
    number = f"There {'is' if count == 1 else 'are'} {count} {'way' if count == 1 else 'ways'}"
    shown = "; ".join(model.text for model in found[:2])
    if fits:
        evidence = Evidence(method="models counted", text=f"{number}: {shown}.", models=tuple(found[:2]))
        return Verdict(label=Label.SUPPORTED, reason=Reason.PROVED, evidence=evidence)
    text = f"{number}{'' if complete else ' at least'}: {shown}."
    conclusion = Apply(_RELATION[formula.comparison], (Num(Fraction(count)), Num(Fraction(formula.count))))
    witness = Witness(conclusion=conclusion, found=Num(Fraction(count)) if complete else None)
    evidence = Evidence(method="models counted", text=text, witness=witness, models=tuple(found[:2]))
    return Verdict(label=Label.REFUTED, reason=Reason.DIFFERS, evidence=evidence)


def _pinned(model: Model, over: tuple[str, ...]) -> Expr:
    """That the constants have just these values."""
    parts: list[Expr] = []
    for name in over:
        entries, _ = model.tables[name, 0]
        value = entries[()]
        if value in (TRUE, FALSE):
            parts.append(Sym(name) if value == TRUE else Apply("not", (Sym(name),)))
        else:
            parts.append(Apply("eq", (Sym(name), value)))
    if not parts:
        return Const("true")
    return parts[0] if len(parts) == 1 else Apply("and", tuple(parts))
