"""Number theory facts: "91 is prime", "the remainder of 2^100 by 7 is 2", "45 in base 2 is 101101".

Arguments by predicate: one number for `prime` to `fibonacci`; `divides(d, n)` and `multiple(n, d)`; `coprime` and
`consecutive` any number of them; `congruent(a, b, m)`; `digit_count(n, k)`, `digit_sum(n, s)`,
`divisor_count(n, k)`, `divisor_sum(n, s)`; `factorization(n, product of prime powers)`;
`in_base(n, digits as text, base)`; `gcd` and `lcm`: the numbers, then the result; `remainder(a, m, r)`;
`last_digit(n, d[, how many digits])`; `power_of(n, base)`.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import isqrt
from typing import Final

from verifiers.claims import NumberFact
from verifiers.expr import Expr, Num, Text, app
from verifiers.kinds._judgement import decide, obstacle, plain_value
from verifiers.kinds._number_relations import DIGITS, OF_REALS, RELATIONS, TRIAL, Arguments, whole
from verifiers.kinds._terms import equal, minus, power, times
from verifiers.notation.show import show
from verifiers.protocol import Budget
from verifiers.verdicts import Reason, Verdict, undecided


def verify(formula: NumberFact, budget: Budget) -> Verdict:
    """Puts the fact as one closed relation and lets `exact` say whether it holds."""
    arguments = formula.arguments
    if (problem := obstacle(arguments, budget)) is not None:
        return problem
    build = RELATIONS.get(formula.predicate)
    if build is None:
        return undecided(Reason.UNSUPPORTED, formula.predicate)
    values = [plain_value(a) for a in arguments if not isinstance(a, Text)]
    if formula.predicate not in OF_REALS and any(v is None or v.denominator != 1 for v in values):
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


def _digits(value: int) -> int:
    count = value.bit_length() * 30103 // 100_000
    while 10**count <= value:
        count += 1
    return max(count, 1)


def _to_base(arguments: Arguments) -> Expr | None:
    value, radix = whole(arguments[0]), whole(arguments[2])
    if not 2 <= radix <= 36 or value < 0 or value.bit_length() > 4_000:
        return None
    digits = ""
    while value:
        value, digit = divmod(value, radix)
        digits = DIGITS[digit] + digits
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
    "digit_count": lambda a: Num(Fraction(_digits(whole(a[0])))),
    "congruent": _computed(lambda a: app("mod", minus(a[0], a[1]), a[2])),
    "multiple": _computed(lambda a: app("mod", a[0], a[1])),
    "divides": _computed(lambda a: app("mod", a[1], a[0])),
    "in_base": _to_base,
}  # fmt: skip


def _factor_premises(n: Expr) -> Arguments:
    value = whole(n)
    for divisor in range(2, min(TRIAL, isqrt(max(value, 0))) + 1):
        if value % divisor == 0:
            return (equal(times(divisor, value // divisor), n),)
    return ()
