"""Measures of the real solutions of equations and inequalities in one letter: their number, sum, product, extremes."""

from fractions import Fraction
from typing import Final

from verifiers.expr import Apply, Const, Expr, Num, Sym, app, free_symbols, num
from verifiers.kinds._cells import cells
from verifiers.kinds._poly import Ring
from verifiers.kinds._ratio import NotPolynomialError
from verifiers.kinds._relations import conjuncts
from verifiers.kinds._truth import holds
from verifiers.kinds._wholes import UndefinedError, UnsuitedError

MOST_POINTS: Final = 24


def is_real_set(within: Apply) -> bool:
    """`such_that(x, x in reals and …)`, or in the complexes."""
    return any(
        isinstance(part, Apply) and part.head == "in" and part.args[1] in (Const("reals"), Const("complexes"))
        for part in conjuncts(within.args[1])
    )


def measured(measure: str, within: Apply) -> Expr:
    """The exact value of a measure of the set.

    Raises:
        UnsuitedError: the set is infinite, or its members have no closed form.
        UndefinedError: it is empty and the measure needs a member.
    """
    variable = within.args[0]
    assert isinstance(variable, Sym)
    parts = conjuncts(within.args[1])
    relations = [p for p in parts if not (isinstance(p, Apply) and p.head == "in")]
    if not relations or any(free_symbols(p) != {variable.name} for p in relations):
        raise UnsuitedError("a set in other letters")
    if app("in", variable, Const("complexes")) in parts:
        return _over_the_complexes(measure, relations, variable.name)
    points = _points(relations, variable.name)
    if measure == "count":
        return num(len(points))
    known = [point for point in points if point is not None]
    if len(known) < len(points):
        raise UnsuitedError("a solution without closed form")
    return _folded(measure, known)


def _points(relations: list[Expr], letter: str) -> list[Expr | None]:
    try:
        pieces = cells(relations, letter)
    except NotPolynomialError as error:
        raise UnsuitedError(str(error)) from None
    found: list[Expr | None] = []
    for piece in pieces:
        if piece.sample is None:
            raise UnsuitedError("a solution without closed form")
        truths = [holds(relation, {letter: piece.sample}) for relation in relations]
        if False in truths:
            continue
        if None in truths:
            if piece.point:
                continue
            raise UnsuitedError("a relation that could not be told")
        if not piece.point:
            raise UnsuitedError("a whole interval of solutions")
        found.append(piece.sample)
    if len(found) > MOST_POINTS:
        raise UnsuitedError("too many solutions")
    return found


def _folded(measure: str, known: list[Expr]) -> Expr:
    if not known:
        if measure == "total":
            return num(0)
        raise UndefinedError
    if measure in ("least", "greatest"):
        return known[0] if measure == "least" else known[-1]
    if measure == "spread":
        if len(known) != 2:
            raise UnsuitedError("not two solutions")
        return app("add", known[1], app("neg", known[0]))
    if len(known) == 1:
        return known[0]
    if measure == "multiplied":
        return app("mul", *known)
    total = app("add", *known)
    return app("div", total, num(len(known))) if measure == "mean" else total


def _over_the_complexes(measure: str, relations: list[Expr], letter: str) -> Expr:
    """Sum and product of all roots of one polynomial equation without double roots, by Vieta."""
    relation = relations[0]
    if len(relations) != 1 or not isinstance(relation, Apply) or relation.head != "eq":
        raise UnsuitedError("no single equation")
    try:
        ring = Ring(relation.args)
        difference = ring.difference(relation)
        poly = ring.univariate(difference.top, letter)
    except NotPolynomialError as error:
        raise UnsuitedError(str(error)) from None
    if poly is None or poly.degree() < 1 or poly.gcd(poly.derivative()).degree() > 0:
        raise UnsuitedError("no polynomial with single roots")
    degree = poly.degree()
    coefficients = [Num(Fraction(int(c.p), int(c.q))) for c in poly.coeffs()]
    if measure == "count":
        return num(degree)
    if measure == "multiplied":
        product = app("div", coefficients[0], coefficients[-1])
        return product if degree % 2 == 0 else app("neg", product)
    if measure in ("total", "mean"):
        total = app("neg", app("div", coefficients[-2], coefficients[-1]))
        return total if measure == "total" else app("div", total, num(degree))
    return _folded(measure, [point for point in _points(relations, letter) if point is not None])
