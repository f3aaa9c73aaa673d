"""The values that quotients of polynomials take over their natural domain."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

from flint import fmpq, fmpq_poly

from verifiers import exact
from verifiers.expr import Apply, Expr, Sym, app, free_symbols, num
from verifiers.kinds._line import INF, LINE, MINUS_INF, Piece
from verifiers.kinds._wholes import UnsuitedError

VALUE: Final = Sym("y")
_FIELD: Final = frozenset({"add", "mul", "neg", "div", "pow"})


def ratio(tree: Expr, letter: str) -> tuple[fmpq_poly, fmpq_poly] | None:
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
        base, exponent = ratio(tree.args[0], letter), exact.value(tree.args[1])
        if (
            base is None
            or not isinstance(exponent, Fraction)
            or exponent.denominator != 1
            or not 0 < abs(exponent) <= 8
        ):
            return None
        top, bottom = base if exponent > 0 else base[::-1]
        return top ** abs(int(exponent)), bottom ** abs(int(exponent))
    parts = [ratio(argument, letter) for argument in tree.args]
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


def of_squares(top: fmpq_poly, bottom: fmpq_poly) -> Expr:
    """y is taken where top - y·bottom has a real root; coprime, so that no root is a pole."""
    a, b, c = ((_f(top[k]), _f(bottom[k])) for k in (2, 1, 0))
    square = b[1] * b[1] - 4 * a[1] * c[1]
    linear = 4 * (a[0] * c[1] + a[1] * c[0]) - 2 * b[0] * b[1]
    constant = b[0] * b[0] - 4 * a[0] * c[0]
    powers = (square, app("pow", VALUE, num(2))), (linear, VALUE)
    terms: list[Expr] = [power if value == 1 else app("mul", num(value), power) for value, power in powers if value]
    terms += [num(constant)] if constant or not terms else []
    real = app("ge", app("add", *terms) if len(terms) > 1 else terms[0], num(0))
    if a[1] == 0:
        return app("such_that", VALUE, real)
    at = a[0] / a[1]
    quadratic = app("and", app("ne", VALUE, num(at)), real)
    if b[0] - at * b[1] != 0:
        return app("such_that", VALUE, app("or", quadratic, app("eq", VALUE, num(at))))
    return app("such_that", VALUE, quadratic)


def of_ratio(top: fmpq_poly, bottom: fmpq_poly) -> list[Piece]:
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
        return [LINE]
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
