"""Points of the plane and of space: distances between them, the lines through them."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from verifiers.expr import Apply, Expr, app, free_symbols, num
from verifiers.extraction.results.curves import X, Y
from verifiers.extraction.results.matched import only, rational, slots
from verifiers.extraction.results.skeleton import Skeleton
from verifiers.extraction.results.template import Template, template


def _triangle(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    points = [_point(tree) for tree in slots(match, skeleton)]
    if len(points) != 3 or any(point is None for point in points):
        return None
    a, b, c = ([*point, Fraction(0)][:3] for point in points if point is not None)
    u, v = ([q - p for p, q in zip(a, end, strict=True)] for end in (b, c))
    normal = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]]
    return app("div", app("sqrt", num(sum((n * n for n in normal), Fraction(0)))), num(2))


def _point(tree: Expr) -> list[Fraction] | None:
    if isinstance(tree, Apply) and tree.head == "binom":
        tree = Apply("tuple", tree.args)
    if isinstance(tree, Apply) and tree.head == "call":
        tree = Apply("tuple", tree.args[1:])
    if not isinstance(tree, Apply) or tree.head not in ("tuple", "vector") or len(tree.args) not in (2, 3):
        return None
    values = [rational(argument) for argument in tree.args]
    return None if None in values else [value for value in values if value is not None]


def _midpoint(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    ends = [_point(tree) for tree in slots(match, skeleton)]
    if len(ends) != 2 or ends[0] is None or ends[1] is None or len(ends[0]) != len(ends[1]):
        return None
    return app("tuple", *(num((p + q) / 2) for p, q in zip(ends[0], ends[1], strict=True)))


def _slope(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    ends = [_point(tree) for tree in slots(match, skeleton)]
    if len(ends) != 2 or ends[0] is None or ends[1] is None or ends[0][0] == ends[1][0]:
        return None
    return num((ends[1][1] - ends[0][1]) / (ends[1][0] - ends[0][0]))


def _intercept(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    """Where the line through two points meets an axis."""
    *trees, axis = slots(match, skeleton)
    ends = [_point(tree) for tree in trees]
    if len(ends) != 2 or ends[0] is None or ends[1] is None or axis not in (X, Y):
        return None
    (a, b), (c, d) = ends[0][:2], ends[1][:2]
    if axis == Y:
        return None if a == c else app("tuple", num(0), num(b - a * (d - b) / (c - a)))
    return None if b == d else app("tuple", num(a - b * (c - a) / (d - b)), num(0))


def _rectangular(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    tree = only(match, skeleton)
    if not isinstance(tree, Apply) or tree.head != "tuple" or len(tree.args) != 2 or free_symbols(tree):
        return None
    radius, angle = tree.args
    return app("tuple", app("mul", radius, app("cos", angle)), app("mul", radius, app("sin", angle)))


PHRASES: Final[Sequence[Template]] = (
    template(
        "triangle",
        r"(?:the )?area(?:, in square units,)? of (?:the|a) triangle with vertices (?:at )?(?:the points )?«\d+»,? "
        r"(?:and )?«\d+»,? (?:and )?«\d+»",
        _triangle,
    ),
    template(
        "midpoint",
        r"(?:the )?midpoint of (?:the )?(?:line )?segment (?:with endpoints|joining|connecting"
        r"|with endpoints at) «\d+» and «\d+»",
        _midpoint,
    ),
    template(
        "slope",
        r"(?:the )?slope of (?:the|a) line (?:passing through|through|containing|that passes through)"
        r"(?: the points)? «\d+» and «\d+»",
        _slope,
    ),
)
QUESTIONS: Final[Sequence[Template]] = (
    template(
        "at what point",
        r"at what point does the line (?:containing|through|passing through|that passes through)"
        r"(?: the points)? «\d+» and «\d+» (?:intersect|cross|meet) the «\d+»-axis",
        _intercept,
    ),
    template(
        "polar",
        r"convert (?:the point )?«\d+» (?:in|from) polar coordinates (?:to|into) rectangular coordinates",
        _rectangular,
    ),
)
