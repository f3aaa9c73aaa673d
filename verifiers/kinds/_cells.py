"""The real line cut where the truth of relations in one letter can change, and their truth on every piece.

The cuts are a superset of the real roots of every difference and every denominator: absolute values are tried with
both signs and square roots are removed by resultants, so a cut too many is harmless and none is missing. Between two
cuts every relation is constant, and one rational point decides it.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor

import msgspec
from flint import arb, fmpq_mpoly, fmpq_poly, fmpz_poly

from verifiers.expr import Apply, Expr, Num, free_symbols, walk
from verifiers.kinds._poly import Ring, split_square
from verifiers.kinds._ratio import NotPolynomialError
from verifiers.kinds._relations import leaves

MOST_DEGREE = 24
MOST_SIGNS = 3


class Cell(msgspec.Struct, frozen=True):
    """A piece of the line: a single point or an open interval (`low`, `high`; None is infinite).

    `sample` is a point of it, None for a root that has no form in rationals and square roots.
    """

    sample: Expr | None
    point: bool
    low: Fraction | None = None
    high: Fraction | None = None


class Root(msgspec.Struct, frozen=True):
    """A real root between the rationals `low` and `high`; `exact` where it is rational or quadratic."""

    low: Fraction
    high: Fraction
    exact: Expr | None


def cells(relations: Sequence[Expr], letter: str) -> tuple[Cell, ...]:
    """The pieces of the line, from left to right.

    Raises:
        NotPolynomialError: a relation has an atom that depends on the letter and is no root or absolute value, a second
            letter, or too high a degree.
    """
    cuts: list[fmpq_poly] = []
    for relation in relations:
        for leaf in leaves(relation):
            cuts.extend(_cuts(leaf, letter))
    found = real_roots(cuts)
    pieces: list[Cell] = []
    before: Fraction | None = None
    for k, root in enumerate(found):
        pieces.append(Cell(Num(_between(before, root.low)), False, before, root.low))
        pieces.append(Cell(root.exact, True, root.low, root.high))
        before = root.high
        if k + 1 < len(found) and found[k + 1].low <= root.high:
            raise NotPolynomialError("roots too close")
    pieces.append(Cell(Num(_between(before, None)), False, before, None))
    return tuple(pieces)


def _cuts(leaf: Apply, letter: str) -> Iterator[fmpq_poly]:
    if leaf.head not in ("eq", "ne", "lt", "le", "gt", "ge"):
        raise NotPolynomialError(f"{leaf.head} is no comparison of numbers")
    difference = Apply("add", (leaf.args[0], Apply("neg", (leaf.args[1],))))
    for inner in _absolutes(difference):
        yield from _zeros(inner.args[0], letter)
    for variant in _without_abs(difference):
        yield from _zeros(variant, letter)


def _absolutes(expr: Expr) -> list[Apply]:
    return [n for n in walk(expr) if isinstance(n, Apply) and n.head == "abs"]


def _without_abs(expr: Expr) -> Iterator[Expr]:
    found = list(dict.fromkeys(_absolutes(expr)))
    if not found:
        yield expr
        return
    if len(found) > MOST_SIGNS:
        raise NotPolynomialError("too many absolute values")
    inner = next(n for n in found if not _absolutes(n.args[0]))
    inside = inner.args[0]
    for value in (inside, Apply("neg", (inside,))):
        yield from _without_abs(_replace(expr, inner, value))


def _replace(expr: Expr, old: Expr, new: Expr) -> Expr:
    if expr == old:
        return new
    if not isinstance(expr, Apply):
        return expr
    return Apply(expr.head, tuple(_replace(a, old, new) for a in expr.args))


def _zeros(expr: Expr, letter: str) -> Iterator[fmpq_poly]:
    """Polynomials whose roots hold every zero, pole and end of domain of `expr`."""
    ring = Ring([expr])
    for node in walk(expr):
        if isinstance(node, Apply) and node.head == "div" and letter in free_symbols(node.args[1]):
            yield from _resolved(ring, ring.ratio(node.args[1]).top, letter)
        elif isinstance(node, Apply) and node.head == "pow" and letter in free_symbols(node.args[0]):
            yield from _resolved(ring, ring.ratio(node.args[0]).top, letter)
        elif isinstance(node, Apply) and node.head == "sqrt" and letter in free_symbols(node):
            inside = ring.ratio(node.args[0])
            yield from _resolved(ring, inside.top, letter)
    ratio = ring.reduced(ring.ratio(expr))
    yield from _resolved(ring, ratio.top, letter)
    yield from _resolved(ring, ratio.bottom, letter)


def _resolved(ring: Ring, poly: fmpq_mpoly, letter: str) -> Iterator[fmpq_poly]:
    if poly.is_zero() or poly.is_constant():
        return
    for atom, index in reversed(ring.atom_indices):
        if poly.degrees()[index] == 0:
            continue
        if not (isinstance(atom, Apply) and atom.head == "sqrt"):
            raise NotPolynomialError("an atom that is no square root")
        inside = ring.ratio(atom.args[0])
        root = ring.generators[index]
        poly = poly.resultant(root * root * inside.bottom - inside.top, f"w{index - len(ring.letters)}")
        if poly.is_zero():
            raise NotPolynomialError("a resultant vanished")
        if poly.is_constant():
            return
    if letter not in ring.letters:
        return
    single = ring.univariate(poly, letter)
    if single is None:
        raise NotPolynomialError("more than one letter")
    yield single


def real_roots(polynomials: Sequence[fmpq_poly]) -> list[Root]:
    """The distinct real roots of all, in increasing order.

    Raises:
        NotPolynomialError: the degrees sum to more than `MOST_DEGREE`.
    """
    factors: dict[str, fmpz_poly] = {}
    for polynomial in polynomials:
        if polynomial.degree() > 0:
            if polynomial.degree() > MOST_DEGREE:
                raise NotPolynomialError("too high a degree")
            for factor, _ in fmpz_poly(polynomial.numer()).factor()[1]:
                factors.setdefault(str(factor), factor)
    if sum(f.degree() for f in factors.values()) > 2 * MOST_DEGREE:
        raise NotPolynomialError("too high a degree")
    found: list[Root] = []
    for factor in factors.values():
        found.extend(_roots_of(factor))
    found.sort(key=lambda root: root.low + root.high)
    return found


def _roots_of(factor: fmpz_poly) -> Iterator[Root]:
    """Real roots of an irreducible polynomial."""
    coefficients = [int(c) for c in factor.coeffs()]
    if factor.degree() == 1:
        value = Fraction(-coefficients[0], coefficients[1])
        yield Root(value, value, Num(value))
        return
    exact: list[Expr | None] = []
    if factor.degree() == 2:
        exact = list(quadratic(*(Fraction(c) for c in coefficients)))
        if not exact:
            return
    balls = [root.real for root, _ in factor.complex_roots() if root.imag == 0]
    for k, ball in enumerate(sorted(balls, key=lambda b: _bounds(b))):
        low, high = _bounds(ball)
        yield Root(low, high, exact[k] if exact else None)


def quadratic(c: Fraction, b: Fraction, a: Fraction) -> Iterator[Expr]:
    """The real roots of a x^2 + b x + c in increasing order, as exact expressions."""
    discriminant = b * b - 4 * a * c
    if discriminant < 0:
        return
    middle, spread = -b / (2 * a), discriminant / (4 * a * a)
    outside, inside = split_square(spread.numerator * spread.denominator)
    width = Fraction(outside, spread.denominator)
    for sign in (-1, 1):
        if inside == 1:
            yield Num(middle + sign * width)
            continue
        root: Expr = Apply("sqrt", (Num(Fraction(inside)),))
        if width != 1:
            root = Apply("mul", (Num(width), root))
        if sign < 0:
            root = Apply("neg", (root,))
        yield root if not middle else Apply("add", (Num(middle), root))


def _bounds(ball: arb) -> tuple[Fraction, Fraction]:
    middle, radius = _exact(ball.mid()), _exact(ball.rad())
    return middle - radius, middle + radius


def _exact(value: arb) -> Fraction:
    mantissa, exponent = value.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def _between(low: Fraction | None, high: Fraction | None) -> Fraction:
    """The simplest number strictly between: an integer near zero if there is one."""
    if low is None and high is None:
        return Fraction(0)
    if low is None:
        assert high is not None
        return Fraction(min(ceil(high) - 1, 0))
    if high is None:
        return Fraction(max(floor(low) + 1, 0))
    least, most = floor(low) + 1, ceil(high) - 1
    if least <= most:
        return Fraction(0 if least <= 0 <= most else least if least > 0 else most)
    return _simplest(low, high)


def _simplest(low: Fraction, high: Fraction) -> Fraction:
    """The fraction of least denominator strictly between, by walking the continued fractions (Stern-Brocot)."""
    whole = floor(low)
    if whole + 1 < high:
        return Fraction(whole + 1)
    rest_low, rest_high = low - whole, high - whole
    if rest_low == 0:
        return whole + Fraction(1, floor(1 / rest_high) + 1)
    return whole + 1 / _simplest(1 / rest_high, 1 / rest_low)
