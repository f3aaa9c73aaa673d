"""Equations and inequalities in several letters: the same up to a factor, or a point on one and not on the other."""

from collections.abc import Iterator
from typing import Final

from verifiers import exact
from verifiers.claims import Derivation
from verifiers.equality.outcome import Comparison, Prove, different, equal, undecided
from verifiers.equality.scalars import POINTS
from verifiers.expr import ORDER_RELATIONS, Apply, Expr, Num, free_symbols
from verifiers.kinds._points import System
from verifiers.kinds._poly import Ring, opaque
from verifiers.kinds._ratio import NotPolynomialError
from verifiers.verdicts import Label, Witness

_ATTEMPTS: Final = 12


def compare(a: Apply, b: Apply, prove: Prove) -> Comparison:
    """Whether two relations hold for the same values of their letters."""
    first, second = opaque((a, b))
    assert isinstance(first, Apply)
    assert isinstance(second, Apply)
    if (first.head in ORDER_RELATIONS) != (second.head in ORDER_RELATIONS):
        return different("an equation and an inequality")
    try:
        if _proportional(first, second):
            return equal("same up to a factor")
    except (NotPolynomialError, ValueError, OverflowError):
        pass
    for one, other in ((first, second), (second, first)):
        for point in _solutions(one):
            assignment = tuple(sorted(point.items()))
            if exact.holds(one, assignment) is True and exact.holds(other, assignment) is False:
                witness = Witness(premises=(one,), conclusion=other, assignment=assignment)
                return different("a solution of one is none of the other", witness)
    first, second = sorted((first, second), key=repr)
    verdict = prove(Derivation(premises=(first,), conclusion=second, link="rewrite"))
    if verdict.label is Label.SUPPORTED and first.head not in ORDER_RELATIONS:
        return equal("same solutions")
    if verdict.label is Label.REFUTED and verdict.evidence is not None:
        return different("other solutions", verdict.evidence.witness)
    return undecided(verdict.reason.value)


def _proportional(a: Apply, b: Apply) -> bool:
    """Whether the differences of the sides are a nonzero number times each other, of the right sign."""
    ring = Ring([*a.args[:2], *b.args[:2]])
    left, right = (ring.difference(_upward(side)) for side in (a, b))
    if left.top.is_zero() or right.top.is_zero():
        return left.top.is_zero() and right.top.is_zero() and a.head == b.head
    if not (left.bottom.is_constant() and right.bottom.is_constant()) and left.bottom != right.bottom:
        return False
    factor = left.top.leading_coefficient() / right.top.leading_coefficient()
    if left.top != right.top * factor:
        return False
    if a.head not in ORDER_RELATIONS:
        return True
    scale = factor * right.bottom.leading_coefficient() / left.bottom.leading_coefficient()
    return scale > 0 and (a.head in ("le", "ge")) == (b.head in ("le", "ge"))


def _upward(relation: Apply) -> Apply:
    left, right = relation.args[:2]
    return Apply("eq", (right, left) if relation.head in ("lt", "le") else (left, right))


def _solutions(relation: Apply) -> Iterator[dict[str, Expr]]:
    if relation.head == "eq":
        try:
            yield from System([relation]).points(_ATTEMPTS)
        except (NotPolynomialError, ValueError, OverflowError):
            return
    else:
        letters = sorted(free_symbols(relation))
        for row in POINTS:
            yield {name: Num(row[k % len(row)] + k // len(row)) for k, name in enumerate(letters)}
