"""Quotients of exact multivariate polynomials over Q, bounded in size."""

from typing import Final

from flint import fmpq_mpoly

MOST_EXPONENT: Final = 40
MOST_TERMS: Final = 1_500


class NotPolynomialError(Exception):
    """The expression is no quotient of polynomials in letters and atoms, or too large to expand."""


class Ratio:
    """`top / bottom` in one ring; `bottom` is not zero."""

    __slots__ = ("bottom", "top")

    def __init__(self, top: fmpq_mpoly, bottom: fmpq_mpoly) -> None:
        if len(top) > MOST_TERMS or len(bottom) > MOST_TERMS:
            raise NotPolynomialError("too many terms")
        self.top = top
        self.bottom = bottom

    def __add__(self, other: "Ratio") -> "Ratio":
        if self.bottom == other.bottom:
            return Ratio(self.top + other.top, self.bottom)
        return Ratio(_times(self.top, other.bottom) + _times(other.top, self.bottom), _times(self.bottom, other.bottom))

    def __mul__(self, other: "Ratio") -> "Ratio":
        return Ratio(_times(self.top, other.top), _times(self.bottom, other.bottom))

    def __neg__(self) -> "Ratio":
        return Ratio(-self.top, self.bottom)

    def inverse(self) -> "Ratio":
        if self.top.is_zero():
            raise NotPolynomialError("division by zero")
        return Ratio(self.bottom, self.top)

    def power(self, exponent: int) -> "Ratio":
        base = self if exponent >= 0 else self.inverse()
        size = max(len(base.top), len(base.bottom))
        if abs(exponent) > MOST_EXPONENT or (size > 1 and size ** min(abs(exponent), 6) > 40 * MOST_TERMS):
            raise NotPolynomialError("too high a power")
        return Ratio(base.top ** abs(exponent), base.bottom ** abs(exponent))


def _times(a: fmpq_mpoly, b: fmpq_mpoly) -> fmpq_mpoly:
    if len(a) * len(b) > 20 * MOST_TERMS:
        raise NotPolynomialError("too many terms")
    return a * b
