"""The values that a real function of one letter takes, as disjoint pieces of the line.

Exact for a quotient of polynomials of degree at most two, over its natural domain, and for what elementary functions
make of it one after the other; the letter stands in one place then, and the image of an image is the image.
"""

from collections.abc import Sequence
from fractions import Fraction

from verifiers import exact
from verifiers.expr import Apply, Const, Expr, Text, app, free_symbols, num
from verifiers.kinds._line import (
    INF,
    LINE,
    MINUS_INF,
    Piece,
    above,
    absolute,
    falling,
    inverted,
    minus,
    plain,
    rising,
    same,
    scaled,
)
from verifiers.kinds._ratio_images import of_ratio, of_squares, ratio
from verifiers.kinds._wholes import UnsuitedError


def image(body: Expr, letter: str) -> Expr:
    """The set of values, as a union of intervals or a condition on `y`.

    Raises:
        UnsuitedError: it could not be found.
    """
    quotient = ratio(body, letter)
    if quotient is not None:
        top, bottom = quotient
        common = top.gcd(bottom)
        if common.degree() <= 0 and max(top.degree(), bottom.degree()) == 2 and bottom.degree() > 0:
            return of_squares(top, bottom)
    return _union(_pieces(body, letter))


def _union(pieces: Sequence[Piece]) -> Expr:
    intervals = [Apply("interval", (p.low, p.high, _end(p.low_closed), _end(p.high_closed))) for p in pieces]
    if not intervals:
        return Const("empty")
    if list(pieces) == [LINE]:
        return Const("reals")
    return intervals[0] if len(intervals) == 1 else Apply("union", tuple(intervals))


def _end(closed: bool) -> Text:
    return Text("closed" if closed else "open")


def _pieces(tree: Expr, letter: str) -> list[Piece]:
    quotient = ratio(tree, letter)
    if quotient is not None and max(part.degree() for part in quotient) <= 24:
        try:
            return of_ratio(*quotient)
        except UnsuitedError:
            if isinstance(tree, Apply) and _inner(tree, letter) is None:
                raise
    if not isinstance(tree, Apply):
        raise UnsuitedError("no function of the letter")
    inner = _inner(tree, letter)
    if inner is None:
        return _waves(tree, letter)
    return _step(tree, inner, _pieces(tree.args[inner], letter))


def _inner(tree: Apply, letter: str) -> int | None:
    """The one argument with the letter in it."""
    found = [at for at, argument in enumerate(tree.args) if letter in free_symbols(argument)]
    return found[0] if len(found) == 1 else None


def _step(tree: Apply, inner: int, pieces: list[Piece]) -> list[Piece]:
    """The image of the pieces under the outermost operation of the tree."""
    others = tuple(argument for at, argument in enumerate(tree.args) if at != inner)
    match tree.head:
        case "neg":
            return falling(pieces, lambda end: app("neg", end))
        case "add":
            return rising(pieces, lambda end: app("add", end, *others))
        case "mul":
            return scaled(pieces, app("mul", *others) if len(others) > 1 else others[0])
        case "div" if inner == 0:
            return scaled(pieces, app("div", num(1), others[0]))
        case "div":
            return scaled(inverted(pieces), others[0])
        case "sqrt":
            return rising(above(pieces, num(0), True), lambda end: app("sqrt", end))
        case "abs":
            return absolute(pieces)
        case "root" if _whole(others[0]) is not None:
            index = _whole(others[0]) or 0
            if index % 2 == 0:
                return rising(above(pieces, num(0), True), lambda end: app("root", end, others[0]))
            return rising(pieces, lambda end: app("root", end, others[0]))
        case "pow" if inner == 0:
            return _powered(pieces, others[0])
        case "pow" | "exp":
            return _exponential(pieces, others[0] if others else Const("e"))
        case "ln" | "log":
            return _logarithm(pieces, others[0] if others else num(10))
        case "sin" | "cos" if any(INF in (p.high, minus(p.low)) for p in pieces):
            return [Piece(num(-1), True, num(1), True)]
        case "arctan" if pieces == [LINE]:
            half = app("div", Const("pi"), num(2))
            return [Piece(app("neg", half), False, half, False)]
    raise UnsuitedError(f"the image under {tree.head}")


