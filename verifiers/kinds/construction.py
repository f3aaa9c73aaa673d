"""Lengths, angles and areas of points with coordinates.

Every measure is written out in coordinates and both sides are compared exactly. The witness of a refutation is the
figure itself: coordinates at which all that the question states of the points is true and the claim is false.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from verifiers import exact
from verifiers.claims import Construction
from verifiers.expr import Apply, Expr, Num, Sym, app, free_symbols, num, substitute, violation, walk
from verifiers.kinds import _values
from verifiers.kinds._rounding import Agreement, agreement
from verifiers.kinds._search import fails
from verifiers.notation.show import show
from verifiers.protocol import Budget
from verifiers.verdicts import Reason, Verdict, Witness, refuted, supported, undecided

METHOD: Final = "measured in coordinates"
MEASURES: Final = frozenset({"segment", "angle", "triangle"})


def verify(formula: Construction, budget: Budget) -> Verdict:
    """Compares the sides of the relation with the coordinates put in."""
    place: dict[str, Expr] = {}
    for name, x, y in formula.points:
        place |= {f"{name}_x": x, f"{name}_y": y}
    relation = _measured(formula.relation)
    if message := violation(relation, budget.bounds):
        return undecided(Reason.TOO_LARGE, message)
    if free_symbols(relation) - place.keys():
        return undecided(Reason.UNSUPPORTED, "a point without a place")
    given = [_measured(g) for g in formula.given]
    if any(exact.holds(g, place) is not True for g in given):
        return undecided(Reason.INCONSISTENT_CONTEXT, "the figure is not the one of the question")
    point = tuple(sorted(place.items()))
    relation, source = _failing(relation, formula.relation, point)
    failed = fails(relation, point)
    if failed is True:
        names = {n.name for n in walk(source) if isinstance(n, Sym)}
        used = tuple((name, value) for name, value in point if name[0] in names or _bears(name, given))
        witness = Witness(conclusion=relation, assignment=used, premises=tuple(given))
        return refuted(Reason.DIFFERS, METHOD, _told(source, relation, place), witness)
    if failed is False:
        return supported(Reason.COMPUTED, METHOD, "It holds in coordinates.")
    if all(_holds(link, place) for link in _links(relation)):
        return supported(Reason.ROUNDED, METHOD, "It holds in coordinates, rounded as written.")
    return undecided(Reason.INCONCLUSIVE, "the measures could not be compared")


def _bears(name: str, given: list[Expr]) -> bool:
    return any(name in free_symbols(g) for g in given)


def _links(relation: Expr) -> tuple[Expr, ...]:
    return relation.args if isinstance(relation, Apply) and relation.head == "and" else (relation,)


def _holds(link: Expr, place: Mapping[str, Expr]) -> bool:
    """Exactly, or rounded to the digits written."""
    if exact.holds(link, dict(place)) is True:
        return True
    if not isinstance(link, Apply) or link.head != "eq":
        return False
    sides = [substitute(side, place) for side in link.args]
    return agreement(*sides) is Agreement.ROUNDED


def _measured(expr: Expr) -> Expr:
    """With every measure written out in coordinates."""
    if not isinstance(expr, Apply):
        return expr
    if expr.head in MEASURES and all(isinstance(a, Sym) for a in expr.args):
        names = tuple(a.name for a in expr.args if isinstance(a, Sym))
        match expr.head, names:
            case "segment", (a, b):
                return app("sqrt", _dot(a, b, a, b))
            case "angle", (a, b, c):
                lengths = app("mul", app("sqrt", _dot(b, a, b, a)), app("sqrt", _dot(b, c, b, c)))
                return app("arccos", app("div", _dot(b, a, b, c), lengths))
            case "triangle", (a, b, c):
                return app("div", app("abs", _cross(a, b, c)), num(2))
    return Apply(expr.head, tuple(_measured(a) for a in expr.args))


def _gap(a: str, b: str, axis: str) -> Expr:
    return app("add", Sym(f"{b}_{axis}"), app("neg", Sym(f"{a}_{axis}")))


def _dot(a: str, b: str, c: str, d: str) -> Expr:
    if (a, b) == (c, d):
        return app("add", *(app("pow", _gap(a, b, axis), num(2)) for axis in "xy"))
    return app("add", *(app("mul", _gap(a, b, axis), _gap(c, d, axis)) for axis in "xy"))


def _cross(a: str, b: str, c: str) -> Expr:
    first = app("mul", _gap(a, b, "x"), _gap(a, c, "y"))
    return app("add", first, app("neg", app("mul", _gap(a, b, "y"), _gap(a, c, "x"))))


def _failing(relation: Expr, source: Expr, point: tuple[tuple[str, Expr], ...]) -> tuple[Expr, Expr]:
    """The first link of a chain that fails, written out and as it stands; the whole chain where none does."""
    for link, written in zip(_links(relation), _links(source), strict=True):
        if fails(link, point) is True:
            return link, written
    return relation, source


def _value(side: Expr, place: Mapping[str, Expr]) -> Expr | None:
    """The value, a rational number where its square shows that it is one."""
    value = exact.value(side, dict(place))
    square = exact.value(app("pow", side, num(2)), dict(place))
    if not isinstance(value, Fraction) and isinstance(square, Fraction) and square > 0:
        root = exact.value(app("sqrt", Num(square)))
        if isinstance(root, Fraction) and exact.holds(app("gt", side, num(0)), dict(place)) is True:
            return Num(root)
    return _values.as_expr(value)


def _told(source: Expr, relation: Expr, place: Mapping[str, Expr]) -> str:
    names = sorted({n.name for n in walk(source) if isinstance(n, Sym)})
    where = ", ".join(f"{n} = ({show(place[f'{n}_x'])}, {show(place[f'{n}_y'])})" for n in names)
    if isinstance(relation, Apply) and len(relation.args) == 2:
        sides = [_value(side, place) for side in relation.args]
        if sides[0] is not None and sides[1] is not None:
            left, right = (_values.told(side) for side in sides if side is not None)
            return f"With {where} the left side is {left} and the right side is {right}."
    return f"With {where} it is false."
