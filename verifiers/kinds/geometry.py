"""Measures of standard shapes from their dimensions: "a circle with radius 5 has area 25π".

`_MEASURES` is the list of what is known: shape, measure, the dimensions it is computed from (in the order of the
builder's arguments) and the value. Several rows for one shape, measure and set of dimensions are readings of which
the claim must fail all to be refuted. Angles are in degrees.
"""

from collections.abc import Callable
from typing import Final, TypeAlias

from verifiers.claims import Geometry
from verifiers.expr import Apply, Expr, app
from verifiers.kinds._judgement import compare, decide, obstacle, plain_value, simplest
from verifiers.kinds._terms import PI, both, equal, leaf, minus, over, plus, power, root, square, times
from verifiers.protocol import Budget
from verifiers.verdicts import Reason, Verdict, undecided

Row: TypeAlias = tuple[str, str, tuple[str, ...], Callable[..., Expr]]


def verify(formula: Geometry, budget: Budget) -> Verdict:
    """Computes the measure from the dimensions and compares the claimed value."""
    dimensions = dict(formula.dimensions)
    if (problem := obstacle([*dimensions.values(), formula.result], budget)) is not None:
        return problem
    if any(value is not None and value <= 0 for name, d in dimensions.items() if name not in _COORDINATES
           for value in [plain_value(d)]):  # fmt: skip
        return undecided(Reason.UNDEFINED, "a length that is not positive")
    if formula.shape == "triangle" and {"a", "b", "c"} <= dimensions.keys() and not _closes(dimensions):
        return undecided(Reason.INCONSISTENT_CONTEXT, "these sides make no triangle")
    if formula.measure == "midpoint":
        return _midpoint(dimensions, formula.result, budget)
    expected = [
        build(*(dimensions[name] for name in names))
        for shape, measure, names, build in _MEASURES
        if shape == formula.shape and measure == formula.measure and set(names) == dimensions.keys()
    ]
    if not expected:
        return undecided(Reason.UNSUPPORTED, f"{formula.measure} of {formula.shape} from {', '.join(dimensions)}")
    what = f"The {formula.measure} of the {formula.shape}"
    return compare(expected, _degrees(formula.result), f"geometry: {formula.measure} of {formula.shape}", what, budget)


_COORDINATES: Final = frozenset({"x1", "y1", "x2", "y2"})


def _degrees(result: Expr) -> Expr:
    return result.args[0] if isinstance(result, Apply) and result.head == "degree" else result


def _closes(dimensions: dict[str, Expr]) -> bool:
    sides = [plain_value(dimensions[name]) for name in ("a", "b", "c")]
    known = [side for side in sides if side is not None]
    return len(known) < 3 or 2 * max(known) < sum(known)


def _midpoint(dimensions: dict[str, Expr], claimed: Expr, budget: Budget) -> Verdict:
    if dimensions.keys() != _COORDINATES or not (isinstance(claimed, Apply) and len(claimed.args) == 2):
        return undecided(Reason.UNSUPPORTED, "a midpoint has two coordinates")
    middles = [over(plus(dimensions[f"{axis}1"], dimensions[f"{axis}2"]), 2) for axis in "xy"]
    relation = both([equal(value, given) for value, given in zip(middles, claimed.args, strict=True)])
    return decide(relation, "geometry: midpoint", found=app("tuple", *(simplest(m) for m in middles)))


def _heron(a: Expr, b: Expr, c: Expr) -> Expr:
    s = over(plus(a, b, c), 2)
    return root(times(s, minus(s, a), minus(s, b), minus(s, c)))


def _half(value: Expr) -> Expr:
    return over(value, 2)


def _tangent(n: Expr) -> Expr:
    return app("tan", over(PI, n))


def _slant(r: Expr, h: Expr) -> Expr:
    return root(plus(square(r), square(h)))


def _leg(leg: Expr, hypotenuse: Expr) -> Expr:
    return root(minus(square(hypotenuse), square(leg)))


def _distance(x1: Expr, y1: Expr, x2: Expr, y2: Expr) -> Expr:
    return root(plus(square(minus(x2, x1)), square(minus(y2, y1))))


_ROOT3: Final = root(3)

