"""Coordinates that are rational multiples of one square root on either axis.

With them the squares of all lengths between points are rational, and every construction with a straightedge stays
exact. A point that would need another root has no place.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import isqrt
from typing import Final, TypeAlias

import msgspec

from verifiers.expr import Apply, Expr, Num, num

Place: TypeAlias = tuple[Fraction, Fraction]
"""Shares of the units of both axes."""


class Plane(msgspec.Struct, frozen=True):
    """Squares of the units of both axes, at right angles; both are rational."""

    across: Fraction
    up: Fraction

    def dot(self, a: Place, b: Place, c: Place, d: Place) -> Fraction:
        """Inner product of the vectors from a to b and from c to d."""
        return self.across * (b[0] - a[0]) * (d[0] - c[0]) + self.up * (b[1] - a[1]) * (d[1] - c[1])

    def square(self, a: Place, b: Place) -> Fraction:
        """Squared distance."""
        return self.dot(a, b, a, b)

    def coordinates(self, place: Place) -> tuple[Expr, Expr]:
        return _rooted(place[0], self.across), _rooted(place[1], self.up)


class Figure(msgspec.Struct, frozen=True):
    """Points with a place, and the lengths between them that the question states."""

    plane: Plane
    places: Mapping[str, Place]
    lengths: Mapping[frozenset[str], Fraction]
    """Squares of lengths, by the ends."""
    corners: tuple[str, ...]


def _rooted(share: Fraction, square: Fraction) -> Expr:
    """`share √square` as a tree."""
    root = rational_root(square)
    if root is not None:
        return Num(share * root)
    if not share:
        return num(0)
    inside, outside = square.numerator * square.denominator, Fraction(share, square.denominator)
    for prime in range(2, 100):
        while inside % (prime * prime) == 0:
            inside //= prime * prime
            outside *= prime
    root_of = Apply("sqrt", (num(inside),))
    return root_of if outside == 1 else Apply("mul", (Num(outside), root_of))


def rational_root(square: Fraction) -> Fraction | None:
    above, below = isqrt(abs(square.numerator)), isqrt(square.denominator)
    return Fraction(above, below) if Fraction(above * above, below * below) == square else None


def between(a: Place, b: Place, share: Fraction) -> Place:
    """The point that far on the way from one to the other."""
    return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])


def middle(a: Place, b: Place) -> Place:
    return between(a, b, Fraction(1, 2))


def _cross(a: Place, b: Place, c: Place, d: Place) -> Fraction:
    return (b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0])


def foot(plane: Plane, p: Place, a: Place, b: Place) -> Place | None:
    return between(a, b, plane.dot(a, b, a, p) / plane.square(a, b)) if a != b else None


def crossing(a: Place, b: Place, c: Place, d: Place) -> Place | None:
    below = _cross(a, b, c, d)
    return between(a, b, _cross(a, c, c, d) / below) if below else None


def _weighted(places: Sequence[Place], weights: Sequence[Fraction]) -> Place | None:
    total = sum(weights, Fraction(0))
    if not total:
        return None
    return (
        sum((w * p[0] for w, p in zip(weights, places, strict=True)), Fraction(0)) / total,
        sum((w * p[1] for w, p in zip(weights, places, strict=True)), Fraction(0)) / total,
    )


def _ratio(plane: Plane, a: Place, b: Place, c: Place, d: Place) -> Fraction | None:
    """The quotient of two lengths, where it is rational."""
    below = plane.square(c, d)
    return rational_root(plane.square(a, b) / below) if below else None


def split(plane: Plane, vertex: Place, a: Place, b: Place) -> Place | None:
    """Where the bisector at the vertex meets the side between a and b."""
    ratio = _ratio(plane, vertex, a, vertex, b)
    return None if ratio is None else between(a, b, ratio / (1 + ratio))


def _centroid(plane: Plane, a: Place, b: Place, c: Place) -> Place | None:
    return _weighted((a, b, c), (Fraction(1),) * 3)


def _incenter(plane: Plane, a: Place, b: Place, c: Place) -> Place | None:
    second, third = _ratio(plane, a, c, b, c), _ratio(plane, a, b, b, c)
    return None if second is None or third is None else _weighted((a, b, c), (Fraction(1), second, third))


def _circumcenter(plane: Plane, a: Place, b: Place, c: Place) -> Place | None:
    sides = plane.square(b, c), plane.square(a, c), plane.square(a, b)
    return _weighted((a, b, c), [s * (sum(sides) - 2 * s) for s in sides])


def _orthocenter(plane: Plane, a: Place, b: Place, c: Place) -> Place | None:
    o, g = _circumcenter(plane, a, b, c), _centroid(plane, a, b, c)
    return between(o, g, Fraction(3)) if o is not None and g is not None else None


CENTRES: Final[Mapping[str, Callable[[Plane, Place, Place, Place], Place | None]]] = {
    "centroid": _centroid, "incenter": _incenter, "incentre": _incenter, "circumcenter": _circumcenter,
    "circumcentre": _circumcenter, "orthocenter": _orthocenter, "orthocentre": _orthocenter,
}  # fmt: skip
