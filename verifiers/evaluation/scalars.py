"""Numbers as the exact evaluator has them: a `Fraction` as long as that is possible, else a rigorous ball.

A ball (`arb`, `acb` of FLINT) encloses the value; what it cannot decide at the present precision raises `Unresolved`.
Every operation charges its cost before it runs, so that no input costs more than the meter holds.
"""

from fractions import Fraction
from math import isqrt
from typing import Final, NamedTuple, TypeAlias

from flint import acb, arb, fmpq, fmpz

MOST_BITS: Final = 1 << 17
"""An exact result longer than this becomes a ball."""


class UndefinedError(Exception):
    """The expression has no value there: division by zero, logarithm of a negative number in the reals."""


class UnknownError(Exception):
    """This evaluator cannot tell: a free letter, an operator without value, a bound reached."""


class UnresolvedError(UnknownError):
    """The ball is too wide to decide; more bits may help."""


class Infinity(NamedTuple):
    sign: int


class Group(NamedTuple):
    """`set`, `tuple`, `list` or `matrix` (a matrix holds its rows, tuples of values)."""

    kind: str
    items: tuple["Value", ...]


Scalar: TypeAlias = Fraction | arb | acb
Value: TypeAlias = Scalar | Infinity | bool | Group | tuple["Value", ...]


class Meter:
    """What one evaluation may still spend, in machine words touched and terms added up."""

    __slots__ = ("left", "most_bits", "precision", "terms")

    def __init__(self, left: int, precision: int, terms: int) -> None:
        self.left = left
        self.terms = terms
        self.precision = precision
        self.most_bits = MOST_BITS

    def charge(self, cost: int) -> None:
        self.left -= cost
        if self.left < 0:
            raise UnknownError("too much work")

    def count(self, terms: int) -> None:
        self.terms -= max(terms, 0)
        if self.terms < 0:
            raise UnknownError("too many terms")


def bits(value: Fraction) -> int:
    return value.numerator.bit_length() + value.denominator.bit_length()


def real_ball(value: Fraction | arb) -> arb:
    if isinstance(value, Fraction):
        return arb(fmpz(value.numerator)) if value.denominator == 1 else arb(fmpq(value.numerator, value.denominator))
    return value


def ball(value: Scalar) -> arb | acb:
    return value if isinstance(value, acb) else real_ball(value)


def settle(value: arb | acb) -> Scalar:
    """A finite ball, as a real one where the imaginary part is exactly zero."""
    if isinstance(value, acb) and value.imag.is_exact() and value.imag.is_zero():
        value = value.real
    if not value.is_finite():
        raise UnresolvedError("ball without bound")
    return value


def scalar(value: Value) -> Scalar:
    if isinstance(value, Fraction | arb | acb):
        return value
    raise UnknownError("not a number")


def rational(value: Value) -> Fraction:
    if isinstance(value, Fraction):
        return value
    raise UnknownError("not known to be rational")


def integer(value: Value) -> int:
    exact = rational(value)
    if exact.denominator != 1:
        raise UndefinedError("not a whole number")
    return exact.numerator


def real(value: Value) -> Fraction | arb:
    if isinstance(value, Fraction | arb):
        return value
    if isinstance(value, acb):
        raise UnknownError("not known to be real")
    raise UnknownError("not a number")


def sign(value: Fraction | arb) -> int:
    """-1, 0 or 1.

    Raises:
        UnresolvedError: the ball holds zero.
    """
    if isinstance(value, Fraction):
        return (value > 0) - (value < 0)
    if value > 0:
        return 1
    if value < 0:
        return -1
    if value.is_zero():
        return 0
    raise UnresolvedError("sign not decided")


