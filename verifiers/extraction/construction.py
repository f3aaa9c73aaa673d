"""Figures that a question determines: a triangle, square or rectangle by its lengths, and points made from it.

A figure is put into coordinates that are rational multiples of one square root on either axis, so that the squares of
all lengths between its points are rational. A point whose making is not understood has no place, and nothing is said of
it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import isqrt
from typing import Final, TypeAlias

import msgspec

from verifiers import exact
from verifiers.expr import Apply, Expr, Num, Sym, free_symbols, num, substitute, walk
from verifiers.extraction.document import Part

Place: TypeAlias = tuple[Fraction, Fraction]

FIGURE: Final = re.compile(r"triangle|square|rectangle", re.IGNORECASE)
_MOVED: Final = re.compile(
    r"\b(?:fold\w*|rotat\w*|crease\w*|perfect square|digits?|mov(?:es?|ing)|similar)\b", re.IGNORECASE
)
"""Words of questions whose letters need not be points that stay where they are."""
MOST_READ: Final = 1_500
_DRESSING: Final = re.compile(
    r"\$|\\[()\[\]]|\\(?:overline|overleftrightarrow|overrightarrow|mathrm|text|mathbf)\s*\{\s*~?([^{}]*)\}|\\(?:,|;|!|:)|~"
)
_APART: Final = re.compile(r"(?<![A-Za-z\\])([A-Z]) (?=[A-Z](?![A-Za-z]))")


def plain_words(text: str) -> str:
    """The text without delimiters, names of points run together: `$\\overline{A B}$` as `AB`."""
    words = _DRESSING.sub(lambda found: f" {found.group(1) or ''}", text)
    words = words.replace("\\triangle", " triangle ").replace("\\bigtriangleup", " triangle ")
    words = words.replace("\\angle", " angle ").replace("△", " triangle ").replace("∠", " angle ")
    words = re.sub(r"\^\s*(?:\\circ|\{\s*\\circ\s*\})|°", " degrees", words)
    words = re.sub(r"\bm angle\b", "angle", " ".join(words.split()))
    return re.sub(r"\s+([,.;])", r"\1", _APART.sub(r"\1", words))


# Arithmetic of coordinates: rational shares of the two sides of a box with sides √m and √q.


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


def _between(a: Place, b: Place, share: Fraction) -> Place:
    """The point that far on the way from one to the other."""
    return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])


def _middle(a: Place, b: Place) -> Place:
    return _between(a, b, Fraction(1, 2))


def _cross(a: Place, b: Place, c: Place, d: Place) -> Fraction:
    return (b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0])


def _foot(plane: Plane, p: Place, a: Place, b: Place) -> Place | None:
    return _between(a, b, plane.dot(a, b, a, p) / plane.square(a, b)) if a != b else None


def _crossing(a: Place, b: Place, c: Place, d: Place) -> Place | None:
    below = _cross(a, b, c, d)
    return _between(a, b, _cross(a, c, c, d) / below) if below else None


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


def _split(plane: Plane, vertex: Place, a: Place, b: Place) -> Place | None:
    """Where the bisector at the vertex meets the side between a and b."""
    ratio = _ratio(plane, vertex, a, vertex, b)
    return None if ratio is None else _between(a, b, ratio / (1 + ratio))


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
    return _between(o, g, Fraction(3)) if o is not None and g is not None else None


_CENTRES: Final[Mapping[str, Callable[[Plane, Place, Place, Place], Place | None]]] = {
    "centroid": _centroid, "incenter": _incenter, "incentre": _incenter, "circumcenter": _circumcenter,
    "circumcentre": _circumcenter, "orthocenter": _orthocenter, "orthocentre": _orthocenter,
}  # fmt: skip


# What is given.


def pair(expr: Expr | None) -> tuple[str, str] | None:
    """The ends of a segment: `AB`, `A B`."""
    if isinstance(expr, Apply) and expr.head == "segment" and len(expr.args) == 1:
        expr = expr.args[0]
    if isinstance(expr, Sym) and len(expr.name) == 2 and expr.name.isalpha() and expr.name.isupper():
        return expr.name[0], expr.name[1]
    if isinstance(expr, Apply) and expr.head in ("mul", "segment") and len(expr.args) == 2:
        names = [a.name for a in expr.args if isinstance(a, Sym) and len(a.name) == 1 and a.name.isupper()]
        if len(names) == 2:
            return names[0], names[1]
    return None


def _lengths(question: Part) -> dict[frozenset[str], Fraction]:
    """Squares of the lengths of segments that the question states, where they are rational."""
    values: dict[str, Expr] = {}
    found: dict[frozenset[str], Fraction] = {}
    for chain in question.chains:
        if set(chain.relations) != {"eq"} or chain.approximate:
            continue
        terms = [t.expr for t in chain.terms]
        last = terms[-1]
        if last is None:
            continue
        value = substitute(last, values)
        square = exact.value(Apply("pow", (value, num(2)))) if not free_symbols(value) and _is_number(value) else None
        for term in terms[:-1]:
            ends = pair(term)
            if ends is not None and isinstance(square, Fraction) and square > 0:
                found.setdefault(frozenset(ends), square)
            elif isinstance(term, Sym) and len(terms) == 2 and not free_symbols(value):
                values.setdefault(term.name, value)
    return found


_NUMBER: Final = frozenset({"add", "mul", "neg", "div", "pow", "sqrt", "mixed"})


def _is_number(expr: Expr) -> bool:
    return all(isinstance(n, Num) or (isinstance(n, Apply) and n.head in _NUMBER) for n in walk(expr))


_TRIANGLE: Final = re.compile(
    r"(?i:triangle) ([A-Z])([A-Z])([A-Z])\b|\b([A-Z])([A-Z])([A-Z]) (?:be|is) an? (?:[a-z-]+ )*triangle\b"
)
_QUADRILATERAL: Final = re.compile(r"\b((?i:square|rectangle)) ([A-Z])([A-Z])([A-Z])([A-Z])\b")
_NAMED_LATER: Final = re.compile(r"\b([A-Z])([A-Z])([A-Z])([A-Z]) (?:be|is) a (square|rectangle)\b")
_SIDE: Final = re.compile(
    r"\b(?:sides?|side lengths?|sides of length)(?: of)?(?: length)? (\d+)(?!\d|\.\d|[/^\\])"
)
_RIGHT: Final = re.compile(
    r"right angle (?:at )?([A-Z])\b|right-?(?:angled)? at ([A-Z])\b|\b([A-Z]) is a right angle"
    r"|angle ([A-Z]{1,3}) ?= ?90|angle ([A-Z]{1,3}) is (?:a right angle|right)"
)


def base(lengths: Mapping[frozenset[str], Fraction], words: str) -> Figure | None:
    """The figure that the stated lengths determine."""
    found = _QUADRILATERAL.search(words)
    if found is not None:
        side = _said_side(words, found.end())
        return _rectangle(found[1].lower(), (found[2], found[3], found[4], found[5]), lengths, side)
    later = _NAMED_LATER.search(words)
    if later is not None:
        side = _said_side(words, later.end())
        return _rectangle(later[5], (later[1], later[2], later[3], later[4]), lengths, side)
    for triangle in _TRIANGLE.finditer(words):
        a, b, c = triangle.group(1, 2, 3) if triangle[1] else triangle.group(4, 5, 6)
        figure = _triangle((a, b, c), lengths, words)
        if figure is not None:
            return figure
    return None


def _said_side(words: str, at: int) -> Fraction | None:
    """The square of the side that stands right after the name of a figure."""
    side = _SIDE.search(words, at, at + 60)
    between = words[at : side.start()] if side is not None else ""
    return Fraction(int(side[1]) ** 2) if side is not None and not re.search(r"[A-Z]{2}|\.", between) else None


def _rectangle(
    kind: str, names: tuple[str, str, str, str], lengths: Mapping[frozenset[str], Fraction], side: Fraction | None
) -> Figure | None:
    a, b, c, d = names
    wide = lengths.get(frozenset((a, b)), lengths.get(frozenset((c, d))))
    high = lengths.get(frozenset((b, c)), lengths.get(frozenset((a, d))))
    if kind == "square":
        wide = high = wide or high or side
    if wide is None or high is None or len(set(names)) < 4:
        return None
    zero, one = Fraction(0), Fraction(1)
    places = {a: (zero, zero), b: (one, zero), c: (one, one), d: (zero, one)}
    return Figure(Plane(wide, high), places, lengths, names)


def _triangle(
    names: tuple[str, str, str], lengths: Mapping[frozenset[str], Fraction], words: str
) -> Figure | None:
    if len(set(names)) < 3:
        return None
    pairs = ((names[1], names[2]), (names[0], names[2]), (names[0], names[1]))
    sides = {frozenset(p): lengths.get(frozenset(p)) for p in pairs}
    whole = "".join(names)
    even = re.search(
        rf"equilateral triangle {whole}\b|triangle {whole} (?:is|be) (?:an )?equilateral(?: triangle)?"
        rf"|{whole} (?:is|be) an equilateral triangle", words,
    )  # fmt: skip
    if even is not None:
        side = _said_side(words, even.end())
        sides = dict.fromkeys(sides, next((s for s in sides.values() if s is not None), side))
    if sum(s is None for s in sides.values()) == 1:
        corner = _corner(names, words)
        if corner is not None:
            _complete(sides, corner, names)
        else:
            _by_angle(sides, names, words)
    known = [sides[frozenset(p)] for p in pairs]
    squares = [s for s in known if s is not None]
    if len(squares) < 3:
        return None
    share = (squares[0] + squares[2] - squares[1]) / (2 * squares[0])
    up = squares[2] - share * share * squares[0]
    if up <= 0:
        return None
    zero, one = Fraction(0), Fraction(1)
    places = {names[0]: (share, one), names[1]: (zero, zero), names[2]: (one, zero)}
    return Figure(Plane(squares[0], up), places, lengths, names)


def _corner(names: tuple[str, str, str], words: str) -> str | None:
    """The vertex with the right angle."""
    for found in _RIGHT.finditer(words):
        said = next(g for g in found.groups() if g)
        if len(said) == 1 and said in names:
            return said
        if len(said) == 3 and set(said) == set(names):
            return said[1]
    legs = re.search(rf"isosceles right triangle (?:{''.join(names)} )?with ([A-Z])([A-Z]) ?= ?([A-Z])([A-Z])\b", words)
    if legs is not None:
        shared = {legs[1], legs[2]} & {legs[3], legs[4]}
        if len(shared) == 1 and set(legs.groups()) == set(names):
            return shared.pop()
    return None


def _complete(sides: dict[frozenset[str], Fraction | None], corner: str, names: tuple[str, str, str]) -> None:
    """The third side of a right triangle."""
    hypotenuse = frozenset(names) - {corner}
    legs = [s for s in sides if s != hypotenuse]
    first, second, long = sides[legs[0]], sides[legs[1]], sides[hypotenuse]
    if long is None and first is not None and second is not None:
        sides[hypotenuse] = first + second
    elif long is not None:
        short = first if first is not None else second
        if short is not None and short < long:
            sides[legs[0] if first is None else legs[1]] = long - short


_ANGLE: Final = re.compile(r"angle ([A-Z]{1,3}) ?= ?(60|120)\b")


def _by_angle(sides: dict[frozenset[str], Fraction | None], names: tuple[str, str, str], words: str) -> None:
    """The side opposite an angle of 60° or 120° between two that are known."""
    for found in _ANGLE.finditer(words):
        said = found[1]
        vertex = said if len(said) == 1 else said[1:2]
        if vertex not in names or (len(said) > 1 and set(said) != set(names)):
            continue
        opposite = frozenset(names) - {vertex}
        first, second = (s for side, s in sides.items() if side != opposite)
        product = rational_root(first * second) if first is not None and second is not None else None
        if sides[opposite] is None and first is not None and second is not None and product is not None:
            sides[opposite] = first + second + (product if found[2] == "120" else -product)


# Points made from the figure.

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
        yield name, _middle(*ends) if ends else None
    for found in _MIDPOINTS.finditer(words):
        names = [n for n in found.group(1, 2, 3) if n]
        sides = [s for s in (found.group(4, 5), found.group(6, 7), found.group(8, 9)) if s[0]]
        if len(names) == len(sides):
            for name, side in zip(names, sides, strict=True):
                ends = at(*side)
                yield name, _middle(*ends) if ends else None
    for found in _FOOT.finditer(words):
        places = at(found[2], found[3], found[4])
        yield found[1], _foot(plane, *places) if places else None
    for found in _FEET.finditer(words):
        other = found.group(7, 8) if found[7] else found.group(5, 6)
        for name, source, side in ((found[1], found[3], found.group(5, 6)), (found[2], found[4] or found[3], other)):
            places = at(source, *side)
            yield name, _foot(plane, *places) if places else None
    for found in _BISECTOR.finditer(words):
        vertex = found[1] if len(found[1]) == 1 else found[1][1]
        places = at(vertex, found[2], found[3])
        named = {vertex, found[2], found[3]}
        if places and named == (set(figure.corners) if len(found[1]) == 1 else set(found[1])) and len(named) == 3:
            yield found[4], _split(plane, *places)
    for found in _CROSSING.finditer(words):
        places = at(found[1], found[2], found[3], found[4])
        yield found[5], _crossing(*places) if places else None
    for found in _EXTENDED.finditer(words):
        places = at(found[1], found[2])
        length = figure.lengths.get(frozenset((found[2], found[3])))
        share = rational_root(length / plane.square(*places)) if places and length is not None else None
        yield found[3], _between(places[0], places[1], 1 + share) if share is not None else None
    for found in _REFLECTED.finditer(words):
        places = at(found[2], *(n for n in found.group(3, 4) if n))
        over = places[1] if len(places) == 2 else (_foot(plane, *places) if places else None)
        yield found[1], _between(places[0], over, Fraction(2)) if over is not None else None
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
                yield name, _between(figure.places[start], figure.places[end], share)
                break
        else:
            yield name, _at_distance(figure, name, (first, second), Fraction(0), Fraction(1))
    for found in _BEYOND.finditer(words):
        name, first, second, between, outer = found.groups()
        if between in (first, second) and outer in (first, second) and outer != between:
            yield name, _at_distance(figure, name, (outer, between), Fraction(1), None)


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
    return _between(start, end, fitting[0]) if len(fitting) == 1 else None


def _of_triangle(figure: Figure, words: str) -> Iterator[tuple[str, Place | None]]:
    """Altitudes, medians and centres that belong to the one triangle."""
    corners = [figure.places[n] for n in figure.corners]
    for found in _LINE.finditer(words):
        kind, top, name = found[1] or found[6], found[2] or found[4], found[3] or found[5]
        if top in figure.corners and name not in figure.corners:
            first, second = (figure.places[n] for n in figure.corners if n != top)
            yield name, _foot(figure.plane, figure.places[top], first, second) if kind == "altitude" else _middle(
                first, second
            )
    for kind, centre in _CENTRES.items():
        of = re.search(
            rf"\b([A-Z]) (?:be |is |denote )?(?:the |its ){kind}(?: of triangle ([A-Z]{{3}}))?(?! of)"
            rf"|\b(?:with|has|and|its) {kind} ([A-Z])\b|\bits {kind} be ([A-Z])\b",
            words,
        )
        if of is not None and (of[2] is None or set(of[2]) == set(figure.corners)):
            yield of[1] or of[3] or of[4], centre(figure.plane, corners[0], corners[1], corners[2])


def constructed(question: Part) -> Figure | None:
    """The points of the question that have a place."""
    if len(question.text) > MOST_READ or not FIGURE.search(question.text) or _MOVED.search(question.text):
        return None
    words = plain_words(question.text)
    figure = base(_lengths(question), words)
    return None if figure is None else points(figure, words)
