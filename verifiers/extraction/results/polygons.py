"""Sides, diagonals and angles of polygons."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from verifiers.expr import Expr, num
from verifiers.extraction.results.matched import only, rational, slots
from verifiers.extraction.results.skeleton import Skeleton
from verifiers.extraction.results.template import Template, template

_SIDES: Final = {
    "triangle": 3, "quadrilateral": 4, "pentagon": 5, "hexagon": 6, "heptagon": 7, "octagon": 8, "nonagon": 9,
    "decagon": 10, "dodecagon": 12,
}  # fmt: skip


def _sides(match: re.Match[str], skeleton: Skeleton) -> Fraction | None:
    name = match["name"]
    if name in _SIDES:
        return Fraction(_SIDES[name])
    return next((rational(tree) for tree in reversed(slots(match, skeleton))), None)


def _diagonals(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    n = _sides(match, skeleton)
    return None if n is None or n.denominator != 1 or n < 3 else num(n * (n - 3) / 2)


def _angle_sum(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    n = _sides(match, skeleton)
    if n is None or n.denominator != 1 or n < 3:
        return None
    total = 180 * (n - 2)
    return num(total if match["which"] == "sum" else total / n)


def _exterior(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    tree = only(match, skeleton)
    angle = rational(tree)
    return None if not angle or angle < 0 or (360 / angle).denominator != 1 else num(360 / angle)


PHRASES: Final[Sequence[Template]] = (
    template(
        "diagonals",
        r"how many diagonals (?:does|are in|are there in|can be drawn in) (?:a|this|the|an) (?:regular |convex )*(?:"
        r"(?P<name>[a-z]+)|«\d+»-sided (?:convex )?polygon|polygon with «\d+» sides)(?: have)?",
        _diagonals,
    ),
    template(
        "interior angles",
        r"(?:the )?(?P<which>sum) of the (?:measures of the |degree measures of the )?interior angles (?:of|in) (?:a"
        r"|an|the) (?:regular |convex )*(?:(?P<name>[a-z]+)|«\d+»-sided polygon|polygon with «\d+» sides)",
        _angle_sum,
    ),
)
QUESTIONS: Final[Sequence[Template]] = (
    template(
        "exterior",
        r"(?:a|the) regular polygon has (?:an |each )?exterior angles? (?:that measures?|of|measuring) «\d+»"
        r"(?: degrees)?(?: //|,) how many sides does the polygon have",
        _exterior,
    ),
    template(
        "diagonals",
        r"(?:(?:a|an|the) (?:particular |certain |regular |convex )*polygon [^/]{1,80} // )?how many diagonals does "
        r"(?:a|this|the) (?:«\d+»-sided (?:convex |regular )?polygon|(?:regular |convex )*(?P<name>[a-z]+)) have",
        _diagonals,
    ),
)
