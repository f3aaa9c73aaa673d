"""The values that a real function of one letter takes, as disjoint pieces of the line.

Exact for a quotient of polynomials of degree at most two, over its natural domain, and for what elementary functions
make of it one after the other; the letter stands in one place then, and the image of an image is the image.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

import msgspec
from flint import fmpq, fmpq_poly

from verifiers import exact
from verifiers.expr import Apply, Const, Expr, Sym, Text, app, free_symbols, num
from verifiers.kinds._wholes import UnsuitedError

INF: Final = Const("inf")
MINUS_INF: Final = app("neg", INF)
VALUE: Final = Sym("y")
_FIELD: Final = frozenset({"add", "mul", "neg", "div", "pow"})


class Piece(msgspec.Struct, frozen=True):
    low: Expr
    low_closed: bool
    high: Expr
    high_closed: bool


_LINE: Final = Piece(MINUS_INF, False, INF, False)


def image(body: Expr, letter: str) -> Expr:
    """The set of values, as a union of intervals or a condition on `y`.

    Raises:
        UnsuitedError: it could not be found.
    """
    ratio = _ratio(body, letter)
    if ratio is not None:
        top, bottom = ratio
        common = top.gcd(bottom)
        if common.degree() <= 0 and max(top.degree(), bottom.degree()) == 2 and bottom.degree() > 0:
            return _of_squares(top, bottom)
    return _union(_pieces(body, letter))


def _union(pieces: Sequence[Piece]) -> Expr:
    intervals = [Apply("interval", (p.low, p.high, _end(p.low_closed), _end(p.high_closed))) for p in pieces]
    if not intervals:
        return Const("empty")
    if list(pieces) == [_LINE]:
        return Const("reals")
    return intervals[0] if len(intervals) == 1 else Apply("union", tuple(intervals))


def _end(closed: bool) -> Text:
    return Text("closed" if closed else "open")


def _ratio(tree: Expr, letter: str) -> tuple[fmpq_poly, fmpq_poly] | None:
    """Numerator and denominator as polynomials in the letter, common factors kept."""
    if not isinstance(tree, Apply):
        if tree == Sym(letter):
            return fmpq_poly([0, 1]), fmpq_poly([1])
        value = exact.value(tree)
        return None if not isinstance(value, Fraction) else (fmpq_poly([_q(value)]), fmpq_poly([1]))
    if letter not in free_symbols(tree):
        value = exact.value(tree)
        return None if not isinstance(value, Fraction) else (fmpq_poly([_q(value)]), fmpq_poly([1]))
    if tree.head not in _FIELD:
        return None
    if tree.head == "pow":
        base, exponent = _ratio(tree.args[0], letter), exact.value(tree.args[1])
        if (
            base is None
            or not isinstance(exponent, Fraction)
            or exponent.denominator != 1
            or not 0 < abs(exponent) <= 8
        ):
            return None
        top, bottom = base if exponent > 0 else base[::-1]
        return top ** abs(int(exponent)), bottom ** abs(int(exponent))
    parts = [_ratio(argument, letter) for argument in tree.args]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    top, bottom = known[0]
    for p, q in known[1:]:
        match tree.head:
            case "add":
                top, bottom = (top + p, bottom) if bottom == q else (top * q + p * bottom, bottom * q)
            case "mul":
                top, bottom = top * p, bottom * q
            case _:
                top, bottom = top * q, bottom * p
    return (-top, bottom) if tree.head == "neg" else (top, bottom)


def _q(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


def _f(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def _of_squares(top: fmpq_poly, bottom: fmpq_poly) -> Expr:
    """y is taken where top - y·bottom has a real root; coprime, so that no root is a pole."""
    a, b, c = ((_f(top[k]), _f(bottom[k])) for k in (2, 1, 0))
    square = b[1] * b[1] - 4 * a[1] * c[1]
    linear = 4 * (a[0] * c[1] + a[1] * c[0]) - 2 * b[0] * b[1]
    constant = b[0] * b[0] - 4 * a[0] * c[0]
    terms = app("mul", num(square), app("pow", VALUE, num(2))), app("mul", num(linear), VALUE), num(constant)
    real = app("ge", app("add", *terms), num(0))
    if a[1] == 0:
        return app("such_that", VALUE, real)
    at = a[0] / a[1]
    quadratic = app("and", app("ne", VALUE, num(at)), real)
    if b[0] - at * b[1] != 0:
        return app("such_that", VALUE, app("or", quadratic, app("eq", VALUE, num(at))))
    return app("such_that", VALUE, quadratic)


def _of_ratio(top: fmpq_poly, bottom: fmpq_poly) -> list[Piece]:
    """Of degree at most one over one, where holes take their value away; of a polynomial of odd degree, of degree two,
    or of degree two in the square of the letter.
    """
    common = top.gcd(bottom)
    if common.degree() > 0:
        holes = [-_f(factor[0]) / _f(factor[1]) for factor, _ in common.factor()[1] if factor.degree() == 1]
        if any(factor.degree() > 1 for factor, _ in common.factor()[1]):
            raise UnsuitedError("a common factor of higher degree")
        top, bottom = top // common, bottom // common
    else:
        holes = []
    if max(top.degree(), bottom.degree()) <= 1:
        return _of_lines(top, bottom, holes)
    if holes:
        raise UnsuitedError("a hole in a function that is not one to one")
    if bottom.degree() == 0 and top.degree() % 2:
        return [_LINE]
    if bottom.degree() == 0 and top.degree() == 2:
        a, b, c = (_f(top[k]) / _f(bottom[0]) for k in (2, 1, 0))
        peak = num(c - b * b / (4 * a))
        return [Piece(peak, True, INF, False) if a > 0 else Piece(MINUS_INF, False, peak, True)]
    if bottom.degree() == 0 and top.degree() == 4 and not (_f(top[1]) or _f(top[3])):
        a, b, c = (_f(top[k]) / _f(bottom[0]) for k in (4, 2, 0))
        peak = num(c - b * b / (4 * a) if a * b < 0 else c)
        return [Piece(peak, True, INF, False) if a > 0 else Piece(MINUS_INF, False, peak, True)]
    raise UnsuitedError("a quotient of higher degree")


def _of_lines(top: fmpq_poly, bottom: fmpq_poly, holes: Sequence[Fraction]) -> list[Piece]:
    a, b, c, d = (_f(v) for v in (top[1], top[0], bottom[1], bottom[0]))
    if a * d == b * c:
        raise UnsuitedError("a constant")
    missing = {(a * at + b) / (c * at + d) for at in holes if c * at + d}
    if c:
        missing.add(a / c)
    ends: list[Expr] = [MINUS_INF, *(num(value) for value in sorted(missing)), INF]
    return [Piece(low, False, high, False) for low, high in pairwise(ends)]


def _pieces(tree: Expr, letter: str) -> list[Piece]:
    ratio = _ratio(tree, letter)
    if ratio is not None and max(part.degree() for part in ratio) <= 24:
        try:
            return _of_ratio(*ratio)
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
            return _falling(pieces, lambda end: app("neg", end))
        case "add":
            return _rising(pieces, lambda end: app("add", end, *others))
        case "mul":
            return _scaled(pieces, app("mul", *others) if len(others) > 1 else others[0])
        case "div" if inner == 0:
            return _scaled(pieces, app("div", num(1), others[0]))
        case "div":
            return _scaled(_inverted(pieces), others[0])
        case "sqrt":
            return _rising(_from(pieces, num(0), True), lambda end: app("sqrt", end))
        case "abs":
            return _absolute(pieces)
        case "root" if _whole(others[0]) is not None:
            index = _whole(others[0]) or 0
            if index % 2 == 0:
                return _rising(_from(pieces, num(0), True), lambda end: app("root", end, others[0]))
            return _rising(pieces, lambda end: app("root", end, others[0]))
        case "pow" if inner == 0:
            return _powered(pieces, others[0])
        case "pow" | "exp":
            return _exponential(pieces, others[0] if others else Const("e"))
        case "ln" | "log":
            return _logarithm(pieces, others[0] if others else num(10))
        case "sin" | "cos" if any(INF in (p.high, _minus(p.low)) for p in pieces):
            return [Piece(num(-1), True, num(1), True)]
        case "arctan" if pieces == [_LINE]:
            half = app("div", Const("pi"), num(2))
            return [Piece(app("neg", half), False, half, False)]
    raise UnsuitedError(f"the image under {tree.head}")


def _minus(end: Expr) -> Expr:
    return INF if end == MINUS_INF else MINUS_INF if end == INF else end


def _plain(end: Expr) -> Expr:
    value = exact.value(end)
    return num(value) if isinstance(value, Fraction) else end


def _rising(pieces: Sequence[Piece], put: Callable[[Expr], Expr]) -> list[Piece]:
    """Under an increasing function that has no limit at the ends of the line."""

    def at(end: Expr) -> Expr:
        return end if end in (INF, MINUS_INF) else _plain(put(end))

    return [Piece(at(p.low), p.low_closed, at(p.high), p.high_closed) for p in pieces]


def _falling(pieces: Sequence[Piece], put: Callable[[Expr], Expr]) -> list[Piece]:
    def at(end: Expr) -> Expr:
        return _minus(end) if end in (INF, MINUS_INF) else _plain(put(end))

    return [Piece(at(p.high), p.high_closed, at(p.low), p.low_closed) for p in reversed(pieces)]


def _scaled(pieces: Sequence[Piece], factor: Expr) -> list[Piece]:
    positive = exact.holds(app("gt", factor, num(0)))
    if positive is True:
        return _rising(pieces, lambda end: app("mul", factor, end))
    if exact.holds(app("lt", factor, num(0))) is True:
        return _falling(pieces, lambda end: app("mul", factor, end))
    raise UnsuitedError("a factor whose sign is not known")


def _less(a: Expr, b: Expr) -> bool:
    if a == b:
        return False
    if a == MINUS_INF or b == INF:
        return True
    if a == INF or b == MINUS_INF:
        return False
    truth = exact.holds(app("lt", a, b))
    if truth is None:
        raise UnsuitedError("ends that cannot be put in order")
    return truth


def _same(a: Expr, b: Expr) -> bool:
    return not _less(a, b) and not _less(b, a)


def _from(pieces: Sequence[Piece], low: Expr, closed: bool) -> list[Piece]:
    """The part of the pieces from `low` upwards."""
    kept = []
    for p in pieces:
        if _less(p.high, low) or (_same(p.high, low) and not (p.high_closed and closed)):
            continue
        if _less(p.low, low) or (_same(p.low, low) and not closed):
            kept.append(Piece(low, closed, p.high, p.high_closed))
        else:
            kept.append(p)
    return kept


def _upto(pieces: Sequence[Piece], high: Expr, closed: bool) -> list[Piece]:
    negated = _falling(pieces, lambda end: app("neg", end))
    return _falling(_from(negated, _plain(app("neg", high)), closed), lambda end: app("neg", end))


def _merged(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces that may overlap, as disjoint ones from left to right."""
    rest = list(pieces)
    found: list[Piece] = []
    while rest:
        first = rest[0]
        for p in rest[1:]:
            if _less(p.low, first.low) or (_same(p.low, first.low) and p.low_closed and not first.low_closed):
                first = p
        rest.remove(first)
        if found:
            last = found[-1]
            touching = _less(first.low, last.high) or (
                _same(first.low, last.high) and (first.low_closed or last.high_closed)
            )
            if touching:
                longer = first if _less(last.high, first.high) else last
                closed = longer.high_closed or (
                    _same(last.high, first.high) and (first.high_closed or last.high_closed)
                )
                found[-1] = Piece(last.low, last.low_closed, longer.high, closed)
                continue
        found.append(first)
    return found


