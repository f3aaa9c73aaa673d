"""Circles and parabolas by their equations: centres, radii, areas, vertices, extremes."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from verifiers.expr import Apply, Const, Expr, Sym, app, free_symbols, num
from verifiers.extraction.meaning.polynomials import expanded
from verifiers.extraction.results.matched import only
from verifiers.extraction.results.skeleton import Skeleton
from verifiers.extraction.results.template import Template, template

X: Final = Sym("x")
Y: Final = Sym("y")


def conic(tree: Expr | None) -> dict[tuple[int, int], Fraction] | None:
    """Coefficients of `left - right` in x and y by exponents, of a curve of at most the second degree."""
    if not isinstance(tree, Apply) or tree.head != "eq" or not free_symbols(tree) <= {"x", "y"}:
        return None
    poly = expanded(app("add", tree.args[0], app("neg", tree.args[1])))
    if poly is None:
        return None
    found: dict[tuple[int, int], Fraction] = {}
    for monomial, coefficient in poly.items():
        powers = dict(monomial)
        found[powers.get("x", 0), powers.get("y", 0)] = coefficient
    return found if all(sum(powers) <= 2 for powers in found) else None


def center_of(curve: dict[tuple[int, int], Fraction]) -> tuple[Fraction, Fraction] | None:
    a, b = curve.get((2, 0), Fraction(0)), curve.get((0, 2), Fraction(0))
    if not a or not b or curve.get((1, 1)):
        return None
    return -curve.get((1, 0), Fraction(0)) / (2 * a), -curve.get((0, 1), Fraction(0)) / (2 * b)


def squared_radius(curve: dict[tuple[int, int], Fraction]) -> Fraction | None:
    center = center_of(curve)
    a = curve.get((2, 0), Fraction(0))
    if center is None or a != curve.get((0, 2)):
        return None
    square = center[0] ** 2 + center[1] ** 2 - curve.get((0, 0), Fraction(0)) / a
    return square if square > 0 else None


def area(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    tree = only(match, skeleton)
    curve = conic(tree)
    square = None if curve is None else squared_radius(curve)
    return None if square is None else app("mul", num(square), Const("pi"))


def radius(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    tree = only(match, skeleton)
    curve = conic(tree)
    square = None if curve is None else squared_radius(curve)
    return None if square is None else app("sqrt", num(square))


def centered(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    tree = only(match, skeleton)
    curve = conic(tree)
    center = None if curve is None else center_of(curve)
    return None if center is None else app("tuple", num(center[0]), num(center[1]))


def parabola(tree: Expr | None) -> tuple[Fraction, Fraction, Fraction] | None:
    """`a, b, c` of `y = a x^2 + b x + c`."""
    curve = conic(tree)
    if curve is None or not curve.get((2, 0)) or not curve.get((0, 1)):
        return None
    if curve.keys() - {(2, 0), (1, 0), (0, 0), (0, 1)}:
        return None
    scale = -curve[0, 1]
    return curve[2, 0] / scale, curve.get((1, 0), Fraction(0)) / scale, curve.get((0, 0), Fraction(0)) / scale


def vertex(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    tree = only(match, skeleton)
    found = parabola(tree)
    if found is None:
        return None
    a, b, c = found
    low = c - b * b / (4 * a)
    shift = 1 / (4 * a) if match["which"] == "focus" else 0
    return app("tuple", num(-b / (2 * a)), num(low + shift))


def extreme(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    """The least or greatest value of a quadratic in one letter over the reals."""
    tree = only(match, skeleton)
    letters = free_symbols(tree) if tree is not None else frozenset()
    poly = expanded(tree) if tree is not None and len(letters) == 1 else None
    if poly is None:
        return None
    (letter,) = letters
    a, b, c = (poly.get(((letter, k),) if k else (), Fraction(0)) for k in (2, 1, 0))
    if not a or any(dict(monomial).get(letter, 0) > 2 for monomial in poly):
        return None
    least = match["which"] in ("smallest", "least", "minimum", "lowest")
    return num(c - b * b / (4 * a)) if (a > 0) == least else None


_CURVE: Final = (
    r"(?:(?:whose|with|by|has|having|the|given|defined|equation|is|graph|of|region|circle|by the equation) )*"
)
PHRASES: Final[Sequence[Template]] = (
    template(
        "area",
        rf"(?:the )?area (?:of|enclosed by|bounded by|inside) {_CURVE}(?:enclosed |bounded )?{_CURVE}«\d+»",
        area,
    ),
    template("radius", rf"(?:the )?radius of (?:the )?circle {_CURVE}«\d+»", radius),
    template(
        "center",
        rf"(?:the )?(?:coordinates of (?:the )?)?center of (?:the )?(?:circle|hyperbola|ellipse) {_CURVE}«\d+»",
        centered,
    ),
    template(
        "of",
        rf"(?:the )?(?:coordinates of (?:the )?)?(?P<which>focus|vertex) of (?:the )?(?:parabola|graph) {_CURVE}«\d+»",
        vertex,
    ),
    template(
        "value of",
        r"(?:the )?(?P<which>smallest|least|minimum|lowest|largest|greatest|maximum|highest)(?: possible)?"
        r"(?: real)? value of (?:the )?(?:quadratic |expression |function )*«\d+»(?: over all real numbers «\d+»)?",
        extreme,
    ),
)
