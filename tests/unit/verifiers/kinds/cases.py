"""Reading of the case tables of this folder, and what holds of every verdict."""

import json
from pathlib import Path
from typing import Any

from verifiers import exact
from verifiers.claims import Context
from verifiers.expr import Expr
from verifiers.notation import Unread, read
from verifiers.verdicts import Label, Verdict

TABLES = Path(__file__).parents[3] / "cases" / "kinds"


def table(name: str) -> list[list[Any]]:
    rows: list[list[Any]] = json.loads((TABLES / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def tree(text: str) -> Expr:
    found = read(text)
    assert not isinstance(found, Unread), f"{text}: {found}"
    return found


def context(given: dict[str, Any]) -> Context:
    return Context(
        definitions=tuple((name, tree(text)) for name, text in given.get("definitions", {}).items()),
        functions=tuple((name, (letter,), tree(text)) for name, (letter, text) in given.get("functions", {}).items()),
        givens=tuple(tree(text) for text in given.get("givens", [])),
        domains=tuple(given.get("domains", {}).items()),
    )


def assert_label(verdict: Verdict, label: str) -> None:
    """The verdict has that label, and its witness, if it refutes, stands up to exact evaluation."""
    assert verdict.label.value == label, verdict
    if verdict.label is Label.REFUTED:
        assert verdict.evidence
        witness = verdict.evidence.witness
        assert witness
        assert all(exact.holds(premise, witness.assignment) is True for premise in witness.premises)
        assert exact.holds(witness.conclusion, witness.assignment) is False
