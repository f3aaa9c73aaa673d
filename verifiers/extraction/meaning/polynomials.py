"""Small polynomials multiplied out, to tell a slip in an expansion from an equation to be solved.

Two sides that differ in a single monomial would make an equation that says `c·m = 0`; nobody writes one. So a formula
of that shape was offered as a rewriting.
"""

from fractions import Fraction
from functools import lru_cache
from typing import Final, TypeAlias

from verifiers.expr import Apply, Expr, Num, Sym

Monomial: TypeAlias = tuple[tuple[str, int], ...]
Polynomial: TypeAlias = dict[Monomial, Fraction]

_LARGEST: Final = 60
"""Most monomials of an intermediate result."""
_HIGHEST: Final = 12
"""Highest power multiplied out."""


@lru_cache(4096)
def expanded(expr: Expr) -> Polynomial | None:
    """The polynomial, without zero terms; None where it is none or gets too large."""
    try:
        return _expand(expr, 0)
    except (_TooLargeError, ZeroDivisionError):
        return None


def difference(left: Expr, right: Expr) -> tuple[Polynomial, int] | None:
    """`left - right` and the number of different monomials of both sides, None where a side is no polynomial."""
    a, b = expanded(left), expanded(right)
    if a is None or b is None:
        return None
    return _sum(a, b, Fraction(-1)), len(a.keys() | b.keys())


class _TooLargeError(Exception):
    """Not a polynomial within the bounds."""


def _expand(expr: Expr, depth: int) -> Polynomial:
    if depth > 60:
        raise _TooLargeError
    if isinstance(expr, Num):
        return {(): expr.value} if expr.value else {}
    if isinstance(expr, Sym):
        return {((expr.name, 1),): Fraction(1)}
    if not isinstance(expr, Apply):
        raise _TooLargeError
    parts = [_expand(a, depth + 1) for a in expr.args] if expr.head in ("add", "mul", "neg", "div", "pow") else []
    match expr.head:
        case "add":
            total: Polynomial = {}
            for part in parts:
                total = _sum(total, part, Fraction(1))
            return total
        case "neg":
            return _sum({}, parts[0], Fraction(-1))
        case "mul":
            product: Polynomial = {(): Fraction(1)}
            for part in parts:
                product = _product(product, part)
            return product
        case "div" if set(parts[1]) == {()}:
            return _product(parts[0], {(): 1 / parts[1][()]})
        case "pow" if set(parts[1]) <= {()}:
            exponent = parts[1].get((), Fraction(0))
            if exponent.denominator == 1 and 0 <= exponent <= _HIGHEST:
                power: Polynomial = {(): Fraction(1)}
                for _ in range(int(exponent)):
                    power = _product(power, parts[0])
                return power
    raise _TooLargeError


def _sum(left: Polynomial, right: Polynomial, factor: Fraction) -> Polynomial:
    total = dict(left)
    for monomial, coefficient in right.items():
        value = total.get(monomial, Fraction(0)) + factor * coefficient
        if value:
            total[monomial] = value
        else:
            total.pop(monomial, None)
    if len(total) > _LARGEST:
        raise _TooLargeError
    return total


def _product(left: Polynomial, right: Polynomial) -> Polynomial:
    total: Polynomial = {}
    if len(left) * len(right) > _LARGEST * _LARGEST:
        raise _TooLargeError
    for first, a in left.items():
        for second, b in right.items():
            powers = dict(first)
            for name, power in second:
                powers[name] = powers.get(name, 0) + power
            key = tuple(sorted(powers.items()))
            value = total.get(key, Fraction(0)) + a * b
            if value:
                total[key] = value
            else:
                total.pop(key, None)
    if len(total) > _LARGEST:
        raise _TooLargeError
    return total
