"""What sort of answer a tree is."""

from typing import Final

from verifiers.equality import groups, regions
from verifiers.expr import Apply, Const, Expr

_NOT_SCALAR: Final = frozenset({"quantity", "set", "tuple", "list", "interval", "union", "such_that", "matrix", "clock",
                                "eq", "lt", "le", "gt", "ge", "ne", "in", "and", "or", "not", "ellipsis"})  # fmt: skip


def is_truth(expr: Expr) -> bool:
    """True or false."""
    return isinstance(expr, Const) and expr.name in ("true", "false")


def is_equation(expr: Expr) -> bool:
    """A relation that is no inequality."""
    return isinstance(expr, Apply) and expr.head in ("eq", "approx", "congruent", "divides", "subset", "proportional",
                                                     "parallel", "perpendicular", "similar")  # fmt: skip


def is_place(expr: Expr) -> bool:
    """Whether it can stand against a set of numbers: a set, a group, a condition, an assignment."""
    if regions.is_region(expr):
        return True
    if isinstance(expr, Apply):
        inner = groups.assignment(expr)
        if inner.name is not None:
            return True
        return expr.head in ("tuple", "set", "list", "or", "eq", "matrix", "pm")
    return False


def has_matrix(*exprs: Expr) -> bool:
    """Whether a matrix occurs outside what has a number for value."""
    return any(isinstance(n, Apply) and n.head == "matrix" for e in exprs for n in outside_scalars(e))


def is_grouping(expr: Expr) -> bool:
    """Whether it holds several values, a condition or a quantity, so that it is no number."""
    return any(isinstance(n, Apply) and n.head in _NOT_SCALAR for n in outside_scalars(expr))


def outside_scalars(expr: Expr) -> list[Expr]:
    """The tree without what has a number for value."""
    found, stack = [], [expr]
    while stack:
        node = stack.pop()
        if isinstance(node, Apply) and node.head in ("determinant", "trace", "rank", "norm", "dot"):
            continue
        found.append(node)
        stack.extend(node.args if isinstance(node, Apply) else ())
    return found


def has_unit(expr: Expr) -> bool:
    """A quantity with a unit, or its opposite."""
    return isinstance(expr, Apply) and (expr.head == "quantity" or (expr.head == "neg" and has_unit(expr.args[0])))
