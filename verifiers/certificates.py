"""SMT-LIB files for verdicts of logic: what any other solver can be asked to find the same."""

from verifiers.claims import Arrangements, Consistency, Deduction, Formula, StudyPlan
from verifiers.logic.problems import negation
from verifiers.logic.signature import LogicError
from verifiers.logic.smtlib import write_script
from verifiers.study_plan.conflicts import problem_of
from verifiers.study_plan.constraints import constraints, cycle
from verifiers.verdicts import Label, Reason, Verdict


def smtlib(formula: Formula, verdict: Verdict) -> str:
    """The script whose status bears the verdict out; nothing for kinds that are not logic.

    Of a deduction: premises and opposite are unsatisfiable (it follows), premises and conclusion are unsatisfiable
    (it is excluded), or one of them has a model (it need not, or can be so). Of a study plan that cannot be: the
    constraints of the conflict are unsatisfiable; with reviews among them there is no script.
    """
    try:
        match formula:
            case Deduction(problem=problem, conclusion=conclusion, modality=modality):
                opposite = verdict.reason is Reason.COUNTEREXAMPLE
                follows = verdict.label is Label.SUPPORTED and modality != "can"
                if opposite or follows:
                    asserted = ("negated-conclusion", negation(conclusion.sentence))
                else:
                    asserted = ("conclusion", conclusion.sentence)
                possible = opposite or (verdict.label is Label.SUPPORTED and modality == "can")
                return write_script(problem, asserted, expected="sat" if possible else "unsat")
            case Consistency(problem=problem, holds=holds):
                return write_script(problem, expected="sat" if holds is (verdict.label is Label.SUPPORTED) else "unsat")
            case Arrangements(problem=problem):
                return write_script(problem, expected="sat")
            case StudyPlan():
                return _conflict(formula, verdict)
    except LogicError:
        pass
    return ""


def _conflict(plan: StudyPlan, verdict: Verdict) -> str:
    """The constraints that no plan keeps, where the verdict names them and a solver can be asked."""
    core = verdict.evidence.core if verdict.evidence is not None else ()
    if plan.sessions is not None or plan.unsaid_ends or plan.shortest or cycle(plan):
        return ""
    members = [member for member in constraints(plan) if member.text in core]
    if verdict.label is not Label.REFUTED or len(members) != len(core):
        return ""
    problem = problem_of(plan, members)
    return "" if problem is None else write_script(problem, expected="unsat")
