"""Claimed solutions: members put in, complete sets compared, rounded values let pass."""

from typing import Any

import pytest

from tests.unit.verifiers.kinds.cases import assert_label, context, table, tree
from verifiers.claims import Solution
from verifiers.kinds import solution
from verifiers.protocol import QUICK
from verifiers.verdicts import Reason

CASES = table("solution_sets")


@pytest.mark.parametrize(
    ("problem", "unknowns", "claimed", "complete", "given", "label"),
    CASES,
    ids=[f"{row[0]}: {row[2]}" for row in CASES],
)
def test_label(
    problem: list[str], unknowns: list[str], claimed: str, complete: bool, given: dict[str, Any], label: str
) -> None:
    formula = Solution(
        problem=tuple(tree(p) for p in problem), unknowns=tuple(unknowns), claimed=tree(claimed), complete=complete,
        context=context(given),
    )  # fmt: skip
    verdict = solution.verify(formula, QUICK)
    assert_label(verdict, label)


def test_a_lost_root_is_named() -> None:
    formula = Solution(problem=(tree("x^2 = 5x"),), unknowns=("x",), claimed=tree("\\{5\\}"), complete=True)
    verdict = solution.verify(formula, QUICK)
    assert verdict.reason is Reason.INCOMPLETE
    assert verdict.evidence
    assert "x = 0" in verdict.evidence.text
