"""Whether statements can all be true together."""

import msgspec

from verifiers.claims import Consistency
from verifiers.expr import Apply, Const, Expr
from verifiers.kinds._oracle import Oracle, Satisfiability
from verifiers.kinds.logic import UNANSWERED, joined, worded
from verifiers.logic.show import show
from verifiers.logic.signature import LogicError
from verifiers.protocol import Budget
from verifiers.verdicts import Evidence, Label, Reason, Verdict, Witness, undecided


def verify(formula: Consistency, budget: Budget) -> Verdict:
    if formula.convention:
        return _either_way(formula, budget)
    problem = formula.problem
    if wrong := problem.fault():
        return undecided(Reason.UNREADABLE, wrong)
    try:
        oracle = Oracle(problem, budget)
        answer = oracle.check()
        if answer is Satisfiability.UNKNOWN:
            return undecided(Reason.TIMEOUT, UNANSWERED)
        if answer is Satisfiability.SAT:
            return _consistent(formula, oracle)
        return _inconsistent(formula, oracle)
    except LogicError as error:
        return undecided(Reason.UNSUPPORTED, str(error))


def _either_way(formula: Consistency, budget: Budget) -> Verdict:
    """The verdict that does not depend on what is a matter of convention."""
    problem = formula.problem
    agreed = msgspec.structs.replace(problem, axioms=(*problem.axioms, *formula.convention))
    without = verify(msgspec.structs.replace(formula, convention=()), budget)
    with_it = verify(msgspec.structs.replace(formula, problem=agreed, convention=()), budget)
    if without.label is with_it.label:
        # What is possible even so, and impossible even without, is the stronger ground.
        return with_it if with_it.reason is Reason.COUNTEREXAMPLE or formula.holds else without
    return undecided(Reason.AMBIGUOUS, f"it depends on whether {' and '.join(map(show, formula.convention[:4]))}")


def _consistent(formula: Consistency, oracle: Oracle) -> Verdict:
    model = oracle.model()
    text = f"All of it is true in: {model.text}."
    if formula.holds:
        evidence = Evidence(method="model", text=text, models=(model,))
        return Verdict(label=Label.SUPPORTED, reason=Reason.PROVED, evidence=evidence)
    problem = formula.problem
    sentences = (*problem.axioms, *(s.sentence for s in problem.premises))
    witness = Witness(conclusion=Apply("not", (_all(sentences),)), model=model)
    evidence = Evidence(method="model", text=f"There is no contradiction. {text}", witness=witness)
    return Verdict(label=Label.REFUTED, reason=Reason.COUNTEREXAMPLE, evidence=evidence)


def _inconsistent(formula: Consistency, oracle: Oracle) -> Verdict:
    core = oracle.core()
    names = worded(formula.problem, core)
    text = f"These cannot all be true: {joined(names)}."
    if not formula.holds:
        evidence = Evidence(method="consistency", text=text, core=names)
        return Verdict(label=Label.SUPPORTED, reason=Reason.PROVED, evidence=evidence)
    # No state of affairs is a witness here; the core is, and the certificate says how to check it again.
    witness = Witness(conclusion=_all(tuple(formula.problem.premises[i].sentence for i in core)))
    evidence = Evidence(method="consistency", text=text, witness=witness, core=names)
    return Verdict(label=Label.REFUTED, reason=Reason.CONTRADICTS, evidence=evidence)


def _all(sentences: tuple[Expr, ...]) -> Expr:
    if not sentences:
        return Const("true")
    return sentences[0] if len(sentences) == 1 else Apply("and", sentences)
