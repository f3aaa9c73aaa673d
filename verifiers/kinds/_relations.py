"""The parts of a relation."""

from collections.abc import Iterator
from typing import Final

from verifiers.expr import RELATIONS, Apply, Expr

_DECIDABLE: Final = frozenset({"eq", "ne", "lt", "le", "gt", "ge"})


def is_relation(expr: Expr) -> bool:
    return isinstance(expr, Apply) and (expr.head in RELATIONS or expr.head in ("and", "or", "not", "implies", "iff"))


def leaves(relation: Expr) -> Iterator[Apply]:
    """The relations under `and`, `or`, `not`."""
    if isinstance(relation, Apply):
        if relation.head in ("and", "or", "not"):
            for a in relation.args:
                yield from leaves(a)
        else:
            yield relation


def decidable(relation: Expr) -> bool:
    """Made of comparisons of numbers only."""
    return is_relation(relation) and all(leaf.head in _DECIDABLE for leaf in leaves(relation))


def conjuncts(relation: Expr) -> Iterator[Expr]:
    if isinstance(relation, Apply) and relation.head == "and":
        for a in relation.args:
            yield from conjuncts(a)
    else:
        yield relation
