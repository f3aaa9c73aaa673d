"""Number theory facts: "91 is prime", "the remainder of 2^100 by 7 is 2", "45 in base 2 is 101101".

Arguments by predicate: one number for `prime` to `fibonacci`; `divides(d, n)` and `multiple(n, d)`; `coprime` and
`consecutive` any number of them; `congruent(a, b, m)`; `digit_count(n, k)`, `digit_sum(n, s)`,
`divisor_count(n, k)`, `divisor_sum(n, s)`; `factorization(n, product of prime powers)`;
`in_base(n, digits as text, base)`; `gcd` and `lcm`: the numbers, then the result; `remainder(a, m, r)`;
`last_digit(n, d[, how many digits])`; `power_of(n, base)`.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import pairwise
from math import isqrt
from typing import Final, TypeAlias

from verifiers.claims import NumberFact
from verifiers.expr import Apply, Const, Expr, Num, Text, app
from verifiers.kinds._closed import (
    both,
    decide,
    either,
    equal,
    minus,
    obstacle,
    plain_value,
    plus,
    power,
    square,
    times,
)  # fmt: skip
from verifiers.notation.show import show
from verifiers.protocol import Budget
from verifiers.verdicts import Reason, Verdict, undecided

Arguments: TypeAlias = tuple[Expr, ...]

_TRIAL: Final = 10_000
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


def verify(formula: NumberFact, budget: Budget) -> Verdict:
    """Puts the fact as one closed relation and lets `exact` say whether it holds."""
    arguments = formula.arguments
    if (problem := obstacle(arguments, budget)) is not None:
        return problem
    build = _RELATIONS.get(formula.predicate)
    if build is None:
        return undecided(Reason.UNSUPPORTED, formula.predicate)
    values = [plain_value(a) for a in arguments if not isinstance(a, Text)]
    if formula.predicate not in _OF_REALS and any(v is None or v.denominator != 1 for v in values):
        return undecided(Reason.UNDEFINED, f"{formula.predicate} is said of whole numbers")
    relation = build(arguments)
    if relation is None:
        return undecided(Reason.UNSUPPORTED, f"{formula.predicate} of these numbers")
    if not formula.holds:
        relation = app("not", relation)
    found = _FOUND.get(formula.predicate)
    value = found(arguments) if found is not None else None
    premises = _factor_premises(arguments[0]) if formula.predicate == "prime" and formula.holds else ()
    text = _said(formula, not formula.holds)
    if value is not None and formula.holds and formula.predicate in _VALUED:
        text = f"{text}, it is {show(value)}"
    if premises:
        text = f"{text}: {show(premises[0])}"
    return decide(
        relation, f"number theory: {formula.predicate}", found=value, premises=premises,
        text=f"{text}.", right=f"{_said(formula, formula.holds)}.",
    )  # fmt: skip


_VALUED: Final = frozenset(
    {"gcd", "lcm", "remainder", "last_digit", "digit_sum", "digit_count", "divisor_count", "divisor_sum", "in_base"}
)
_PHRASES: Final[Mapping[str, str]] = {
    "prime": "{0} is prime", "composite": "{0} is composite", "even": "{0} is even", "odd": "{0} is odd",
    "square": "{0} is a perfect square", "cube": "{0} is a perfect cube", "perfect_power": "{0} is a perfect power",
    "integer": "{0} is an integer", "rational": "{0} is rational", "irrational": "{0} is irrational",
    "divides": "{1} is divisible by {0}", "multiple": "{0} is divisible by {1}", "coprime": "the gcd of {all} is 1",
    "congruent": "{0} is congruent to {1} modulo {2}", "digit_count": "the number of digits of {0} is {1}",
    "digit_sum": "the sum of the digits of {0} is {1}", "palindrome": "{0} is a palindrome",
    "factorization": "the prime factorization of {0} is {1}", "in_base": "{0} in base {2} is {1}",
    "gcd": "the gcd of {but_last} is {last}", "lcm": "the lcm of {but_last} is {last}",
    "divisor_count": "the number of divisors of {0} is {1}", "divisor_sum": "the sum of the divisors of {0} is {1}",
    "remainder": "the remainder of {0} divided by {1} is {2}", "last_digit": "the ending of {0} is {1}",
    "perfect": "{0} is a perfect number", "triangular": "{0} is a triangular number",
    "fibonacci": "{0} is a Fibonacci number", "power_of": "{0} is a power of {1}",
    "square_free": "{0} is square-free", "consecutive": "each of {all} is one from the next",
}  # fmt: skip


def _said(formula: NumberFact, holds: bool) -> str:
    shown = [a.value if isinstance(a, Text) else show(a) for a in formula.arguments]
    phrase = _PHRASES[formula.predicate].replace(" is ", " is " if holds else " is not ", 1)
    text = phrase.format(
        *shown, *[""] * 3, all=", ".join(shown), but_last=", ".join(shown[:-1]), last=shown[-1] if shown else ""
    )
    return text[:1].upper() + text[1:]


def _whole(expr: Expr) -> int:
    value = plain_value(expr)
    if value is None:
        raise ValueError("not a number")
    return int(value)


def _residue(a: Expr, m: Expr, r: Expr) -> Expr | None:
    modulus, rest = _whole(m), _whole(r)
    return equal(app("mod", a, m), r) if modulus > 0 and 0 <= rest < modulus else None


def _positive_divisor(d: Expr, n: Expr) -> Expr | None:
    return None if _whole(d) == 0 else app("divides", d, n)


def _digit_count(n: Expr, k: Expr) -> Expr | None:
    count = _whole(k)
    if not 1 <= count <= 10_000 or _whole(n) < 0:
        return None
    least = Num(Fraction(0)) if count == 1 else power(10, count - 1)
    return both([app("le", least, n), app("lt", n, power(10, count))])


def _digits(value: int) -> int:
    count = value.bit_length() * 30103 // 100_000
    while 10**count <= value:
        count += 1
    return max(count, 1)


def _last_digit(n: Expr, d: Expr, how_many: Expr = Num(Fraction(1))) -> Expr | None:  # noqa: B008 - a frozen value
    count = _whole(how_many)
    if not 1 <= count <= 50 or _whole(n) < 0 or not 0 <= _whole(d) < 10**count:
        return None
    return equal(app("mod", n, power(10, count)), d)


def _factorization(n: Expr, product: Expr) -> Expr | None:
    bases: list[Expr] = []
    for factor in product.args if isinstance(product, Apply) and product.head == "mul" else (product,):
        base = factor.args[0] if isinstance(factor, Apply) and factor.head == "pow" else factor
        if not isinstance(base, Num):
            return None
        bases.append(base)
    if _whole(n) < 2 or any(base == Num(Fraction(1)) for base in bases):
        return None
    return both([equal(n, product), *(app("is_prime", base) for base in bases)])


def _in_base(n: Expr, digits: Expr, base: Expr) -> Expr | None:
    radix = _whole(base)
    if not isinstance(digits, Text) or not 2 <= radix <= 36 or _whole(n) < 0:
        return None
    written = digits.value.lower()
    if not written or any(letter not in _DIGITS[:radix] for letter in written):
        return None
    return equal(n, app("based", digits, base))


def _triangular(n: Expr) -> Expr | None:
    return app("is_square", plus(times(8, n), 1)) if _whole(n) >= 0 else None


def _fibonacci(n: Expr) -> Expr | None:
    if _whole(n) < 0:
        return None
    return either([app("is_square", plus(times(5, square(n)), sign)) for sign in (4, -4)])


def _power_of(n: Expr, base: Expr) -> Expr | None:
    value, radix = _whole(n), _whole(base)
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
    value = _whole(n)
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
    value = _whole(n)
    if not 1 <= value <= _TRIAL**2:
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
            whole = Num(Fraction(inside.numerator * inside.denominator))
            return app("not", app("is_square", whole))
    return None


def _rational(x: Expr) -> Expr | None:
    denied = _irrational(x)
    return None if denied is None else app("not", denied)


def _integer(x: Expr) -> Expr | None:
    return app("is_integer", x) if plain_value(x) is not None else None


def _palindrome(n: Expr) -> Expr | None:
    value = _whole(n)
    return None if value < 0 else equal(n, int(str(value)[::-1])) if value < 10**300 else None


def _consecutive(*numbers: Expr) -> Expr | None:
    if len(numbers) < 2:
        return None
    step = 1 if _whole(numbers[1]) >= _whole(numbers[0]) else -1
    return both([equal(after, plus(before, step)) for before, after in pairwise(numbers)])


def _fits(build: Callable[..., Expr | None], least: int, most: int | None) -> Callable[[Arguments], Expr | None]:
    def guarded(arguments: Arguments) -> Expr | None:
        if len(arguments) < least or (most is not None and len(arguments) > most):
            return None
        return build(*arguments)

    return guarded


_RELATIONS: Final[Mapping[str, Callable[[Arguments], Expr | None]]] = {
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
    "congruent": _fits(lambda a, b, m: app("congruent", a, b, m) if _whole(m) > 0 else None, 3, 3),
    "digit_count": _fits(_digit_count, 2, 2),
    "digit_sum": _fits(lambda n, s: equal(app("digit_sum", n), s) if _whole(n) >= 0 else None, 2, 2),
    "palindrome": _fits(_palindrome, 1, 1),
    "factorization": _fits(_factorization, 2, 2),
    "in_base": _fits(_in_base, 3, 3),
    "gcd": _fits(lambda *n: equal(app("gcd", *n[:-1]), n[-1]), 3, None),
    "lcm": _fits(lambda *n: equal(app("lcm", *n[:-1]), n[-1]), 3, None),
    "divisor_count": _fits(lambda n, k: equal(app("divisor_count", n), k) if _whole(n) > 0 else None, 2, 2),
    "divisor_sum": _fits(lambda n, s: equal(app("divisor_sum", n), s) if _whole(n) > 0 else None, 2, 2),
    "remainder": _fits(_residue, 3, 3),
    "last_digit": _fits(_last_digit, 2, 3),
    "perfect": _fits(lambda n: equal(app("divisor_sum", n), times(2, n)) if _whole(n) > 0 else None, 1, 1),
    "triangular": _fits(_triangular, 1, 1),
    "fibonacci": _fits(_fibonacci, 1, 1),
    "power_of": _fits(_power_of, 2, 2),
    "square_free": _fits(_square_free, 1, 1),
    "consecutive": _fits(_consecutive, 2, None),
}  # fmt: skip

_OF_REALS: Final = frozenset({"integer", "rational", "irrational"})


def _to_base(arguments: Arguments) -> Expr | None:
    value, radix = _whole(arguments[0]), _whole(arguments[2])
    if not 2 <= radix <= 36 or value < 0 or value.bit_length() > 4_000:
        return None
    digits = ""
    while value:
        value, digit = divmod(value, radix)
        digits = _DIGITS[digit] + digits
    return app("based", Text(digits or "0"), arguments[2])


def _computed(build: Callable[[Arguments], Expr]) -> Callable[[Arguments], Expr | None]:
    def found(arguments: Arguments) -> Expr | None:
        value = plain_value(build(arguments))
        return None if value is None else Num(value)

    return found


_FOUND: Final[Mapping[str, Callable[[Arguments], Expr | None]]] = {
    "gcd": _computed(lambda a: app("gcd", *a[:-1])),
    "lcm": _computed(lambda a: app("lcm", *a[:-1])),
    "remainder": _computed(lambda a: app("mod", a[0], a[1])),
    "last_digit": _computed(lambda a: app("mod", a[0], power(10, a[2] if len(a) > 2 else 1))),
    "digit_sum": _computed(lambda a: app("digit_sum", a[0])),
    "divisor_count": _computed(lambda a: app("divisor_count", a[0])),
    "divisor_sum": _computed(lambda a: app("divisor_sum", a[0])),
    "digit_count": lambda a: Num(Fraction(_digits(_whole(a[0])))),
    "congruent": _computed(lambda a: app("mod", minus(a[0], a[1]), a[2])),
    "multiple": _computed(lambda a: app("mod", a[0], a[1])),
    "divides": _computed(lambda a: app("mod", a[1], a[0])),
    "in_base": _to_base,
}  # fmt: skip


def _factor_premises(n: Expr) -> Arguments:
    value = _whole(n)
    for divisor in range(2, min(_TRIAL, isqrt(max(value, 0))) + 1):
        if value % divisor == 0:
            return (equal(times(divisor, value // divisor), n),)
    return ()
