"""The formulas in the slots of a match."""

import re
from fractions import Fraction

from verifiers.expr import Apply, Expr, Num
from verifiers.extraction.results.skeleton import Skeleton


def slots(match: re.Match[str], skeleton: Skeleton) -> list[Expr]:
    """The slots of the match; fewer than it has where one was not read."""
    found = (skeleton.tree(index) for index in re.findall(r"«(\d+)»", match.group()))
    return [tree for tree in found if tree is not None]


def only(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    return next(iter(slots(match, skeleton)), None)


def rational(tree: Expr | None) -> Fraction | None:
    if isinstance(tree, Apply) and tree.head == "neg":
        value = rational(tree.args[0])
        return None if value is None else -value
    if isinstance(tree, Apply) and tree.head in ("div", "mixed"):
        first, second = (rational(argument) for argument in tree.args[:2])
        if first is None or not second:
            return None
        return first / second if tree.head == "div" else first + second
    return tree.value if isinstance(tree, Num) else None