def _absolute(pieces: Sequence[Piece]) -> list[Piece]:
    zero = num(0)
    return _merged([
        *_from(pieces, zero, True),
        *_falling(_upto(pieces, zero, True), lambda end: app("neg", end)),
    ])  # fmt: skip


def _powered(pieces: Sequence[Piece], exponent: Expr) -> list[Piece]:
    power = _whole(exponent)
    value = exact.value(exponent)
    if power is None:
        if isinstance(value, Fraction) and value.denominator == 2 and value > 0:
            return _rising(_from(pieces, num(0), True), lambda end: app("pow", end, num(value)))
        raise UnsuitedError("a power with no whole exponent")
    if power == 0:
        raise UnsuitedError("a power of zero")
    base = pieces if power > 0 else _inverted(pieces)
    size = num(abs(power))
    if power % 2:
        return _rising(base, lambda end: app("pow", end, size))
    return _rising(_absolute(base), lambda end: app("pow", end, size))


def _inverted(pieces: Sequence[Piece]) -> list[Piece]:
    """Under 1/t, zero left out."""
    zero, found = num(0), []
    for p in [*_upto(pieces, zero, False), *_from(pieces, zero, False)]:
        low, high = (zero if end in (INF, MINUS_INF) else None if _same(end, zero) else _plain(app("div", num(1), end))
                     for end in (p.high, p.low))  # fmt: skip
        negative = not _less(zero, p.high)
        found.append(
            Piece(
                MINUS_INF if low is None and negative else low or zero, low is not None and p.high_closed,
                INF if high is None and not negative else high or zero, high is not None and p.low_closed,
            )
        )  # fmt: skip
    return _merged(found)


