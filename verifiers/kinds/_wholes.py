"""Exact functions of rationals and whole numbers, bounded in what they cost."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import reduce
from math import ceil, comb, factorial, floor, gcd, isqrt, lcm, perm
from typing import Final, TypeAlias

Number: TypeAlias = int | Fraction

LARGEST_BITS: Final = 40_000


class UnsuitedError(Exception):
    """The tree leaves exact rational arithmetic, or costs too much."""


class UndefinedError(Exception):
    """No value at this case."""


def tidy(value: Number) -> Number:
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value


def whole(value: Number) -> int:
    value = tidy(value)
    if not isinstance(value, int):
        raise UndefinedError
    return value


def is_prime(n: int) -> bool:
    """Deterministic Miller-Rabin; the bases suffice below 3.3·10^24 (Sorenson and Webster 2015)."""
    if n < 2:
        return False
    small = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41)
    for p in small:
        if n % p == 0:
            return n == p
    if n > 3_317_044_064_679_887_385_961_980:
        raise UnsuitedError("too large for a prime test")
    odd, twos = n - 1, 0
    while odd % 2 == 0:
        odd //= 2
        twos += 1
    for base in small:
        x = pow(base, odd, n)
        if x in (1, n - 1):
            continue
        for _ in range(twos - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def factorization(n: int) -> dict[int, int]:
    """Prime factors of a positive whole number by trial division.

    Raises:
        UnsuitedError: a factor above 10^6 remains that is no prime.
    """
    found: dict[int, int] = {}
    p = 2
    while p * p <= n and p < 1_000_000:
        while n % p == 0:
            found[p] = found.get(p, 0) + 1
            n //= p
        p += 1 if p == 2 else 2
    if n > 1:
        if p * p <= n and not is_prime(n):
            raise UnsuitedError("too large to factor")
        found[n] = found.get(n, 0) + 1
    return found


def divisors(n: int) -> list[int]:
    """Positive divisors in ascending order.

    Raises:
        UnsuitedError: more than 10^5 of them, or `n` cannot be factored.
    """
    powers = factorization(n)
    if reduce(lambda count, power: count * (power + 1), powers.values(), 1) > 100_000:
        raise UnsuitedError("too many divisors")
    found = [1]
    for prime, power in powers.items():
        found = [d * prime**k for d in found for k in range(power + 1)]
    return sorted(found)


def power(base: Number, exponent: Number) -> Number:
    exponent = tidy(exponent)
    if isinstance(exponent, Fraction):
        return _root(power(base, exponent.numerator), exponent.denominator)
    if base == 0 and exponent < 0:
        raise UndefinedError
    base = Fraction(base)
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if bits > 1 and bits * abs(exponent) > LARGEST_BITS:
        raise UnsuitedError("a power too long to write out")
    return tidy(base**exponent)


def _integer_root(n: int, k: int) -> int | None:
    if n < 0:
        return None if k % 2 == 0 else (None if (r := _integer_root(-n, k)) is None else -r)
    if k == 2:
        r = isqrt(n)
        return r if r * r == n else None
    if k > 64:
        raise UnsuitedError("a root of high order")
    low, high = 0, 1 << (n.bit_length() // k + 1)
    while low < high:
        mid = (low + high) // 2
        if mid**k < n:
            low = mid + 1
        else:
            high = mid
    return low if low**k == n else None


def _root(value: Number, k: int) -> Number:
    value = Fraction(value)
    if value < 0 and k % 2 == 0:
        raise UndefinedError
    top, bottom = _integer_root(value.numerator, k), _integer_root(value.denominator, k)
    if top is None or bottom is None:
        raise UnsuitedError("an irrational root")
    return tidy(Fraction(top, bottom))


def _factorial(n: Number) -> int:
    n = whole(n)
    if n < 0:
        raise UndefinedError
    if n > 3_000:
        raise UnsuitedError("factorial too large")
    return factorial(n)


def _divide(a: Number, b: Number) -> Number:
    if b == 0:
        raise UndefinedError
    return tidy(Fraction(a) / b)


def modulo(a: Number, b: Number) -> Number:
    if b == 0:
        raise UndefinedError
    return tidy(Fraction(a) % b)


def _chosen(function: Callable[[int, int], int]) -> Callable[[Number, Number], Number]:
    def apply(n: Number, k: Number) -> Number:
        n, k = whole(n), whole(k)
        if n < 0 or k < 0:
            raise UndefinedError
        if n > 5_000:
            raise UnsuitedError("binomial too large")
        return function(n, k)

    return apply


def _factored(function: Callable[[int], int]) -> Callable[[Number], Number]:
    def apply(n: Number) -> Number:
        n = whole(n)
        if n < 1:
            raise UndefinedError
        return function(n)

    return apply


def _totient(n: int) -> int:
    for p in factorization(n):
        n = n // p * (p - 1)
    return n


def _divisor_count(n: int) -> int:
    return reduce(lambda count, k: count * (k + 1), factorization(n).values(), 1)


def _divisor_sum(n: int) -> int:
    return reduce(lambda total, pk: total * ((pk[0] ** (pk[1] + 1) - 1) // (pk[0] - 1)), factorization(n).items(), 1)


def _digit_sum(n: Number) -> Number:
    return sum(map(int, str(abs(whole(n)))))


def _is_root(k: int) -> Callable[[Number], bool]:
    return lambda n: isinstance(tidy(n), int) and _integer_root(whole(n), k) is not None


UNARY: Final[Mapping[str, Callable[[Number], Number]]] = {
    "neg": lambda a: -a,
    "abs": lambda a: a if a >= 0 else -a,
    "floor": floor,
    "ceil": ceil,
    "sqrt": lambda a: _root(a, 2),
    "factorial": _factorial,
    "percent": lambda a: Fraction(a) / 100,
    "sign": lambda a: (a > 0) - (a < 0),
    "totient": _factored(_totient),
    "divisor_count": _factored(_divisor_count),
    "divisor_sum": _factored(_divisor_sum),
    "digit_sum": _digit_sum,
}
BINARY: Final[Mapping[str, Callable[[Number, Number], Number]]] = {
    "div": _divide,
    "pow": power,
    "mod": modulo,
    "root": lambda a, k: _root(a, whole(k)),
    "binom": _chosen(comb),
    "perm": _chosen(perm),
    "mixed": lambda a, b: a + b if a >= 0 else a - b,
}
VARIADIC: Final[Mapping[str, Callable[[Number, Number], Number]]] = {
    "add": lambda a, b: a + b,
    "mul": lambda a, b: a * b,
    "min": min,
    "max": max,
    "gcd": lambda a, b: gcd(whole(a), whole(b)),
    "lcm": lambda a, b: lcm(whole(a), whole(b)),
}
COMPARISONS: Final[Mapping[str, Callable[[Number, Number], bool]]] = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
    "divides": lambda a, b: a != 0 and isinstance(tidy(Fraction(b) / a), int),
}
TESTS: Final[Mapping[str, Callable[[Number], bool]]] = {
    "is_prime": lambda n: isinstance(tidy(n), int) and is_prime(whole(n)),
    "is_integer": lambda n: isinstance(tidy(n), int),
    "is_square": _is_root(2),
    "is_cube": _is_root(3),
}
MEMBERSHIP: Final[Mapping[str, Callable[[Number], bool]]] = {
    "integers": lambda n: isinstance(tidy(n), int),
    "naturals": lambda n: isinstance(tidy(n), int) and n >= 1,
    "primes": lambda n: isinstance(tidy(n), int) and is_prime(whole(n)),
    "rationals": lambda _: True,
    "reals": lambda _: True,
}


def in_base(text: str, base: int) -> int:
    if not 2 <= base <= 36:
        raise UnsuitedError("a base beyond 36")
    try:
        return int(text, base)
    except ValueError as error:
        raise UnsuitedError("no numeral") from error
