"""Figures that a question determines by lengths: a triangle, square or rectangle.

The figure is put into a `Plane`; `points` adds the points that the question makes from it.
"""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from verifiers import exact
from verifiers.expr import Apply, Expr, Num, Sym, free_symbols, num, substitute, walk
from verifiers.extraction.document import Part
from verifiers.extraction.figures.plane import Figure, Plane, rational_root

FIGURE: Final = re.compile(r"triangle|square|rectangle", re.IGNORECASE)
MOVED: Final = re.compile(
    r"\b(?:fold\w*|rotat\w*|crease\w*|perfect square|digits?|mov(?:es?|ing)|similar)\b", re.IGNORECASE
)
"""Words of questions whose letters need not be points that stay where they are."""
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


def stated_lengths(question: Part) -> dict[frozenset[str], Fraction]:
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
