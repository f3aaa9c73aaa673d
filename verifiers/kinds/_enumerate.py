"""Conditions on whole numbers as fast Python functions, for counting by trying every case.

`compiled` turns a tree into a closure over an environment of rationals. Only exact rational arithmetic happens; what
leaves the rationals or costs too much raises `Unsuited`, and a case without value (division by zero) raises
`Undefined`, which a condition reads as false.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import reduce
from math import ceil, comb, factorial, floor, gcd, isqrt, lcm, perm
from typing import Final, TypeAlias

from verifiers.expr import Apply, Expr, Num, Sym, Text

Number: TypeAlias = int | Fraction
Environment: TypeAlias = dict[str, Number]
Evaluator: TypeAlias = Callable[[Environment], Number]
Condition: TypeAlias = Callable[[Environment], bool]

LARGEST_BITS: Final = 40_000
LARGEST_FACTORED: Final = 10**12


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


def _mod(a: Number, b: Number) -> Number:
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
    "mod": _mod,
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


def compiled(expr: Expr) -> Evaluator:
    """The value of a tree as a function of its letters.

    Raises:
        UnsuitedError: an operator that has no place among rationals.
    """
    if isinstance(expr, Num):
        value = tidy(expr.value)
        return lambda _: value
    if isinstance(expr, Sym):
        name = expr.name
        return lambda env: env[name]
    if not isinstance(expr, Apply):
        raise UnsuitedError(f"{type(expr).__name__} among whole numbers")
    if expr.head in ("sum", "prod"):
        return _series(expr)
    if expr.head == "mod" and isinstance(expr.args[0], Apply) and expr.args[0].head == "pow":
        return _modular_power(expr)
    if expr.head == "based" and isinstance(expr.args[0], Text) and isinstance(expr.args[1], Num):
        numeral = in_base(expr.args[0].value, whole(expr.args[1].value))
        return lambda _: numeral
    arguments = [compiled(argument) for argument in expr.args]
    if expr.head in UNARY and len(arguments) == 1:
        unary, (only,) = UNARY[expr.head], arguments
        return lambda env: unary(only(env))
    if expr.head in BINARY and len(arguments) == 2:
        binary, (left, right) = BINARY[expr.head], arguments
        return lambda env: binary(left(env), right(env))
    if expr.head in VARIADIC:
        fold = VARIADIC[expr.head]
        return lambda env: reduce(fold, (argument(env) for argument in arguments))
    raise UnsuitedError(f"{expr.head} among whole numbers")


def in_base(text: str, base: int) -> int:
    if not 2 <= base <= 36:
        raise UnsuitedError("a base beyond 36")
    try:
        return int(text, base)
    except ValueError as error:
        raise UnsuitedError("no numeral") from error


def _modular_power(expr: Apply) -> Evaluator:
    inner = expr.args[0]
    assert isinstance(inner, Apply)
    base, exponent, modulus = compiled(inner.args[0]), compiled(inner.args[1]), compiled(expr.args[1])

    def apply(env: Environment) -> Number:
        b, e, m = tidy(base(env)), tidy(exponent(env)), tidy(modulus(env))
        if isinstance(b, int) and isinstance(e, int) and isinstance(m, int) and e >= 0 and m > 0:
            return pow(b, e, m)
        return _mod(power(b, e), m)

    return apply


def _series(expr: Apply) -> Evaluator:
    body, index, low, high = expr.args
    if not isinstance(index, Sym):
        raise UnsuitedError("a sum without index")
    term, first, last, name = compiled(body), compiled(low), compiled(high), index.name
    adds = expr.head == "sum"

    def apply(env: Environment) -> Number:
        a, b = whole(first(env)), whole(last(env))
        if b - a > 20_000:
            raise UnsuitedError("a sum too long")
        inner = dict(env)
        total: Number = 0 if adds else 1
        for k in range(a, b + 1):
            inner[name] = k
            value = term(inner)
            total = total + value if adds else total * value
            if isinstance(total, int) and total.bit_length() > LARGEST_BITS:
                raise UnsuitedError("a sum too large")
        return tidy(total)

    return apply


def condition(expr: Expr) -> Condition:
    """A relation or predicate as a function of its letters; a case without value does not meet it.

    Raises:
        UnsuitedError: an operator that has no place among rationals.
    """
    decide = _decided(expr)

    def apply(env: Environment) -> bool:
        try:
            return decide(env)
        except UndefinedError:
            return False

    return apply


def _decided(expr: Expr) -> Condition:
    if not isinstance(expr, Apply):
        raise UnsuitedError("no condition")
    if expr.head in ("and", "or"):
        parts = [_decided(argument) for argument in expr.args]
        return (
            (lambda env: all(p(env) for p in parts)) if expr.head == "and" else (lambda env: any(p(env) for p in parts))
        )
    if expr.head == "not":
        inner = _decided(expr.args[0])
        return lambda env: not inner(env)
    if expr.head in ("in", "notin"):
        member = _member(expr.args[0], expr.args[1])
        return member if expr.head == "in" else (lambda env: not member(env))
    arguments = [compiled(argument) for argument in expr.args]
    if expr.head in COMPARISONS:
        compare, (left, right) = COMPARISONS[expr.head], arguments
        return lambda env: compare(left(env), right(env))
    if expr.head in TESTS:
        test, (only,) = TESTS[expr.head], arguments
        return lambda env: test(only(env))
    if expr.head == "congruent":
        a, b, m = arguments
        return lambda env: _mod(a(env) - b(env), m(env)) == 0
    raise UnsuitedError(f"{expr.head} as a condition")


def _member(element: Expr, collection: Expr) -> Condition:
    value = compiled(element)
    if isinstance(collection, Apply) and collection.head == "range":
        low, high = compiled(collection.args[0]), compiled(collection.args[1])
        return lambda env: isinstance(tidy(v := value(env)), int) and low(env) <= v <= high(env)
    if isinstance(collection, Apply) and collection.head in ("set", "list"):
        members = [compiled(member) for member in collection.args]
        return lambda env: value(env) in [member(env) for member in members]
    name = getattr(collection, "name", "")
    if name in MEMBERSHIP:
        test = MEMBERSHIP[name]
        return lambda env: test(value(env))
    raise UnsuitedError("membership in a set of another sort")