def _powered(pieces: Sequence[Piece], exponent: Expr) -> list[Piece]:
    power = _whole(exponent)
    value = exact.value(exponent)
    if power is None:
        if isinstance(value, Fraction) and value.denominator == 2 and value > 0:
            return rising(above(pieces, num(0), True), lambda end: app("pow", end, num(value)))
        raise UnsuitedError("a power with no whole exponent")
    if power == 0:
        raise UnsuitedError("a power of zero")
    base = pieces if power > 0 else inverted(pieces)
    size = num(abs(power))
    if power % 2:
        return rising(base, lambda end: app("pow", end, size))
    return rising(absolute(base), lambda end: app("pow", end, size))


def _exponential(pieces: Sequence[Piece], base: Expr) -> list[Piece]:
    if exact.holds(app("gt", base, num(1))) is True:
        rising = list(pieces)
    elif exact.holds(app("gt", base, num(0))) is True and exact.holds(app("lt", base, num(1))) is True:
        rising, base = falling(pieces, lambda end: app("neg", end)), app("div", num(1), base)
    else:
        raise UnsuitedError("an exponential with no positive base")

    def at(end: Expr) -> Expr:
        return num(0) if end == MINUS_INF else INF if end == INF else plain(app("pow", base, end))

    return [Piece(at(p.low), p.low_closed, at(p.high), p.high_closed) for p in rising]


def _logarithm(pieces: Sequence[Piece], base: Expr) -> list[Piece]:
    """Only of what reaches from zero or to infinity: other ends have no plain form."""
    found = []
    for p in above(pieces, num(0), False):
        if not same(p.low, num(0)) and p.low != num(1):
            raise UnsuitedError("an end that is a logarithm")
        if p.high not in (INF, num(1)):
            raise UnsuitedError("an end that is a logarithm")
        low = num(0) if p.low == num(1) else MINUS_INF
        found.append(Piece(low, p.low_closed and p.low == num(1), INF if p.high == INF else num(0), p.high_closed))
    if exact.holds(app("gt", base, num(1))) is True:
        return found
    if exact.holds(app("gt", base, num(0))) is True and exact.holds(app("lt", base, num(1))) is True:
        return falling(found, lambda end: app("neg", end))
    raise UnsuitedError("a logarithm to no known base")


def _whole(tree: Expr) -> int | None:
    value = exact.value(tree)
    return int(value) if isinstance(value, Fraction) and value.denominator == 1 else None


def _waves(tree: Apply, letter: str) -> list[Piece]:
    """a·sin(u) + b·cos(u) + c with u linear in the letter."""
    if tree.head != "add":
        raise UnsuitedError("the letter in several places")
    found: dict[str, Expr] = {}
    angle: Expr | None = None
    shift: list[Expr] = []
    for term in tree.args:
        if letter not in free_symbols(term):
            shift.append(term)
            continue
        factor, wave = _wave(term, letter)
        if wave.head in found or (angle is not None and wave.args[0] != angle):
            raise UnsuitedError("waves of several kinds")
        found[wave.head], angle = factor, wave.args[0]
    if angle is None or _pieces(angle, letter) != [LINE]:
        raise UnsuitedError("the letter in several places")
    squares = [app("pow", factor, num(2)) for factor in found.values()]
    reach = plain(app("sqrt", app("add", *squares) if len(squares) > 1 else squares[0]))
    pieces = [Piece(plain(app("neg", reach)), True, reach, True)]
    return rising(pieces, lambda end: app("add", end, *shift)) if shift else pieces


def _wave(term: Expr, letter: str) -> tuple[Expr, Apply]:
    if isinstance(term, Apply):
        if term.head in ("sin", "cos"):
            return num(1), term
        if term.head == "neg":
            factor, wave = _wave(term.args[0], letter)
            return app("neg", factor), wave
        if term.head == "mul" and _inner(term, letter) is not None:
            at = _inner(term, letter) or 0
            factor, wave = _wave(term.args[at], letter)
            others = [argument for k, argument in enumerate(term.args) if k != at]
            return app("mul", factor, *others), wave
    raise UnsuitedError("the letter in several places")
