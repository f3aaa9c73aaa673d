"""Functions of numbers that need nothing of the tree they stand in: whole-number functions, logarithms, circular and
hyperbolic functions.
"""

from collections.abc import Callable
from fractions import Fraction
from math import comb, factorial, gcd, lcm, perm
from typing import Final

from flint import acb, arb, fmpz

from verifiers.evaluation.scalars import (
    MOST_BITS,
    Group,
    Meter,
    Scalar,
    UndefinedError,
    UnknownError,
    UnresolvedError,
    Value,
    absolute,
    add,
    bits,
    divide,
    exact_root,
    integer,
    rational,
    real,
    real_ball,
    scalar,
    settle,
    sign,
)


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
        return exact_root(abs(x), degree) is not None

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
