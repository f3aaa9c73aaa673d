"""Deductions: does the conclusion follow, is it excluded, or is it left open? Never from inconsistent premises."""

from collections.abc import Sequence
from typing import Final

import msgspec

from verifiers.claims import Deduction
from verifiers.kinds._oracle import Oracle, Satisfiability
from verifiers.logic.models import Model
from verifiers.logic.problems import Problem, negation
from verifiers.logic.show import show
from verifiers.logic.signature import LogicError
from verifiers.logic.typing import fault
from verifiers.protocol import Budget
from verifiers.verdicts import Evidence, Label, Reason, Verdict, Witness, undecided

SAT, UNSAT = Satisfiability.SAT, Satisfiability.UNSAT
UNANSWERED: Final = "the solver gave up within its limit"
LEFT_OPEN: Final = "left open by what is given"


def verify(formula: Deduction, budget: Budget) -> Verdict:
    if formula.convention:
        return _either_way(formula, budget)
    problem, conclusion = formula.problem, formula.conclusion.sentence
    if wrong := problem.fault() or fault(conclusion, problem.signature):
        return undecided(Reason.UNREADABLE, wrong)
    try:
        return _judged(formula, Oracle(problem, budget))
    except LogicError as error:
        return undecided(Reason.UNSUPPORTED, str(error))


def _either_way(formula: Deduction, budget: Budget) -> Verdict:
    """The verdict that does not depend on what is a matter of convention."""
    problem, convention = formula.problem, formula.convention
    agreed = msgspec.structs.replace(problem, axioms=(*problem.axioms, *convention))
    without = verify(msgspec.structs.replace(formula, convention=()), budget)
    with_it = verify(msgspec.structs.replace(formula, problem=agreed, convention=()), budget)
    if without.label is with_it.label:
        # A refutation by what is possible either way is the stronger one, so is a proof from less.
        return without if without.label is Label.SUPPORTED else with_it
    return undecided(Reason.AMBIGUOUS, f"it depends on whether {' and '.join(map(show, convention[:4]))}")


def _judged(formula: Deduction, oracle: Oracle) -> Verdict:
    conclusion = formula.conclusion.sentence
    consistent = oracle.check()
    if consistent is UNSAT:
        return inconsistent(formula.problem, oracle.core())
    if consistent is not SAT:
        return undecided(Reason.TIMEOUT, UNANSWERED)
    first = oracle.state()
    side = first.holds(conclusion)
    # A model of the premises answers one of the two questions for nothing.
    without = SAT if side is False else oracle.check(None, negation(conclusion))
    if without is UNSAT:
        return _follows(formula, oracle.core(negation(conclusion)))
    counter = first if side is False else oracle.state() if without is SAT else None
    with_it = SAT if side is True else oracle.check(None, conclusion)
    if with_it is UNSAT:
        # What can never be so is told by what excludes it, also where it was only said that it must be.
        return _contradicts(formula, oracle.core(conclusion), (counter or first).model())
    if formula.modality == "must" and counter is not None:
        return _counterexample(formula, counter.model())
    example = first if side is True else oracle.state() if with_it is SAT else None
    if formula.modality == "can" and example is not None:
        return _possible(example.model())
    if counter is None or example is None:
        return undecided(Reason.TIMEOUT, UNANSWERED)
    so, not_so = example.model(), counter.model()
    text = f"It is left open. It is so in: {so.text}. It is not so in: {not_so.text}."
    evidence = Evidence(method="entailment", text=text, models=(so, not_so))
    return Verdict(
        label=Label.UNDECIDED, reason=Reason.NOT_ENTAILED, evidence=evidence, detail="left open by what is given"
    )


def inconsistent(problem: Problem, core: Sequence[int]) -> Verdict:
    """Premises that cannot all be true: nothing is concluded from them."""
    names = worded(problem, core)
    text = f"What is given cannot all be true: {joined(names)}."
    evidence = Evidence(method="consistency", text=text, core=names)
    return Verdict(label=Label.UNDECIDED, reason=Reason.INCONSISTENT_CONTEXT, evidence=evidence, detail=text)


def _possible(model: Model) -> Verdict:
    evidence = Evidence(method="model", text=f"It can be so: {model.text}.", models=(model,))
    return Verdict(label=Label.SUPPORTED, reason=Reason.PROVED, evidence=evidence)


def _follows(formula: Deduction, core: Sequence[int]) -> Verdict:
    names = worded(formula.problem, core)
    text = f"It follows from {joined(names)}." if names else "It is true whatever else holds."
    evidence = Evidence(method="entailment", text=text, core=names)
    return Verdict(label=Label.SUPPORTED, reason=Reason.PROVED, evidence=evidence)


def _contradicts(formula: Deduction, core: Sequence[int], model: Model) -> Verdict:
    names = worded(formula.problem, core)
    ground = f"It contradicts {joined(names)}" if names else "It can never be so"
    evidence = Evidence(
        method="entailment",
        text=f"{ground}. What is given allows, for example: {model.text}.",
        witness=_witness(formula, model),
        core=names,
    )
    return Verdict(label=Label.REFUTED, reason=Reason.CONTRADICTS, evidence=evidence)


def _counterexample(formula: Deduction, model: Model) -> Verdict:
    evidence = Evidence(
        method="entailment",
        text=f"It need not be so. What is given also allows: {model.text}.",
        witness=_witness(formula, model),
    )
    return Verdict(label=Label.REFUTED, reason=Reason.COUNTEREXAMPLE, evidence=evidence)


def _witness(formula: Deduction, model: Model) -> Witness:
    problem = formula.problem
    premises = (*problem.axioms, *(statement.sentence for statement in problem.premises))
    return Witness(conclusion=formula.conclusion.sentence, premises=premises, model=model)


def worded(problem: Problem, indices: Sequence[int]) -> tuple[str, ...]:
    """The premises in their own words, or in notation where they have none."""
    statements = [problem.premises[i] for i in indices]
    return tuple(s.text.strip() or show(s.sentence) for s in statements)


def joined(names: Sequence[str]) -> str:
    quoted = [f"“{name.rstrip('.')}”" for name in names] or ["the rules of the problem alone"]
    return " and ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))