def add(a: Scalar, b: Scalar, meter: Meter) -> Scalar:
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        size = bits(a) + bits(b)
        if size <= meter.most_bits:
            meter.charge(1 + size // 24)
            return a + b
        meter.charge(20)
    return settle(ball(a) + ball(b))


def multiply(a: Scalar, b: Scalar, meter: Meter) -> Scalar:
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        size = bits(a) + bits(b)
        if size <= meter.most_bits:
            meter.charge(1 + size // 24)
            return a * b
        meter.charge(20)
    if (isinstance(a, Fraction) and not a) or (isinstance(b, Fraction) and not b):
        return Fraction(0)
    return settle(ball(a) * ball(b))


def divide(a: Scalar, b: Scalar, meter: Meter) -> Scalar:
    if isinstance(b, Fraction):
        if not b:
            raise UndefinedError("division by zero")
        return multiply(a, 1 / b, meter)
    if isinstance(a, Fraction) and not a and not b.contains(0):
        return a
    return settle(ball(a) / b)


def power(base: Scalar, exponent: Scalar, meter: Meter, *, principal: bool) -> Scalar:
    """`base**exponent`. In the reals an odd root of a negative number is the real one; with `principal` a negative
    base under a fraction is left unknown, since authors mean either.
    """
    if isinstance(exponent, Fraction):
        if exponent.denominator == 1:
            return _integer_power(base, exponent.numerator, meter)
        if isinstance(base, Fraction) and base < 0 and principal and exponent.denominator != 2:
            raise UnknownError("root of a negative number")
        if isinstance(base, Fraction) or exponent.denominator % 2 or principal:
            return _integer_power(
                root(base, exponent.denominator, meter, principal=principal), exponent.numerator, meter
            )
    if isinstance(base, Fraction) and base == 1:
        return base
    if isinstance(base, acb) or isinstance(exponent, acb):
        return settle(acb(ball(base)).pow(acb(ball(exponent))))
    order = sign(base)
    if order < 0:
        if principal:
            return settle(acb(ball(base)).pow(acb(ball(exponent))))
        raise UndefinedError("power of a negative number")
    if order == 0:
        if sign(real(exponent)) > 0:
            return Fraction(0)
        raise UndefinedError("zero to a power that is not positive")
    return settle(real_ball(base) ** real_ball(real(exponent)))


def _integer_power(base: Scalar, exponent: int, meter: Meter) -> Scalar:
    if isinstance(base, Fraction):
        if not base and exponent <= 0:
            if exponent < 0:
                raise UndefinedError("division by zero")
            return Fraction(1)
        if base in (1, -1) or not exponent:
            return base if exponent % 2 else Fraction(1)
        size = bits(base) * abs(exponent)
        if size <= meter.most_bits:
            meter.charge(1 + size // 64)
            return base**exponent
    if exponent.bit_length() > 256:
        raise UnknownError("exponent too large")
    if exponent < 0:
        return divide(Fraction(1), _integer_power(base, -exponent, meter), meter)
    return settle(ball(base) ** exponent)


def root(value: Scalar, degree: int, meter: Meter, *, principal: bool) -> Scalar:
    """The real root; for a negative number and even degree the principal complex one, or undefined in the reals."""
    if degree < 0:
        return divide(Fraction(1), root(value, -degree, meter, principal=principal), meter)
    if degree == 0:
        raise UndefinedError("root of degree zero")
    if degree > 10_000:
        raise UnknownError("root of a large degree")
    if isinstance(value, acb):
        if degree != 2:
            raise UnknownError("root of a complex number")
        return settle(value.sqrt())
    if sign(value) < 0:
        if degree % 2:
            return negate(root(negate(value), degree, meter, principal=principal))
        if not principal:
            raise UndefinedError("even root of a negative number")
        if degree != 2:
            raise UnknownError("root of a negative number")
        return multiply(acb(0, 1), root(negate(value), 2, meter, principal=True), meter)
    if isinstance(value, Fraction):
        meter.charge(1 + bits(value) // 16)
        exact = exact_root(value, degree)
        if exact is not None:
            return exact
    return settle(real_ball(real(value)).root(degree))


def exact_root(value: Fraction, degree: int) -> Fraction | None:
    parts = []
    for part in (value.numerator, value.denominator):
        low = isqrt(part) if degree == 2 else int(fmpz(part).root(degree))
        if low**degree != part:
            return None
        parts.append(low)
    return Fraction(parts[0], parts[1])


def negate(value: Scalar) -> Scalar:
    return -value


def absolute(value: Scalar) -> Scalar:
    return abs(value)
