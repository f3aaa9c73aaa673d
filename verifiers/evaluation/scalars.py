"""Numbers as the exact evaluator has them: a `Fraction` as long as that is possible, else a rigorous ball.

A ball (`arb`, `acb` of FLINT) encloses the value; what it cannot decide at the present precision raises `Unresolved`.
Every operation charges its cost before it runs, so that no input costs more than the meter holds.
"""

from collections.abc import Callable
from fractions import Fraction
from math import comb, factorial, gcd, isqrt, lcm, perm
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
        exact = _exact_root(value, degree)
        if exact is not None:
            return exact
    return settle(real_ball(real(value)).root(degree))


def _exact_root(value: Fraction, degree: int) -> Fraction | None:
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


def floor(value: Value) -> Fraction:
    number = real(value)
    if isinstance(number, Fraction):
        return Fraction(number.numerator // number.denominator)
    found = number.floor().unique_fmpz()
    if found is None:
        raise UnresolvedError("floor not decided")
    return Fraction(int(found))


def _natural(value: Value, meter: Meter, most: int = 5_000) -> int:
    n = integer(value)
    if n < 0:
        raise UndefinedError("not a natural number")
    if n > most:
        raise UnknownError("too large")
    meter.charge(1 + n // 8)
    return n


def _factorial(meter: Meter, x: Value) -> Value:
    if isinstance(x, arb) or (isinstance(x, Fraction) and x.denominator != 1):
        return settle((real_ball(x) + 1).gamma())
    return Fraction(factorial(_natural(x, meter)))


def _double_factorial(meter: Meter, x: Value) -> Value:
    n = _natural(x, meter)
    result = 1
    for k in range(n, 1, -2):
        result *= k
    return Fraction(result)


def _binom(meter: Meter, n: Value, k: Value) -> Value:
    lower = integer(k)
    if lower < 0:
        return Fraction(0)
    upper = rational(n)
    if upper.denominator != 1 or upper < 0:
        result = Fraction(1)
        for j in range(_natural(k, meter, 500)):
            result = result * (upper - j) / (j + 1)
        return result
    count = min(lower, upper.numerator - lower)
    if count < 0:
        return Fraction(0)
    if count * upper.numerator.bit_length() > MOST_BITS:
        raise UnknownError("too large")
    meter.charge(1 + count * upper.numerator.bit_length() // 16)
    return Fraction(comb(upper.numerator, lower))


def _perm(meter: Meter, n: Value, k: Value) -> Value:
    upper, lower = integer(n), integer(k)
    if upper < 0 or lower < 0:
        raise UndefinedError("not a natural number")
    if lower > upper:
        return Fraction(0)
    if lower * upper.bit_length() > MOST_BITS:
        raise UnknownError("too large")
    meter.charge(1 + lower * upper.bit_length() // 16)
    return Fraction(perm(upper, lower))


def _gcd(meter: Meter, *values: Value) -> Value:
    return Fraction(gcd(*(integer(v) for v in values)))


def _lcm(meter: Meter, *values: Value) -> Value:
    meter.charge(sum(1 + integer(v).bit_length() for v in values))
    return Fraction(lcm(*(integer(v) for v in values)))


def _mod(meter: Meter, a: Value, m: Value) -> Value:
    number, modulus = rational(a), rational(m)
    if not modulus:
        raise UndefinedError("remainder by zero")
    return number - modulus * (number // modulus)


def _least(meter: Meter, *values: Value) -> Value:
    return _extreme(values, -1)


def _greatest(meter: Meter, *values: Value) -> Value:
    return _extreme(values, 1)


def _extreme(values: tuple[Value, ...], wanted: int) -> Value:
    if len(values) == 1 and isinstance(values[0], Group):
        values = values[0].items
    if not values:
        raise UndefinedError("nothing to choose from")
    best = real(values[0])
    for value in values[1:]:
        other = real(value)
        if isinstance(best, Fraction) and isinstance(other, Fraction):
            best = max(best, other) if wanted > 0 else min(best, other)
        elif sign(real_ball(other) - real_ball(best)) == wanted:
            best = other
    return best


def _sign(meter: Meter, x: Value) -> Value:
    return Fraction(sign(real(x)))


def _small(meter: Meter, x: Value, most_bits: int = 90) -> fmpz:
    n = integer(x)
    if n < 1:
        raise UndefinedError("not a positive whole number")
    if n.bit_length() > most_bits:
        raise UnknownError("too large to factor")
    meter.charge(n.bit_length() ** 2 * 4)
    return fmpz(n)


def _digit_sum(meter: Meter, x: Value) -> Value:
    n = integer(x)
    if n.bit_length() > 10_000:
        raise UnknownError("too large")
    return Fraction(sum(map(int, str(abs(n)))))


def _is_prime(meter: Meter, x: Value) -> Value:
    n = integer(x)
    if n.bit_length() > 512:
        raise UnknownError("too large")
    meter.charge(n.bit_length() ** 2)
    return n > 1 and bool(fmpz(n).is_prime())


def _is_integer(meter: Meter, x: Value) -> Value:
    if isinstance(x, Fraction):
        return x.denominator == 1
    if not real_ball(real(x)).contains_integer():
        return False
    raise UnresolvedError("not decided")


def _is_power(degree: int) -> Callable[..., Value]:
    def test(meter: Meter, x: Value) -> Value:
        if not isinstance(x, Fraction):
            if not _is_integer(meter, x):
                return False
            raise UnresolvedError("not decided")
        if x.denominator != 1 or (x < 0 and degree == 2):
            return False
        meter.charge(1 + bits(x) // 16)
        return _exact_root(abs(x), degree) is not None

    return test


def _logarithm(meter: Meter, x: Value, base: Value) -> Value:
    if isinstance(x, Fraction) and isinstance(base, Fraction) and x > 0 and base > 0 and base != 1:
        exact = _exact_logarithm(x, base, meter)
        if exact is not None:
            return exact
    return divide(ln(meter, scalar(x)), ln(meter, scalar(base)), meter)


def _exact_logarithm(x: Fraction, base: Fraction, meter: Meter) -> Fraction | None:
    meter.charge(20)
    guess = real_ball(x).log() / real_ball(base).log()
    for denominator in range(1, 13):
        numerator = (guess * denominator).unique_fmpz()
        if numerator is None:
            continue
        p = int(numerator)
        if bits(base) * abs(p) <= MOST_BITS and bits(x) * denominator <= MOST_BITS:
            meter.charge(2 + (bits(base) * abs(p)) // 32)
            return Fraction(p, denominator) if base**p == x**denominator else None
    return None


def ln(meter: Meter, x: Scalar) -> Scalar:
    if isinstance(x, Fraction) and x == 1:
        return Fraction(0)
    if isinstance(x, acb):
        return settle(x.log())
    order = sign(x)
    if order <= 0:
        raise UndefinedError("logarithm of a number that is not positive")
    return settle(real_ball(x).log())


PLAIN: Final[dict[str, Callable[..., Value]]] = {
    "floor": lambda meter, x: floor(x),
    "ceil": lambda meter, x: -floor(-real(x)),
    "abs": lambda meter, x: absolute(scalar(x)),
    "factorial": _factorial, "double_factorial": _double_factorial, "binom": _binom, "perm": _perm,
    "gcd": _gcd, "lcm": _lcm, "mod": _mod, "min": _least, "max": _greatest, "sign": _sign,
    "percent": lambda meter, x: divide(scalar(x), Fraction(100), meter),
    "totient": lambda meter, x: Fraction(int(_small(meter, x).euler_phi())),
    "divisor_count": lambda meter, x: Fraction(int(_small(meter, x).divisor_sigma(0))),
    "divisor_sum": lambda meter, x: Fraction(int(_small(meter, x).divisor_sigma(1))),
    "digit_sum": _digit_sum,
    "is_prime": _is_prime, "is_integer": _is_integer, "is_square": _is_power(2), "is_cube": _is_power(3),
}  # fmt: skip
"""Functions of numbers that need nothing of the tree they stand in."""


def logarithm(meter: Meter, x: Value, base: Value) -> Value:
    return _logarithm(meter, x, base)


_REAL: Final[dict[str, tuple[str, Fraction | None, Fraction | None]]] = {
    "sin": ("sin", None, None), "cos": ("cos", None, None), "tan": ("tan", None, None), "cot": ("cot", None, None),
    "sec": ("sec", None, None), "csc": ("csc", None, None),
    "arcsin": ("asin", Fraction(-1), Fraction(1)), "arccos": ("acos", Fraction(-1), Fraction(1)),
    "arctan": ("atan", None, None),
    "sinh": ("sinh", None, None), "cosh": ("cosh", None, None), "tanh": ("tanh", None, None),
    "coth": ("coth", None, None), "sech": ("sech", None, None), "csch": ("csch", None, None),
    "arcsinh": ("asinh", None, None), "arccosh": ("acosh", Fraction(1), None),
    "arctanh": ("atanh", Fraction(-1), Fraction(1)),
    "exp": ("exp", None, None), "gamma": ("gamma", None, None), "zeta": ("zeta", None, None),
}  # fmt: skip
_AT_ZERO: Final = {"sin": 0, "tan": 0, "arcsin": 0, "arctan": 0, "sinh": 0, "tanh": 0, "arcsinh": 0, "arctanh": 0,
                   "cos": 1, "sec": 1, "cosh": 1, "sech": 1, "exp": 1}  # fmt: skip
_POLE_AT_ZERO: Final = frozenset({"cot", "csc", "coth", "csch", "gamma"})


def elementary(head: str, x: Scalar, meter: Meter) -> Scalar:
    """A function of one number out of `expr.FUNCTIONS`."""
    meter.charge(20 + meter.precision // 4)
    if isinstance(x, Fraction) and not x:
        if head in _AT_ZERO:
            return Fraction(_AT_ZERO[head])
        if head in _POLE_AT_ZERO:
            raise UndefinedError(f"{head} of zero")
    if head in ("arcsec", "arccsc", "arccot"):
        if head == "arccot":
            return settle(arb.pi() / 2 - real_ball(real(x)).atan())
        return elementary("arccos" if head == "arcsec" else "arcsin", divide(Fraction(1), x, meter), meter)
    if head not in _REAL:
        raise UnknownError(f"{head} is not evaluated")
    name, least, most = _REAL[head]
    if isinstance(x, acb):
        return settle(getattr(x, name)())
    if least is not None and sign(add(x, -least, meter)) < 0:
        raise UndefinedError(f"{head} outside its domain")
    if most is not None and sign(add(x, -most, meter)) > 0:
        raise UndefinedError(f"{head} outside its domain")
    if head == "gamma" and isinstance(x, Fraction) and x.denominator == 1:
        if x <= 0:
            raise UndefinedError("gamma at a pole")
        return scalar(_factorial(meter, x - 1))
    if head == "zeta" and x == 1:
        raise UndefinedError("zeta at its pole")
    return settle(getattr(real_ball(x), name)())
