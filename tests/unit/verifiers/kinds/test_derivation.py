"""Steps from display to display: same solutions, lost or gained ones, contradictions."""

from typing import Any

import pytest

from tests.unit.verifiers.kinds.cases import assert_label, context, table, tree
from verifiers.claims import Derivation
from verifiers.expr import Sym, app, num
from verifiers.kinds import derivation
from verifiers.protocol import QUICK
from verifiers.verdicts import Reason

CASES = table("derivation_steps")


@pytest.mark.parametrize(
    ("premises", "conclusion", "link", "given", "label"), CASES, ids=[f"{row[0]} to {row[1]} {row[2]}" for row in CASES]
)
def test_label(premises: list[str], conclusion: str, link: Any, given: dict[str, Any], label: str) -> None:
    formula = Derivation(
        premises=tuple(tree(p) for p in premises), conclusion=tree(conclusion), link=link, context=context(given)
    )
    verdict = derivation.verify(formula, QUICK)
    assert_label(verdict, label)


def test_a_contradiction_is_told_from_a_changed_rewriting() -> None:
    contradiction = Derivation(premises=(tree("2x = 6"),), conclusion=tree("x = 4"), link="follows")
    changed = Derivation(premises=(tree("x^2 = 9"),), conclusion=tree("(x - 3)(x - 1) = 0"), link="rewrite")
    assert derivation.verify(contradiction, QUICK).reason is Reason.CONTRADICTS
    assert derivation.verify(changed, QUICK).reason is Reason.COUNTEREXAMPLE


def test_too_large_a_tree_is_not_built() -> None:
    tower = app("pow", num(9), app("pow", num(9), num(9)))
    formula = Derivation(premises=(app("eq", Sym("x"), tower),), conclusion=tree("x = 1"), link="follows")
    assert derivation.verify(formula, QUICK).reason is Reason.TOO_LARGE
