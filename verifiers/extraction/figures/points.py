"""Points that a question makes from its figure: midpoints, feet, bisectors, crossings, centres.

A point whose making is not understood has no place, and nothing is said of it.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

import msgspec

from verifiers.extraction.document import Part
from verifiers.extraction.figures.construction import FIGURE, MOVED, base, plain_words, stated_lengths
from verifiers.extraction.figures.plane import (
    CENTRES,
    Figure,
    Place,
    between,
    crossing,
    foot,
    middle,
    rational_root,
    split,
)

MOST_READ: Final = 1_500
_AND: Final = r"(?:,? and |, )"
_KIND: Final = r"(?:side |segment |sides |segments |line |lines |diagonal |hypotenuse |leg )?"
_POINT: Final = r"(?:point |points )?"
_MEETS: Final = r"(?:intersects?|meets?|cuts?)"
_ALONE: Final = r"(?![A-Za-z'_^])"


def points(figure: Figure, words: str) -> Figure:
    """The figure with the points that the words make from it, in as many rounds as it takes."""
    placed = dict(figure.places)
    for _ in range(4):
        before = len(placed)
        for name, place in _made(msgspec.structs.replace(figure, places=placed), words):
            if place is not None and name not in placed:
                placed[name] = place
        if len(placed) == before:
            break
    return msgspec.structs.replace(figure, places=placed)


_MIDPOINT: Final = re.compile(
    rf"\b([A-Z]) (?:be |is |denote |as )?the mid-?point of {_KIND}([A-Z])([A-Z]){_ALONE}"
    rf"|\bmid-?point ([A-Z]) of {_KIND}([A-Z])([A-Z]){_ALONE}"
)
_MIDPOINTS: Final = re.compile(
    rf"\b([A-Z])(?:{_AND}([A-Z]))?{_AND}([A-Z]) (?:be|are|denote) the mid-?points of (?:the )?{_KIND}([A-Z])([A-Z])"
    rf"(?:{_AND}{_KIND}([A-Z])([A-Z]))?{_AND}{_KIND}([A-Z])([A-Z]){_ALONE}"
)
_FOOT: Final = re.compile(
    rf"\b([A-Z]) (?:be |is |denote )?the foot of the (?:perpendicular|altitude) (?:from|dropped from) ([A-Z])"
    rf" (?:to|on|onto) {_KIND}([A-Z])([A-Z]){_ALONE}"
)
_FEET: Final = re.compile(
    rf"\b([A-Z]){_AND}([A-Z]) (?:be|are) the feet of (?:the )?(?:perpendiculars|altitudes) from ([A-Z])"
    rf"(?:{_AND}([A-Z]))? to {_KIND}([A-Z])([A-Z])(?:{_AND}{_KIND}([A-Z])([A-Z]))?{_ALONE}"
)
_BISECTOR: Final = re.compile(
    rf"\b(?<!external )(?<!external angle )(?:angle )?bisector of (?:angle )*([A-Z]|[A-Z]{{3}}) {_MEETS}"
    rf" {_KIND}([A-Z])([A-Z]) at {_POINT}([A-Z]){_ALONE}"
)
_CROSSING: Final = re.compile(
    rf"\b{_KIND}([A-Z])([A-Z]) and {_KIND}([A-Z])([A-Z]) (?:intersect|meet|cross) at {_POINT}([A-Z]){_ALONE}"
)
_ON: Final = re.compile(
    r"\b([A-Z]) (?:is |lies |be )?(?:a point |chosen |located )?on (?:the )?"
    rf"(?:side |segment |hypotenuse |leg |diagonal )?([A-Z])([A-Z]){_ALONE}"
)
_BEYOND: Final = re.compile(
    r"\b([A-Z]) (?:is |lies |be )?(?:a point )?on (?:the )?line ([A-Z])([A-Z]) (?:such|so) that ([A-Z]) (?:lies|is)"
    r" between ([A-Z]) and \1\b"
)
_EXTENDED: Final = re.compile(
    r"\b[Ee]xtend (?:ray |side |segment )?([A-Z])([A-Z]) (?:past [A-Z] )?to (?:a )?(?:point )?([A-Z]) (?:such|so) that"
)
_REFLECTED: Final = re.compile(
    r"\b([A-Z]) (?:be |is )?the reflection of ([A-Z]) (?:across|over|about|in|through) (?:the )?(?:point |line |side )?"
    rf"([A-Z])([A-Z])?{_ALONE}"
)
_LINE: Final = re.compile(
    r"\b(altitude|median) ([A-Z])([A-Z])\b|\b([A-Z])([A-Z]) is (?:an|a|the) (altitude|median)\b"
)


def _made(figure: Figure, words: str) -> Iterator[tuple[str, Place | None]]:
    plane = figure.plane

    def at(*names: str | None) -> tuple[Place, ...]:
        """Their places; empty where one has none."""
        places = tuple(figure.places[n] for n in names if n is not None and n in figure.places)
        return places if len(places) == len(names) else ()

    for found in _MIDPOINT.finditer(words):
        name, first, second = found.group(1, 2, 3) if found[1] else found.group(4, 5, 6)
        ends = at(first, second)
        yield name, middle(*ends) if ends else None
    for found in _MIDPOINTS.finditer(words):
        names = [n for n in found.group(1, 2, 3) if n]
        sides = [s for s in (found.group(4, 5), found.group(6, 7), found.group(8, 9)) if s[0]]
        if len(names) == len(sides):
            for name, side in zip(names, sides, strict=True):
                ends = at(*side)
                yield name, middle(*ends) if ends else None
    for found in _FOOT.finditer(words):
        places = at(found[2], found[3], found[4])
        yield found[1], foot(plane, *places) if places else None
    for found in _FEET.finditer(words):
        other = found.group(7, 8) if found[7] else found.group(5, 6)
        for name, source, side in ((found[1], found[3], found.group(5, 6)), (found[2], found[4] or found[3], other)):
            places = at(source, *side)
            yield name, foot(plane, *places) if places else None
    for found in _BISECTOR.finditer(words):
        vertex = found[1] if len(found[1]) == 1 else found[1][1]
        places = at(vertex, found[2], found[3])
        named = {vertex, found[2], found[3]}
        if places and named == (set(figure.corners) if len(found[1]) == 1 else set(found[1])) and len(named) == 3:
            yield found[4], split(plane, *places)
    for found in _CROSSING.finditer(words):
        places = at(found[1], found[2], found[3], found[4])
        yield found[5], crossing(*places) if places else None
    for found in _EXTENDED.finditer(words):
        places = at(found[1], found[2])
        length = figure.lengths.get(frozenset((found[2], found[3])))
        share = rational_root(length / plane.square(*places)) if places and length is not None else None
        yield found[3], between(places[0], places[1], 1 + share) if share is not None else None
    for found in _REFLECTED.finditer(words):
        places = at(found[2], *(n for n in found.group(3, 4) if n))
        over = places[1] if len(places) == 2 else (foot(plane, *places) if places else None)
        yield found[1], between(places[0], over, Fraction(2)) if over is not None else None
    yield from _on_sides(figure, words)
    if len(figure.corners) == 3:
        yield from _of_triangle(figure, words)


def _on_sides(figure: Figure, words: str) -> Iterator[tuple[str, Place | None]]:
    """A point on a segment at a stated distance from one of its ends."""
    for found in _ON.finditer(words):
        name, first, second = found.groups()
        if first not in figure.places or second not in figure.places or name in (first, second):
            continue
        whole = figure.plane.square(figure.places[first], figure.places[second])
        for start, end in ((first, second), (second, first)):
            length = figure.lengths.get(frozenset((start, name)))
            share = rational_root(length / whole) if length is not None and whole else None
            if share is not None and share < 1:
                yield name, between(figure.places[start], figure.places[end], share)
                break
        else:
            yield name, _at_distance(figure, name, (first, second), Fraction(0), Fraction(1))
    for found in _BEYOND.finditer(words):
        name, first, second, inner, outer = found.groups()
        if inner in (first, second) and outer in (first, second) and outer != inner:
            yield name, _at_distance(figure, name, (outer, inner), Fraction(1), None)


def _at_distance(
    figure: Figure, name: str, ends: tuple[str, str], least: Fraction, most: Fraction | None
) -> Place | None:
    """The only point of a part of a line that has a stated distance from a point beside it."""
    start, end = (figure.places.get(n) for n in ends)
    sources = [figure.places[n] for n in figure.places if n not in ends and frozenset((n, name)) in figure.lengths]
    if start is None or end is None or start == end or len(sources) != 1:
        return None
    square = figure.lengths[next(frozenset((n, name)) for n, p in figure.places.items() if p == sources[0])]
    plane = figure.plane
    whole, slope = plane.square(start, end), plane.dot(start, end, start, sources[0])
    root = rational_root(slope**2 - whole * (plane.square(start, sources[0]) - square))
    if root is None or slope**2 < whole * (plane.square(start, sources[0]) - square):
        return None
    shares = {(slope + root) / whole, (slope - root) / whole}
    fitting = [s for s in shares if s > least and (most is None or s < most)]
    return between(start, end, fitting[0]) if len(fitting) == 1 else None


def _of_triangle(figure: Figure, words: str) -> Iterator[tuple[str, Place | None]]:
    """Altitudes, medians and centres that belong to the one triangle."""
    corners = [figure.places[n] for n in figure.corners]
    for found in _LINE.finditer(words):
        kind, top, name = found[1] or found[6], found[2] or found[4], found[3] or found[5]
        if top in figure.corners and name not in figure.corners:
            first, second = (figure.places[n] for n in figure.corners if n != top)
            yield name, foot(figure.plane, figure.places[top], first, second) if kind == "altitude" else middle(
                first, second
            )
    for kind, centre in CENTRES.items():
        of = re.search(
            rf"\b([A-Z]) (?:be |is |denote )?(?:the |its ){kind}(?: of triangle ([A-Z]{{3}}))?(?! of)"
            rf"|\b(?:with|has|and|its) {kind} ([A-Z])\b|\bits {kind} be ([A-Z])\b",
            words,
        )
        if of is not None and (of[2] is None or set(of[2]) == set(figure.corners)):
            yield of[1] or of[3] or of[4], centre(figure.plane, corners[0], corners[1], corners[2])


def constructed(question: Part) -> Figure | None:
    """The points of the question that have a place."""
    if len(question.text) > MOST_READ or not FIGURE.search(question.text) or MOVED.search(question.text):
        return None
    words = plain_words(question.text)
    figure = base(stated_lengths(question), words)
    return None if figure is None else points(figure, words)