def _exponential(pieces: Sequence[Piece], base: Expr) -> list[Piece]:
    if exact.holds(app("gt", base, num(1))) is True:
        rising = list(pieces)
    elif exact.holds(app("gt", base, num(0))) is True and exact.holds(app("lt", base, num(1))) is True:
        rising, base = _falling(pieces, lambda end: app("neg", end)), app("div", num(1), base)
    else:
        raise UnsuitedError("an exponential with no positive base")

    def at(end: Expr) -> Expr:
        return num(0) if end == MINUS_INF else INF if end == INF else _plain(app("pow", base, end))

    return [Piece(at(p.low), p.low_closed, at(p.high), p.high_closed) for p in rising]


def _logarithm(pieces: Sequence[Piece], base: Expr) -> list[Piece]:
    """Only of what reaches from zero or to infinity: other ends have no plain form."""
    found = []
    for p in _from(pieces, num(0), False):
        if not _same(p.low, num(0)) and p.low != num(1):
            raise UnsuitedError("an end that is a logarithm")
        if p.high not in (INF, num(1)):
            raise UnsuitedError("an end that is a logarithm")
        low = num(0) if p.low == num(1) else MINUS_INF
        found.append(Piece(low, p.low_closed and p.low == num(1), INF if p.high == INF else num(0), p.high_closed))
    if exact.holds(app("gt", base, num(1))) is True:
        return found
    if exact.holds(app("gt", base, num(0))) is True and exact.holds(app("lt", base, num(1))) is True:
        return _falling(found, lambda end: app("neg", end))
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
    if angle is None or _pieces(angle, letter) != [_LINE]:
        raise UnsuitedError("the letter in several places")
    squares = [app("pow", factor, num(2)) for factor in found.values()]
    reach = _plain(app("sqrt", app("add", *squares) if len(squares) > 1 else squares[0]))
    pieces = [Piece(_plain(app("neg", reach)), True, reach, True)]
    return _rising(pieces, lambda end: app("add", end, *shift)) if shift else pieces


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