_MEASURES: Final[tuple[Row, ...]] = (
    ("circle", "area", ("radius",), lambda r: times(PI, square(r))),
    ("circle", "area", ("diameter",), lambda d: times(PI, square(_half(d)))),
    ("circle", "area", ("circumference",), lambda c: over(square(c), times(4, PI))),
    ("circle", "circumference", ("radius",), lambda r: times(2, PI, r)),
    ("circle", "circumference", ("diameter",), lambda d: times(PI, d)),
    ("circle", "circumference", ("area",), lambda a: times(2, root(times(PI, a)))),
    ("circle", "diameter", ("radius",), lambda r: times(2, r)),
    ("circle", "diameter", ("circumference",), lambda c: over(c, PI)),
    ("circle", "diameter", ("area",), lambda a: times(2, root(over(a, PI)))),
    ("circle", "radius", ("diameter",), _half),
    ("circle", "radius", ("circumference",), lambda c: over(c, times(2, PI))),
    ("circle", "radius", ("area",), lambda a: root(over(a, PI))),
    ("semicircle", "area", ("radius",), lambda r: _half(times(PI, square(r)))),
    ("semicircle", "area", ("diameter",), lambda d: over(times(PI, square(d)), 8)),
    ("semicircle", "perimeter", ("radius",), lambda r: plus(times(PI, r), times(2, r))),
    ("semicircle", "perimeter", ("radius",), lambda r: times(PI, r)),
    ("semicircle", "perimeter", ("diameter",), lambda d: plus(_half(times(PI, d)), d)),
    ("semicircle", "perimeter", ("diameter",), lambda d: _half(times(PI, d))),
    ("sector", "area", ("radius", "angle"), lambda r, a: times(over(a, 360), PI, square(r))),
    ("sector", "arc length", ("radius", "angle"), lambda r, a: times(over(a, 180), PI, r)),
    ("square", "area", ("side",), square),
    ("square", "area", ("diagonal",), lambda d: _half(square(d))),
    ("square", "area", ("perimeter",), lambda p: square(over(p, 4))),
    ("square", "perimeter", ("side",), lambda s: times(4, s)),
    ("square", "perimeter", ("area",), lambda a: times(4, root(a))),
    ("square", "diagonal", ("side",), lambda s: times(s, root(2))),
    ("square", "side", ("area",), root),
    ("square", "side", ("perimeter",), lambda p: over(p, 4)),
    ("square", "side", ("diagonal",), lambda d: over(d, root(2))),
    ("rectangle", "area", ("length", "width"), lambda a, b: times(a, b)),
    ("rectangle", "perimeter", ("length", "width"), lambda a, b: times(2, plus(a, b))),
    ("rectangle", "diagonal", ("length", "width"), _slant),
    ("rectangle", "width", ("area", "length"), over),
    ("rectangle", "length", ("area", "width"), over),
    ("triangle", "area", ("base", "height"), lambda b, h: _half(times(b, h))),
    ("triangle", "area", ("a", "b", "c"), _heron),
    ("triangle", "perimeter", ("a", "b", "c"), lambda a, b, c: plus(a, b, c)),
    ("equilateral triangle", "area", ("side",), lambda s: times(over(_ROOT3, 4), square(s))),
    ("equilateral triangle", "perimeter", ("side",), lambda s: times(3, s)),
    ("equilateral triangle", "height", ("side",), lambda s: times(over(_ROOT3, 2), s)),
    ("right triangle", "hypotenuse", ("leg1", "leg2"), _slant),
    ("right triangle", "leg", ("leg1", "hypotenuse"), _leg),
    ("right triangle", "area", ("leg1", "leg2"), lambda a, b: _half(times(a, b))),
    ("right triangle", "perimeter", ("leg1", "leg2"), lambda a, b: plus(a, b, _slant(a, b))),
    ("parallelogram", "area", ("base", "height"), lambda b, h: times(b, h)),
    ("rhombus", "area", ("d1", "d2"), lambda p, q: _half(times(p, q))),
    ("rhombus", "perimeter", ("side",), lambda s: times(4, s)),
    ("kite", "area", ("d1", "d2"), lambda p, q: _half(times(p, q))),
    ("trapezoid", "area", ("base1", "base2", "height"), lambda a, b, h: times(_half(plus(a, b)), h)),
    ("ellipse", "area", ("semi1", "semi2"), lambda a, b: times(PI, a, b)),
    ("ellipse", "area", ("axis1", "axis2"), lambda a, b: over(times(PI, a, b), 4)),
    ("regular polygon", "area", ("n", "side"), lambda n, s: over(times(n, square(s)), times(4, _tangent(n)))),
    ("regular polygon", "perimeter", ("n", "side"), lambda n, s: times(n, s)),
    ("regular polygon", "interior angle", ("n",), lambda n: over(times(180, minus(n, 2)), n)),
    ("regular polygon", "exterior angle", ("n",), lambda n: over(360, n)),
    ("regular polygon", "central angle", ("n",), lambda n: over(360, n)),
    ("polygon", "interior angle sum", ("n",), lambda n: times(180, minus(n, 2))),
    ("polygon", "exterior angle sum", ("n",), lambda n: times(360, over(n, n))),
    ("polygon", "number of diagonals", ("n",), lambda n: over(times(n, minus(n, 3)), 2)),
    ("cube", "volume", ("side",), lambda s: power(s, 3)),
    ("cube", "surface area", ("side",), lambda s: times(6, square(s))),
    ("cube", "space diagonal", ("side",), lambda s: times(s, _ROOT3)),
    ("cube", "side", ("volume",), lambda v: app("root", v, leaf(3))),
    ("box", "volume", ("length", "width", "height"), lambda a, b, c: times(a, b, c)),
    ("box", "surface area", ("length", "width", "height"),
     lambda a, b, c: times(2, plus(times(a, b), times(a, c), times(b, c)))),
    ("box", "space diagonal", ("length", "width", "height"),
     lambda a, b, c: root(plus(square(a), square(b), square(c)))),
    ("sphere", "volume", ("radius",), lambda r: times(over(4, 3), PI, power(r, 3))),
    ("sphere", "volume", ("diameter",), lambda d: times(over(1, 6), PI, power(d, 3))),
    ("sphere", "surface area", ("radius",), lambda r: times(4, PI, square(r))),
    ("sphere", "surface area", ("diameter",), lambda d: times(PI, square(d))),
    ("hemisphere", "volume", ("radius",), lambda r: times(over(2, 3), PI, power(r, 3))),
    ("hemisphere", "surface area", ("radius",), lambda r: times(3, PI, square(r))),
    ("hemisphere", "surface area", ("radius",), lambda r: times(2, PI, square(r))),
    ("cylinder", "volume", ("radius", "height"), lambda r, h: times(PI, square(r), h)),
    ("cylinder", "volume", ("diameter", "height"), lambda d, h: times(PI, square(_half(d)), h)),
    ("cylinder", "lateral area", ("radius", "height"), lambda r, h: times(2, PI, r, h)),
    ("cylinder", "surface area", ("radius", "height"), lambda r, h: times(2, PI, r, plus(r, h))),
    ("cylinder", "surface area", ("radius", "height"), lambda r, h: times(2, PI, r, h)),
    ("cone", "volume", ("radius", "height"), lambda r, h: times(over(1, 3), PI, square(r), h)),
    ("cone", "volume", ("diameter", "height"), lambda d, h: times(over(1, 3), PI, square(_half(d)), h)),
    ("cone", "slant height", ("radius", "height"), _slant),
    ("cone", "lateral area", ("radius", "slant height"), lambda r, l: times(PI, r, l)),
    ("cone", "lateral area", ("radius", "height"), lambda r, h: times(PI, r, _slant(r, h))),
    ("cone", "surface area", ("radius", "slant height"), lambda r, l: times(PI, r, plus(r, l))),
    ("cone", "surface area", ("radius", "slant height"), lambda r, l: times(PI, r, l)),
    ("cone", "surface area", ("radius", "height"), lambda r, h: times(PI, r, plus(r, _slant(r, h)))),
    ("cone", "surface area", ("radius", "height"), lambda r, h: times(PI, r, _slant(r, h))),
    ("pyramid", "volume", ("base area", "height"), lambda b, h: over(times(b, h), 3)),
    ("square pyramid", "volume", ("side", "height"), lambda s, h: over(times(square(s), h), 3)),
    ("prism", "volume", ("base area", "height"), lambda b, h: times(b, h)),
    ("points", "distance", ("x1", "y1", "x2", "y2"), _distance),
    ("points", "slope", ("x1", "y1", "x2", "y2"), lambda x1, y1, x2, y2: over(minus(y2, y1), minus(x2, x1))),
)  # fmt: skip

KNOWN: Final = frozenset((shape, measure, frozenset(names)) for shape, measure, names, _ in _MEASURES) | {
    ("points", "midpoint", _COORDINATES)
}
"""What can be computed: shape, measure and the dimensions it takes."""
