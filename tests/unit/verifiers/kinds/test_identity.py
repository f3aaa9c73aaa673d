"""Identities: proofs, domains, givens, counterexamples."""

from typing import Any

import pytest

from tests.unit.verifiers.kinds.cases import assert_label, context, table, tree
from verifiers.claims import Identity
from verifiers.expr import Expr, Sym, app, num
from verifiers.kinds import identity
from verifiers.protocol import QUICK
from verifiers.verdicts import Label

CASES = table("identity_relations")


@pytest.mark.parametrize(("text", "given", "label"), CASES, ids=[f"{row[0]} {row[1] or ''}" for row in CASES])
def test_label(text: str, given: dict[str, Any], label: str) -> None:
    verdict = identity.verify(Identity(relation=tree(text), context=context(given)), QUICK)
    assert_label(verdict, label)


def test_the_point_is_told() -> None:
    verdict = identity.verify(Identity(relation=tree("\\sqrt{x^2} = x")), QUICK)
    assert verdict.evidence
    assert verdict.evidence.text == "For x = -1 the left side is 1 and the right side is -1."


def nested(head: str, depth: int) -> Expr:
    tree_: Expr = Sym("x")
    for _ in range(depth):
        tree_ = app(head, tree_)
    return tree_


@pytest.mark.parametrize(
    "left",
    [
        nested("sin", 100),
        nested("sqrt", 100),
        nested("exp", 50),
        app("pow", app("add", Sym("x"), Sym("y"), num(1)), num(9_000)),
        app("pow", app("add", Sym("x"), num(10**900)), num(12)),
        app("derivative", nested("sin", 40), Sym("x"), num(4)),
    ],
)
def test_large_trees_end_without_support(left: Expr) -> None:
    verdict = identity.verify(Identity(relation=app("eq", left, num(1))), QUICK)
    assert verdict.label is not Label.SUPPORTED
