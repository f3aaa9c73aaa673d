"""Where letters lie: domains as relations, points held to them, and values worth trying."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from verifiers import exact
from verifiers.claims import Context
from verifiers.expr import Apply, Const, Expr, Num, Sym

_CONDITIONS: Final[Mapping[str, tuple[str, Expr]]] = {
    "positive": ("gt", Num(Fraction(0))), "nonnegative": ("ge", Num(Fraction(0))),
    "rational": ("in", Const("rationals")), "integer": ("in", Const("integers")),
    "natural": ("in", Const("naturals")), "prime": ("in", Const("primes")),
}  # fmt: skip
"""A real letter needs no condition."""

POOL: Final = tuple(
    Fraction(v) for v in (2, 3, 5, 1, -1, 7, 4, -2, "1/2", 6, -3, 10, "3/2", 11, "1/3", 0, 13, -5, "5/2")
)
_POOLS: Final[Mapping[str, Sequence[Fraction]]] = {
    "integer": tuple(v for v in POOL if v.denominator == 1),
    "natural": tuple(Fraction(v) for v in (2, 3, 5, 1, 7, 4, 6, 11, 13, 8, 9, 10, 12, 15, 17, 16)),
    "prime": tuple(Fraction(v) for v in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29)),
    "positive": tuple(v for v in POOL if v > 0),
    "nonnegative": tuple(v for v in POOL if v >= 0),
}


def domain_premises(letters: Sequence[str], context: Context) -> tuple[Expr, ...]:
    """The domains of those letters as relations."""
    premises = []
    for name, domain in context.domains:
        if name in letters and domain in _CONDITIONS:
            head, other = _CONDITIONS[domain]
            premises.append(Apply(head, (Sym(name), other)))
    return tuple(premises)


def admissible(point: Mapping[str, Expr], context: Context) -> bool:
    """Every value is known to lie in its letter's domain."""
    return all(exact.holds(premise, point) is True for premise in domain_premises(tuple(point), context))


def pools(letters: set[str], context: Context) -> dict[str, Sequence[Fraction]]:
    """Values worth trying for each letter, out of its domain."""
    domains = dict(context.domains)
    return {name: _POOLS.get(domains.get(name, "real"), POOL) for name in letters}
