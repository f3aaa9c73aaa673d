"""Reading of the case tables of this folder."""

import json
from pathlib import Path
from typing import Any

from verifiers.claims import Context
from verifiers.expr import Expr
from verifiers.notation import Unread, read

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
