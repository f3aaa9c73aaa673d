"""Chains of equations: what they come to, and whether their links hold."""

from itertools import pairwise

from verifiers.equality import scalars
from verifiers.equality.outcome import Comparison, different
from verifiers.equality.sorts import is_grouping
from verifiers.expr import Apply, Expr, Num, free_symbols
from verifiers.kinds._rounding import Agreement, agreement
from verifiers.verdicts import Witness


def terms_of(expr: Expr) -> list[Expr] | None:
    """The terms of an equation or a chain of equations."""
    if isinstance(expr, Apply) and expr.head in ("eq", "approx"):
        return list(expr.args)
    if not isinstance(expr, Apply) or expr.head != "and":
        return None
    terms: list[Expr] = []
    for link in expr.args:
        if not isinstance(link, Apply) or link.head not in ("eq", "approx") or (terms and terms[-1] != link.args[0]):
            return None
        terms = [*(terms or [link.args[0]]), link.args[1]]
    return terms


def ends(expr: Expr) -> tuple[Expr, ...]:
    """What a chain comes to: `x = 2 + 3 = 5` as `x = 5`, `2 + 3 = 5` as `5`; what stands on either side of the last
    sign of `x = 22/7 ≈ 3.14`.
    """
    terms = terms_of(expr)
    if terms is None or (len(terms) == 2 and free_symbols(expr)):
        return (expr,)
    found = [terms[-1]]
    last = expr.args[-1] if isinstance(expr, Apply) else None
    rounded = isinstance(terms[-1], Num) and terms[-1].places is not None and not free_symbols(terms[-2])
    if (isinstance(last, Apply) and last.head == "approx") or (len(terms) > 2 and rounded):
        found.insert(0, terms[-2])
    if scalars.is_name(terms[0]):
        return tuple(Apply("eq", (terms[0], end)) for end in found)
    return tuple(found)


def broken(expr: Expr) -> Comparison | None:
    """`x = 2 + 3 = 4` is no answer: a link between numbers is false."""
    terms = terms_of(expr)
    if terms is None:
        return None
    for left, right in pairwise(terms):
        if scalars.is_name(left) or free_symbols(left) or free_symbols(right):
            continue
        if is_grouping(left) or is_grouping(right):
            continue
        if agreement(left, right) is Agreement.DIFFERENT:
            return different("a chain that does not hold", Witness(conclusion=Apply("eq", (left, right))))
    return None
