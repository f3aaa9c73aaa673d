"""Measures of shapes in words: "the area of a circle with radius 5 is 25π", "a cube of side 3 cm has volume 27 cm³".

All dimensions have to stand in the same sentence, in one unit, with nothing between them that is not understood.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from verifiers.claims import Claim, Geometry
from verifiers.expr import Apply, Expr, Unit, app, num, walk
from verifiers.extraction.prose.phrases import END, IS, UNIT, Phrase, V, bare, vocabulary
from verifiers.kinds._rounding import has_places
from verifiers.kinds.geometry import KNOWN
from verifiers.notation.units import UNITS

_SIDES: Final[Mapping[str, int]] = {
    "triangle": 3, "quadrilateral": 4, "pentagon": 5, "hexagon": 6, "heptagon": 7, "octagon": 8, "nonagon": 9,
    "decagon": 10, "dodecagon": 12, "icosagon": 20,
}  # fmt: skip
_POLYGON: Final = "|".join(_SIDES)
_SHAPES: Final[tuple[tuple[str, str], ...]] = (
    ("equilateral triangle", r"equilateral triangle"),
    ("right triangle", r"right(?:-angled)? triangle"),
    ("regular polygon", rf"regular (?P<polygon>{_POLYGON})"),
    ("square pyramid", r"square pyramid|pyramid with a square base"),
    ("box", r"cuboid|rectangular (?:prism|box|solid|tank|container|pool)|box"),
    ("rectangle", r"rectang(?:le|ular (?:garden|field|room|plot|yard|floor|lawn|park|piece|region|sheet|table|field))"),
    ("semicircle", r"semi-?circle"),
    ("circle", r"circ(?:le|ular (?:garden|field|plot|pond|disc|disk|table|region|plate|track))"),
    ("square", r"square(?: (?:garden|field|room|plot|yard|tile))?"),
    ("triangle", r"triangle"),
    ("parallelogram", r"parallelogram"),
    ("rhombus", r"rhombus"),
    ("kite", r"kite"),
    ("trapezoid", r"trapez(?:oid|ium)"),
    ("ellipse", r"ellipse"),
    ("sector", r"(?:circular )?sector"),
    ("cube", r"cube"),
    ("hemisphere", r"hemisphere"),
    ("sphere", r"sphere|(?:spherical )?ball"),
    ("cylinder", r"(?:right )?(?:circular )?cylinder"),
    ("cone", r"(?:right )?(?:circular )?cone"),
    ("prism", r"prism"),
    ("pyramid", r"pyramid"),
)  # fmt: skip
_SHAPE: Final = "(?:" + "|".join(f"(?P<s{index}>{words})" for index, (_, words) in enumerate(_SHAPES)) + ")"
_MEASURES: Final[tuple[tuple[str, str], ...]] = (
    ("lateral area", r"(?:lateral|curved) (?:surface )?area"),
    ("surface area", r"(?:total )?surface area"),
    ("area", r"area"),
    ("perimeter", r"perimeter"),
    ("circumference", r"circumference"),
    ("volume", r"volume"),
    ("space diagonal", r"space diagonal"),
    ("diagonal", r"diagonal(?: length)?"),
    ("hypotenuse", r"(?:length of the )?hypotenuse"),
    ("slant height", r"slant height"),
    ("height", r"height|altitude"),
    ("arc length", r"arc length"),
    ("diameter", r"diameter"),
    ("radius", r"radius"),
)
_MEASURE: Final = "(?:" + "|".join(f"(?P<m{index}>{words})" for index, (_, words) in enumerate(_MEASURES)) + ")"

_GIVEN: Final = r"(?:'s)?(?: (?:lengths?|equal to|of|is|are|measures?|measuring|=))*"
_VALUE: Final = rf"({V})({UNIT})"
_JOIN: Final = r"(?:,? and |, ?| by | x | × )"
_DIMENSIONS: Final[tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), names)
    for pattern, names in (
        (rf"legs{_GIVEN} {_VALUE}{_JOIN}{_VALUE}", ("leg1", "leg2")),
        (rf"(?:diagonals){_GIVEN} {_VALUE}{_JOIN}{_VALUE}", ("d1", "d2")),
        (rf"(?:parallel sides|bases){_GIVEN} {_VALUE}{_JOIN}{_VALUE}", ("base1", "base2")),
        (rf"semi-?(?:major|minor)? ?axes{_GIVEN} {_VALUE}{_JOIN}{_VALUE}", ("semi1", "semi2")),
        (rf"(?:side lengths?|sides?|edges?|dimensions){_GIVEN}"
         rf" {_VALUE}{_JOIN}{_VALUE}{_JOIN}{_VALUE}", ("a", "b", "c")),
        (rf"(?:side lengths?|sides|dimensions|measuring){_GIVEN} {_VALUE}{_JOIN}{_VALUE}", ("length", "width")),
        (rf"base area{_GIVEN} {_VALUE}", ("base area",)),
        (rf"slant height{_GIVEN} {_VALUE}", ("slant height",)),
        (rf"(?:central )?angle{_GIVEN} {_VALUE}", ("angle",)),
        (rf"leg{_GIVEN} {_VALUE}", ("leg1",)),
        (rf"(?:side|edge|side length|edge length){_GIVEN} {_VALUE}", ("side",)),
        *((rf"{name}{_GIVEN} {_VALUE}", (name,)) for name in (
            "radius", "diameter", "circumference", "length", "width", "height", "base", "hypotenuse", "diagonal",
            "area", "perimeter", "volume",
        )),
        (rf"altitude{_GIVEN} {_VALUE}", ("height",)),
    )
)  # fmt: skip
_LITERAL: Final = re.compile(r"\d[\d.,]*")
_FILLER: Final = re.compile(
    r"\s+|,|(?:and|with|of|whose|having|has|that has|a|an|the|its|each|is|are|respectively|each side|all|where)\b",
    re.IGNORECASE,
)
_ROUGHLY: Final = r"(?P<roughly>approximately |about |roughly |around |≈ ?)?"
_HINTS: Final = vocabulary(
    """
    area perimeter circumference volume diagonal diagonals hypotenuse height altitude diameter radius angle
    angles midpoint distance slope gradient arc
    """
)
_ARTICLE: Final = r"(?:an? |the |this |each |one )?"
_MEASURE_OF: Final = re.compile(
    rf"\b{_MEASURE} of {_ARTICLE}{_SHAPE}(?P<given>[^.;?!:=]{{3,110}}?) {IS}"
    rf" {_ROUGHLY}(?P<result>{V})(?P<unit>{UNIT}){END}",
    re.IGNORECASE,
)
_SHAPE_HAS: Final = re.compile(
    rf"\b{_ARTICLE}{_SHAPE}(?P<given>[^.;?!:=]{{3,110}}?) has (?:an? |the )?{_MEASURE} (?:of|equal to|=)? ?{_ROUGHLY}"
    rf"(?P<result>{V})(?P<unit>{UNIT}){END}",
    re.IGNORECASE,
)
_POINT: Final = rf"(?:({V})|\(({V}), ?({V})\))"
_OF_POINTS: Final = re.compile(
    rf"\b(?:(?P<distance>distance)|(?P<midpoint>midpoint)|(?P<slope>slope|gradient))[\w ]{{0,40}}? (?:between"
    rf"|from|of|through"
    rf"|joining|connecting)(?: the)?(?: points?)? {_POINT} (?:and|to) {_POINT},? {IS} (?P<result>{_POINT}"
    rf"|{V}){UNIT}{END}",
    re.IGNORECASE,
)
_ANGLES: Final = re.compile(
    rf"\b(?:sum of (?:the )?(?:(?P<side>interior|exterior|internal|external) )?angles (?:of|in) (?:an?|the|any|every)"
    rf"(?: regular| convex)? (?P<polygon>{_POLYGON})|(?:each|every|an|the)(?: (?P<each>interior|exterior|internal"
    rf"|external)) angle of an? regular (?P<regular>{_POLYGON})) (?:{IS}|measures|adds up to) (?P<result>{V})"
    rf"(?P<unit> ?(?:degrees?|°))?{END}",
    re.IGNORECASE,
)
_DIAGONALS: Final = re.compile(
    rf"\ban? (?:regular |convex )?(?P<polygon>{_POLYGON}) has (?:exactly )?(?P<result>{V})"
    rf" diagonals{END}",
    re.IGNORECASE,
)


def find(phrase: Phrase) -> Iterator[Claim]:
    if phrase.words.isdisjoint(_HINTS):
        return
    for pattern in (_MEASURE_OF, _SHAPE_HAS):
        for match in pattern.finditer(phrase.text):
            if (formula := _measured(phrase, match)) is not None and phrase.asserts(match.start(), match.end()):
                yield phrase.claim(match.start(), match.end(), formula)
    for pattern, build in ((_OF_POINTS, _points), (_ANGLES, _angles), (_DIAGONALS, _diagonals)):
        for match in pattern.finditer(phrase.text):
            if (formula := build(phrase, match)) is not None and phrase.asserts(match.start(), match.end()):
                yield phrase.claim(match.start(), match.end(), formula)


def _chosen(match: re.Match[str], letter: str, table: tuple[tuple[str, str], ...]) -> str:
    return next(name for index, (name, _) in enumerate(table) if match[f"{letter}{index}"] is not None)


def _measured(phrase: Phrase, match: re.Match[str]) -> Geometry | None:
    shape, measure = _chosen(match, "s", _SHAPES), _chosen(match, "m", _MEASURES)
    given = _dimensions(phrase, match["given"])
    result, unit = bare(phrase.first(match["result"]))
    said = phrase.text[match.end("given") : match.start("result")].strip()
    if given is None or result is None:
        return None
    last = match["given"][-1]
    if said == "=" and re.match(V, last) and not _LITERAL.fullmatch(phrase.value(last).text.strip()):
        # "legs 7 and 3 + 8 = 11": the sign belongs to the sum before it.
        return None
    dimensions, units = given
    units |= _unit_names(match["unit"], unit)
    if len(units) > 1 or (match["roughly"] and not has_places(result)):
        return None
    if shape == "regular polygon":
        dimensions["n"] = num(_SIDES[match["polygon"].lower()])
    return _known(shape, measure, dimensions, result)


def _known(shape: str, measure: str, dimensions: dict[str, Expr], result: Expr) -> Geometry | None:
    """The formula with its dimensions named as `kinds.geometry` names them."""
    renamed = dimensions
    if shape in ("box",) and {"a", "b", "c"} == dimensions.keys():
        renamed = dict(zip(("length", "width", "height"), dimensions.values(), strict=True))
    elif shape == "right triangle" and {"length", "width"} == dimensions.keys():
        return None
    elif shape == "right triangle" and measure == "area" and {"base", "height"} == dimensions.keys():
        renamed = {"leg1": dimensions["base"], "leg2": dimensions["height"]}
    if shape == "box" and measure == "diagonal":
        measure = "space diagonal"
    if shape == "circle" and measure == "perimeter":
        measure = "circumference"
    if (shape, measure, frozenset(renamed)) not in KNOWN:
        return None
    return Geometry(shape=shape, measure=measure, dimensions=tuple(renamed.items()), result=result)


def _dimensions(phrase: Phrase, given: str) -> tuple[dict[str, Expr], set[str]] | None:
    """Every dimension named in `given` and the units used, or `None` if anything else stands there."""
    found: dict[str, Expr] = {}
    units: set[str] = set()
    position = 0
    while position < len(given):
        filler = _FILLER.match(given, position)
        if filler:
            position = filler.end()
            continue
        read_off = _named(given, position)
        if read_off is None:
            return None
        match, names = read_off
        for name, mark, written in zip(names, match.groups()[::2], match.groups()[1::2], strict=True):
            value, unit = bare(phrase.first(mark))
            if value is None or name in found:
                return None
            found[name] = value.args[0] if name == "angle" and _is_degree(value) and isinstance(value, Apply) else value
            units |= set() if name == "angle" else _unit_names(written, unit)
        position = match.end()
    return (found, units) if found else None


def _named(given: str, position: int) -> tuple[re.Match[str], tuple[str, ...]] | None:
    """The dimensions that stand at `position`, with their names."""
    for pattern, names in _DIMENSIONS:
        if match := pattern.match(given, position):
            return match, names
    return None


def _is_degree(value: Expr) -> bool:
    return isinstance(value, Apply) and value.head == "degree"


def _unit_names(written: str | None, unit: Expr | None) -> set[str]:
    """The units of length behind what was written: `m` for "square metres" and for m²."""
    if unit is not None:
        return {node.name for node in walk(unit) if isinstance(node, Unit)} - {"unit", "square", "cubic"}
    word = re.sub(r"(?i)\b(?:square|cubic|squared|cubed|sq\.?|cu\.?|units?)\b|[²³]|\^[23]|[\s.]", "", written or "")
    return {UNITS.get(word.lower(), word.lower())} if word else set()


def _coordinates(phrase: Phrase, groups: tuple[str | None, ...]) -> tuple[Expr, Expr] | None:
    single, first, second = groups
    if single is not None:
        point = phrase.first(single)
        if isinstance(point, Apply) and point.head == "tuple" and len(point.args) == 2:
            return point.args[0], point.args[1]
        return None
    x, y = (phrase.first(mark) if mark else None for mark in (first, second))
    return None if x is None or y is None else (x, y)


def _points(phrase: Phrase, match: re.Match[str]) -> Geometry | None:
    groups = match.groups()[3:]
    start, end = _coordinates(phrase, groups[0:3]), _coordinates(phrase, groups[3:6])
    if start is None or end is None:
        return None
    measure = next(name for name in ("distance", "midpoint", "slope") if match[name] is not None)
    result: Expr | None
    if measure == "midpoint":
        middle = _coordinates(phrase, groups[7:10])
        result = None if middle is None else app("tuple", *middle)
    else:
        result, _ = bare(phrase.first(match["result"]) if len(match["result"]) == 1 else None)
    if result is None:
        return None
    dimensions = (("x1", start[0]), ("y1", start[1]), ("x2", end[0]), ("y2", end[1]))
    return Geometry(shape="points", measure=measure, dimensions=dimensions, result=result)


def _angles(phrase: Phrase, match: re.Match[str]) -> Geometry | None:
    result = phrase.first(match["result"])
    if result is None or not (_is_degree(result) or match["unit"]):
        return None
    polygon = match["polygon"] or match["regular"]
    inner = (match["side"] or match["each"] or "interior").lower() in ("interior", "internal")
    where = "interior" if inner else "exterior"
    shape, measure = ("polygon", f"{where} angle sum") if match["polygon"] else ("regular polygon", f"{where} angle")
    n = num(_SIDES[polygon.lower()])
    return Geometry(shape=shape, measure=measure, dimensions=(("n", n),), result=result)


def _diagonals(phrase: Phrase, match: re.Match[str]) -> Geometry | None:
    result = phrase.first(match["result"])
    n = num(_SIDES[match["polygon"].lower()])
    if result is None:
        return None
    return Geometry(shape="polygon", measure="number of diagonals", dimensions=(("n", n),), result=result)
