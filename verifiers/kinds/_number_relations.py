"""Facts of number theory as closed relations, by predicate; `number` says what the arguments of each are."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import pairwise
from math import isqrt
from typing import Final, TypeAlias

from verifiers.expr import Apply, Const, Expr, Num, Text, app, heads
from verifiers.kinds._judgement import plain_value
from verifiers.kinds._terms import both, either, equal, plus, power, square, times

Arguments: TypeAlias = tuple[Expr, ...]

TRIAL: Final = 10_000
DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


def whole(expr: Expr) -> int:
    value = plain_value(expr)
    if value is None:
        raise ValueError("not a number")
    return int(value)


def _residue(a: Expr, m: Expr, r: Expr) -> Expr | None:
    modulus, rest = whole(m), whole(r)
    return equal(app("mod", a, m), r) if modulus > 0 and 0 <= rest < modulus else None


def _positive_divisor(d: Expr, n: Expr) -> Expr | None:
    return None if whole(d) == 0 else app("divides", d, n)


def _digit_count(n: Expr, k: Expr) -> Expr | None:
    count = whole(k)
    if not 1 <= count <= 10_000 or whole(n) < 0:
        return None
    least = Num(Fraction(0)) if count == 1 else power(10, count - 1)
    return both([app("le", least, n), app("lt", n, power(10, count))])


def _last_digit(n: Expr, d: Expr, how_many: Expr = Num(Fraction(1))) -> Expr | None:  # noqa: B008 - a frozen value
    count = whole(how_many)
    if not 1 <= count <= 50 or whole(n) < 0 or not 0 <= whole(d) < 10**count:
        return None
    return equal(app("mod", n, power(10, count)), d)


def _factorization(n: Expr, product: Expr) -> Expr | None:
    bases: list[Expr] = []
    for factor in product.args if isinstance(product, Apply) and product.head == "mul" else (product,):
        base = factor.args[0] if isinstance(factor, Apply) and factor.head == "pow" else factor
        if not isinstance(base, Num):
            return None
        bases.append(base)
    if whole(n) < 2 or any(base == Num(Fraction(1)) for base in bases):
        return None
    return both([equal(n, product), *(app("is_prime", base) for base in bases)])


def _in_base(n: Expr, digits: Expr, base: Expr) -> Expr | None:
    radix = whole(base)
    if not isinstance(digits, Text) or not 2 <= radix <= 36 or whole(n) < 0:
        return None
    written = digits.value.lower()
    if not written or any(letter not in DIGITS[:radix] for letter in written):
        return None
    return equal(n, app("based", digits, base))


def _triangular(n: Expr) -> Expr | None:
    return app("is_square", plus(times(8, n), 1)) if whole(n) >= 0 else None


def _fibonacci(n: Expr) -> Expr | None:
    if whole(n) < 0:
        return None
    return either([app("is_square", plus(times(5, square(n)), sign)) for sign in (4, -4)])


def _power_of(n: Expr, base: Expr) -> Expr | None:
    value, radix = whole(n), whole(base)
    if value < 1 or radix < 2:
        return None
    exponent = 0
    reached = 1
    while reached * radix <= value:
        reached *= radix
        exponent += 1
    return equal(n, power(base, exponent)) if reached == value else both([
        app("le", n, power(base, exponent)), app("ge", n, power(base, exponent)),
    ])  # fmt: skip


def _perfect_power(n: Expr) -> Expr | None:
    value = whole(n)
    if not 4 <= value < 2**200:
        return None
    roots = [(_integer_root(value, k), k) for k in range(2, value.bit_length())]
    exact_one = [(r, k) for r, k in roots if r**k == value]
    return either([equal(n, power(r, k)) for r, k in exact_one[:1] or roots])


def _integer_root(value: int, k: int) -> int:
    low, high = 1, 1 << (value.bit_length() // k + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**k <= value else (low, middle - 1)
    return low


def _square_free(n: Expr) -> Expr | None:
    value = whole(n)
    if not 1 <= value <= TRIAL**2:
        return None
    squares = [p for p in range(2, isqrt(value) + 1) if value % (p * p) == 0]
    if squares:
        return app("not", app("divides", power(squares[0], 2), n))
    tried = [p for p in range(2, min(isqrt(value), 60) + 1) if all(p % q for q in range(2, p))]
    if isqrt(value) > 60:
        return None
    return both([app("not", app("divides", power(p, 2), n)) for p in tried]) if tried else equal(n, n)


def _irrational(x: Expr) -> Expr | None:
    value = plain_value(x)
    if value is not None:
        return app("ne", x, Num(value))
    if isinstance(x, Const) and x.name in ("pi", "e"):
        return equal(x, x)
    if isinstance(x, Apply) and x.head == "sqrt":
        inside = plain_value(x.args[0])
        if inside is not None and inside >= 0:
            return app("not", app("is_square", Num(Fraction(inside.numerator * inside.denominator))))
    return None


def _rational(x: Expr) -> Expr | None:
    denied = _irrational(x)
    return None if denied is None else app("not", denied)


def _integer(x: Expr) -> Expr | None:
    return app("is_integer", x) if plain_value(x) is not None else None


def _palindrome(n: Expr) -> Expr | None:
    if "based" in heads(n):
        return None
    value = whole(n)
    return None if value < 0 else equal(n, int(str(value)[::-1])) if value < 10**300 else None


def _consecutive(*numbers: Expr) -> Expr | None:
    if len(numbers) < 2:
        return None
    step = 1 if whole(numbers[1]) >= whole(numbers[0]) else -1
    return both([equal(after, plus(before, step)) for before, after in pairwise(numbers)])


def _fits(build: Callable[..., Expr | None], least: int, most: int | None) -> Callable[[Arguments], Expr | None]:
    def guarded(arguments: Arguments) -> Expr | None:
        if len(arguments) < least or (most is not None and len(arguments) > most):
            return None
        return build(*arguments)

    return guarded


RELATIONS: Final[Mapping[str, Callable[[Arguments], Expr | None]]] = {
    "prime": _fits(lambda n: app("is_prime", n), 1, 1),
    "composite": _fits(lambda n: both([app("gt", n, Num(Fraction(1))), app("not", app("is_prime", n))]), 1, 1),
    "even": _fits(lambda n: equal(app("mod", n, Num(Fraction(2))), 0), 1, 1),
    "odd": _fits(lambda n: equal(app("mod", n, Num(Fraction(2))), 1), 1, 1),
    "square": _fits(lambda n: app("is_square", n), 1, 1),
    "cube": _fits(lambda n: app("is_cube", n), 1, 1),
    "perfect_power": _fits(_perfect_power, 1, 1),
    "integer": _fits(_integer, 1, 1),
    "rational": _fits(_rational, 1, 1),
    "irrational": _fits(_irrational, 1, 1),
    "divides": _fits(_positive_divisor, 2, 2),
    "multiple": _fits(lambda n, d: _positive_divisor(d, n), 2, 2),
    "coprime": _fits(lambda *n: equal(app("gcd", *n), 1), 2, None),
    "congruent": _fits(lambda a, b, m: app("congruent", a, b, m) if whole(m) > 0 else None, 3, 3),
    "digit_count": _fits(_digit_count, 2, 2),
    "digit_sum": _fits(lambda n, s: equal(app("digit_sum", n), s) if whole(n) >= 0 else None, 2, 2),
    "palindrome": _fits(_palindrome, 1, 1),
    "factorization": _fits(_factorization, 2, 2),
    "in_base": _fits(_in_base, 3, 3),
    "gcd": _fits(lambda *n: equal(app("gcd", *n[:-1]), n[-1]), 3, None),
    "lcm": _fits(lambda *n: equal(app("lcm", *n[:-1]), n[-1]), 3, None),
    "divisor_count": _fits(lambda n, k: equal(app("divisor_count", n), k) if whole(n) > 0 else None, 2, 2),
    "divisor_sum": _fits(lambda n, s: equal(app("divisor_sum", n), s) if whole(n) > 0 else None, 2, 2),
    "remainder": _fits(_residue, 3, 3),
    "last_digit": _fits(_last_digit, 2, 3),
    "perfect": _fits(lambda n: equal(app("divisor_sum", n), times(2, n)) if whole(n) > 0 else None, 1, 1),
    "triangular": _fits(_triangular, 1, 1),
    "fibonacci": _fits(_fibonacci, 1, 1),
    "power_of": _fits(_power_of, 2, 2),
    "square_free": _fits(_square_free, 1, 1),
    "consecutive": _fits(_consecutive, 2, None),
}  # fmt: skip

OF_REALS: Final = frozenset({"integer", "rational", "irrational"})
