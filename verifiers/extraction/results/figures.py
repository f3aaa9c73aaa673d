"""Values of plane curves, points, polynomials and textbook models, as phrases name them.

"the area of the region enclosed by x^2 + y^2 = 6x", "the coefficient of x^3 in (1 + x)^5", "seconds in 2.5 minutes".
Each comes out as a closed tree over the numbers of the phrase, or not at all.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from math import factorial
from typing import Final

from verifiers.expr import Apply, Const, Expr, Sym, app, free_symbols, num
from verifiers.extraction.polynomials import Polynomial, expanded
from verifiers.extraction.results.curves import X, Y, area, centered, extreme, radius, vertex
from verifiers.extraction.results.matched import only, rational, slots
from verifiers.extraction.results.skeleton import Skeleton

_CURVE: Final = (
    r"(?:(?:whose|with|by|has|having|the|given|defined|equation|is|graph|of|region|circle|by the equation) )*"
)
_TIMES: Final = {
    "second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800,
}  # fmt: skip
_LENGTHS: Final = {"inch": 1, "inche": 1, "foot": 12, "feet": 12, "yard": 36, "mile": 63_360}
_METRES: Final = {"millimeter": 1, "centimeter": 10, "meter": 1_000, "kilometer": 1_000_000}
_MONEY: Final = {"cent": 1, "penny": 1, "pennie": 1, "nickel": 5, "dime": 10, "quarter": 25, "dollar": 100}
_WEIGHTS: Final = {"gram": 1, "kilogram": 1_000}
_OUNCES: Final = {"ounce": 1, "pound": 16}
_SCALES: Final = (_TIMES, _LENGTHS, _METRES, _MONEY, _WEIGHTS, _OUNCES)
_SIDES: Final = {
    "triangle": 3, "quadrilateral": 4, "pentagon": 5, "hexagon": 6, "heptagon": 7, "octagon": 8, "nonagon": 9,
    "decagon": 10, "dodecagon": 12,
}  # fmt: skip


def figures(phrase: str, skeleton: Skeleton) -> Iterator[Expr]:
    """Every value that a phrase (lower case, over slots) can be read as."""
    for pattern, reading in _PATTERNS:
        if match := pattern.fullmatch(phrase):
            found = reading(match, skeleton)
            if found is not None:
                yield found


def _converted(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    value = rational(only(match, skeleton))
    small, large = match["unit"], match["of"]
    for scale in _SCALES:
        if value is not None and small in scale and large in scale:
            return num(value * scale[large] / scale[small])
    return None


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


def _digit(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    """The largest or smallest digit N that makes 2345N divisible by a number."""
    letter, numeral, divisor = re.findall(r"«(\d+)»", match.group())
    name, by = skeleton.tree(letter), skeleton.tree(divisor)
    digits = skeleton.slots[int(numeral)].text.strip()
    if not isinstance(name, Sym) or by is None or not re.fullmatch(rf"\d*{re.escape(name.name)}\d*", digits):
        return None
    before, after = digits.split(name.name)
    whole = app(
        "add", num(int((before or "0") + "0" + after)), app("mul", num(10 ** len(after)), name)
    )  # fmt: skip
    low = 0 if before else 1
    condition = app(
        "and", app("in", name, Const("integers")), app("ge", name, num(low)), app("le", name, num(9)),
        app("divides", by, whole),
    )  # fmt: skip
    least = match["which"] in ("smallest", "least")
    return app("call", Sym("least" if least else "greatest"), app("such_that", name, condition))


def _asymptote(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    tree = only(match, skeleton)
    quotient = tree.args[1] if isinstance(tree, Apply) and tree.head == "eq" else tree
    if not isinstance(quotient, Apply) or quotient.head != "div":
        return None
    top, bottom = expanded(quotient.args[0]), expanded(quotient.args[1])
    if top is None or bottom is None or not all(key in ((), (("x", 1),)) for key in bottom):
        return None
    slope = bottom.get((("x", 1),), Fraction(0))
    if not slope:
        return None
    root = -bottom.get((), Fraction(0)) / slope
    value = sum((c * root ** dict(key).get("x", 0) for key, c in top.items()), Fraction(0))
    return num(root) if value and free_symbols(quotient) == {"x"} else None


def _reciprocals(tree: Expr) -> Expr:
    """`1/c` as a letter of its own."""
    if not isinstance(tree, Apply):
        return tree
    args = tuple(_reciprocals(argument) for argument in tree.args)
    if tree.head == "div" and isinstance(args[1], Sym):
        return app("mul", args[0], Sym("/" + args[1].name))
    return Apply(tree.head, args)


def laurent(tree: Expr) -> Polynomial | None:
    """The expansion with negative powers of single letters."""
    poly = expanded(_reciprocals(tree))
    if poly is None:
        return None
    found: Polynomial = {}
    for monomial, coefficient in poly.items():
        powers: Counter[str] = Counter()
        for letter, power in monomial:
            powers[letter.removeprefix("/")] += -power if letter.startswith("/") else power
        key = tuple(sorted((letter, power) for letter, power in powers.items() if power))
        found[key] = found.get(key, Fraction(0)) + coefficient
    return found


def _coefficient(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    trees = slots(match, skeleton)
    if len(trees) != 2:
        return None
    wanted, poly = expanded(trees[0]), laurent(trees[1])
    if wanted is None or poly is None or len(wanted) != 1 or set(wanted.values()) != {Fraction(1)}:
        return None
    return num(poly.get(tuple(sorted(next(iter(wanted)))), Fraction(0)))


def _leading(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    tree = only(match, skeleton)
    poly = expanded(tree) if tree is not None and len(free_symbols(tree)) == 1 else None
    if not poly:
        return None
    kept = {monomial: value for monomial, value in poly.items() if value}
    highest = max(kept, key=lambda monomial: sum(power for _, power in monomial), default=())
    return num(kept[highest]) if kept else None


def _constant_term(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    tree = only(match, skeleton)
    poly = laurent(tree) if tree is not None else None
    return None if poly is None else num(poly.get((), Fraction(0)))


def _arranged(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    del skeleton
    word = match["word"]
    count = factorial(len(word))
    for repeated in Counter(word).values():
        count //= factorial(repeated)
    return num(count) if 2 <= len(word) <= 20 else None


def _heads(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    trees = [rational(tree) for tree in slots(match, skeleton)]
    tosses = trees[0] if trees else None
    if tosses is None or tosses.denominator != 1 or not 1 <= tosses <= 60:
        return None
    said = match["count"]
    wanted = Fraction(1) if said in ("a", "one") else trees[-1] if len(trees) > 1 else None
    if wanted is None or wanted.denominator != 1:
        return None
    n, k = int(tosses), int(wanted)
    how = match["how"].strip()
    allowed = range(k, n + 1) if how == "at least" else range(k + 1) if how == "at most" else range(k, k + 1)
    terms = [app("binom", num(n), num(j)) for j in allowed if j <= n]
    if not terms or not how:
        return None
    return app("div", app("add", *terms) if len(terms) > 1 else terms[0], app("pow", num(2), num(n)))


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


def _term(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    """The n-th term of an arithmetic or geometric sequence from its first two terms."""
    slots = [skeleton.slots[int(index)] for index in re.findall(r"«(\d+)»", match.group())]
    found = [rational(slot.expr) for slot in slots[:2]]
    place = re.fullmatch(
        r"(\d{1,5})\s*(?:\^\s*)?\{?(?:\\(?:text|mathrm|rm)\s*\{?)?\s*(?:st|nd|rd|th)?[}\s]*", slots[-1].text
    )
    if len(slots) != 3 or place is None or None in found:
        return None
    first, second = (value for value in found if value is not None)
    n = int(place.group(1))
    if not 1 <= n <= 10_000 or not first:
        return None
    if match["sort"] == "arithmetic":
        return num(first + (n - 1) * (second - first))
    return app("mul", num(first), app("pow", num(second / first), num(n - 1)))


def whole_question(text: str, skeleton: Skeleton) -> Expr | None:
    """The value a whole question asks for, its sentences joined by " // "."""
    for pattern, reading in _QUESTIONS:
        if match := pattern.fullmatch(text):
            return reading(match, skeleton)
    return None


Reading = Callable[[re.Match[str], Skeleton], Expr | None]
_UNITS: Final = "|".join(unit for scale in _SCALES for unit in scale)
_EQUATION: Final = r"(?:the )?(?:equation )?«\d+»"
_SAID: Final[Sequence[tuple[str, Reading]]] = (
    (rf"(?:for )?how many (?P<unit>{_UNITS})s? (?:are (?:there )?|is )?in «\d+» (?P<of>{_UNITS})s?", _converted),
    (rf"(?:the )?area (?:of|enclosed by|bounded by|inside) {_CURVE}(?:enclosed |bounded )?{_CURVE}«\d+»", area),
    (rf"(?:the )?radius of (?:the )?circle {_CURVE}«\d+»", radius),
    (
        rf"(?:the )?(?:coordinates of (?:the )?)?center of (?:the )?(?:circle|hyperbola|ellipse) {_CURVE}«\d+»",
        centered,
    ),
    (
        rf"(?:the )?(?:coordinates of (?:the )?)?(?P<which>focus|vertex) of (?:the )?(?:parabola|graph) {_CURVE}«\d+»",
        vertex,
    ),
    (
        r"(?:the )?(?P<which>smallest|least|minimum|lowest|largest|greatest|maximum|highest)(?: possible)?"
        r"(?: real)? value of (?:the )?(?:quadratic |expression |function )*«\d+»(?: over all real numbers «\d+»)?",
        extreme,
    ),
    (
        r"(?:the )?area(?:, in square units,)? of (?:the|a) triangle with vertices (?:at )?(?:the points )?«\d+»,? "
        r"(?:and )?«\d+»,? (?:and )?«\d+»",
        _triangle,
    ),
    (
        r"(?:the )?midpoint of (?:the )?(?:line )?segment (?:with endpoints|joining|connecting"
        r"|with endpoints at) «\d+» and «\d+»",
        _midpoint,
    ),
    (
        r"(?:the )?slope of (?:the|a) line (?:passing through|through|containing|that passes through)"
        r"(?: the points)? «\d+» and «\d+»",
        _slope,
    ),
    (
        r"(?:the )?coefficient of (?:the )?«\d+»(?: term)? (?:in|when) (?:the )?(?:expansion of |polynomial "
        r"|product |expression )*«\d+»(?: is expanded)?",
        _coefficient,
    ),
    (
        r"(?:the )?leading coefficient (?:in|of) (?:the )?(?:polynomial |expression )?«\d+»"
        r"(?: after it is simplified)?",
        _leading,
    ),
    (r"(?:the )?constant term (?:in|of) (?:the )?(?:expansion of |polynomial |expression )*«\d+»", _constant_term),
    (
        r"how many (?:different |distinct |unique )*(?:arrangements|permutations|orderings|ways to arrange"
        r"|ways can) ?(?:of |are there of )?(?:you arrange )?(?:all )?(?:the )?letters (?:in|of) (?:the )?"
        r"(?:word )?['\"“‘]?(?P<word>[a-z]{2,20})['\"”’]?(?: are there| be arranged)?",
        _arranged,
    ),
    (
        r"(?:the )?probability (?:that|of getting|of obtaining) (?P<how>exactly|at least|at most) (?:«\d+»|"
        r"(?P<count>a|one)) (?:heads?|tails?) (?:when|if|in) «\d+» (?:fair )?(?:coins? (?:are|is) (?:tossed|flipped)"
        r"|tosses of a fair coin)",
        _heads,
    ),
    (
        r"how many diagonals (?:does|are in|are there in|can be drawn in) (?:a|this|the|an) (?:regular |convex )*(?:"
        r"(?P<name>[a-z]+)|«\d+»-sided (?:convex )?polygon|polygon with «\d+» sides)(?: have)?",
        _diagonals,
    ),
    (
        r"(?:the )?(?P<which>sum) of the (?:measures of the |degree measures of the )?interior angles (?:of|in) (?:a"
        r"|an|the) (?:regular |convex )*(?:(?P<name>[a-z]+)|«\d+»-sided polygon|polygon with «\d+» sides)",
        _angle_sum,
    ),
)
_PATTERNS: Final = tuple((re.compile(pattern), reading) for pattern, reading in _SAID)

_WHOLE: Final[Sequence[tuple[str, Reading]]] = (
    (
        r"at what point does the line (?:containing|through|passing through|that passes through)"
        r"(?: the points)? «\d+» and «\d+» (?:intersect|cross|meet) the «\d+»-axis",
        _intercept,
    ),
    (r"convert (?:the point )?«\d+» (?:in|from) polar coordinates (?:to|into) rectangular coordinates", _rectangular),
    (
        r"what is the (?P<which>largest|greatest|smallest|least) (?:possible )?digit «\d+» (?:for which|such that"
        r"|so that) (?:the (?:number|integer) )?«\d+» is divisible by «\d+»",
        _digit,
    ),
    (r"for (?:the graph of )?«\d+», at what «\d+»-value is there a vertical asymptote", _asymptote),
    (
        r"(?:(?:a|one) fair coin is (?:tossed|flipped) «\d+» times|[a-z]+ (?:tosses|flips) «\d+» (?:fair )?coins"
        r"|«\d+» (?:fair )?coins are (?:tossed|flipped))(?: and the sequence of heads and tails is recorded)?(?: //"
        r"|,) what is the probability (?:that (?:the sequence contains|he will get|she will get|there are|he gets"
        r"|she gets|you get|we get)|of getting|of obtaining) (?P<how>exactly|at least|at most) (?:«\d+»|"
        r"(?P<count>a|one)) (?:heads?|tails?)",
        _heads,
    ),
    (
        r"(?:a|the) regular polygon has (?:an |each )?exterior angles? (?:that measures?|of|measuring) «\d+»"
        r"(?: degrees)?(?: //|,) how many sides does the polygon have",
        _exterior,
    ),
    (
        r"in (?:the|an?) (?P<sort>arithmetic|geometric) (?:sequence|progression) with (?:a )?first term "
        r"(?:of )?«\d+» and (?:a )?second term (?:of )?«\d+», what is the «\d+» term",
        _term,
    ),
    (
        r"(?:(?:a|an|the) (?:particular |certain |regular |convex )*polygon [^/]{1,80} // )?how many diagonals does "
        r"(?:a|this|the) (?:«\d+»-sided (?:convex |regular )?polygon|(?:regular |convex )*(?P<name>[a-z]+)) have",
        _diagonals,
    ),
)
_QUESTIONS: Final = tuple((re.compile(pattern), reading) for pattern, reading in _WHOLE)
