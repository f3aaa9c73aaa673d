"""The certificate of a conflict: a script that another solver finds unsatisfiable, and satisfiable without a member."""

from random import Random

import z3

from tests.unit.verifiers.study_plan.random_plans import small
from verifiers.certificates import smtlib
from verifiers.check import decide
from verifiers.logic.smtlib import write_script
from verifiers.protocol import QUICK
from verifiers.study_plan.conflicts import problem_of
from verifiers.study_plan.constraints import constraints
from verifiers.verdicts import Label


def answer(script: str) -> str:
    solver = z3.Solver()
    solver.from_string(script)
    return str(solver.check())


def test_conflicts_without_reviews_are_unsatisfiable_and_minimal_for_another_solver() -> None:
    random = Random(20261124)
    scripts = 0
    for _ in range(400):
        plan = small(random)
        verdict = decide(plan, QUICK)
        if verdict.label is not Label.REFUTED:
            assert smtlib(plan, verdict) == ""
            continue
        script = smtlib(plan, verdict)
        if not script:
            continue
        scripts += 1
        assert answer(script) == "unsat", script
        assert verdict.evidence is not None
        members = [m for m in constraints(plan) if m.text in verdict.evidence.core]
        for dropped in members:
            problem = problem_of(plan, [m for m in members if m is not dropped])
            if problem is None:
                continue
            assert answer(write_script(problem)) == "sat", (plan, dropped)
    assert scripts > 20
