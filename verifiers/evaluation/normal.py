"""Proves that two trees are equal wherever both are defined, by one normal form.

A tree becomes a quotient of polynomials over the rationals in *atoms*: letters, pi, roots, absolute values,
exponentials, logarithms of primes and irreducible factors, values of unknown functions. Atoms obey relations that
hold at every point (the square of √2 is 2, the square of |f| is f²), by which numerators are reduced; a difference
that reduces to zero is zero. The converse is not claimed: what does not reduce to zero is not told apart.
"""

from collections.abc import Iterable
from fractions import Fraction
from math import lcm

from flint import fmpq_mpoly, fmpz_poly

from verifiers.evaluation.atoms import Atoms, Form, Node, fraction, plus, times
from verifiers.evaluation.building import Builder
from verifiers.evaluation.scalars import UndefinedError, UnknownError
from verifiers.expr import Expr

LIMIT = 4_000
"""Most monomials of any polynomial on the way."""


class Domains:
    """What is known of the letters: which are positive, not negative, whole."""

    __slots__ = ("integers", "nonnegative", "positive")

    def __init__(
        self, positive: Iterable[str] = (), nonnegative: Iterable[str] = (), integers: Iterable[str] = ()
    ) -> None:
        self.positive = frozenset(positive)
        self.nonnegative = frozenset(nonnegative)
        self.integers = frozenset(integers)


def equal(
    a: Expr, b: Expr, *, principal: bool = False, domains: Domains | None = None, limit: int = LIMIT
) -> bool:
    """Whether the difference of the two trees is proved to be zero wherever both are defined. Never raises.

    `principal` reads roots and logarithms in the complex numbers, where √(xy) = √x·√y and the like do not hold.
    """
    try:
        return _equal(a, b, principal, domains or Domains(), limit)
    except (UnknownError, UndefinedError, ArithmeticError, ValueError, RecursionError, OverflowError):
        return False


def _equal(a: Expr, b: Expr, principal: bool, domains: Domains, limit: int) -> bool:
    atoms = Atoms(domains.positive, domains.nonnegative, domains.integers, limit)
    builder = Builder(atoms, principal)
    left, right = builder.node(a), builder.node(b)
    if left == right:
        return True
    difference: Node = plus((left, times((("c", Fraction(-1)), right))))
    return atoms.vanishes(difference)


def positive_everywhere(greater: Expr, smaller: Expr, *, strict: bool, domains: Domains) -> bool:
    """Whether `greater - smaller` is proved positive (or, not `strict`, not negative) wherever it is defined, by the
    signs of its terms, its square factors or the absence of real roots. Never raises.
    """
    try:
        atoms = Atoms(domains.positive, domains.nonnegative, domains.integers, LIMIT)
        builder = Builder(atoms, False)
        form = atoms.form(plus((builder.node(greater), times((("c", Fraction(-1)), builder.node(smaller))))))
        return _never_negative(atoms, form, strict, domains)
    except (UnknownError, UndefinedError, ArithmeticError, ValueError, RecursionError, OverflowError):
        return False


def _never_negative(atoms: Atoms, form: Form, strict: bool, domains: Domains) -> bool:
    if form.numerator.is_zero():
        return not strict
    product = form.numerator * form.denominator
    if len(product) > 40 or product.total_degree() > 40:
        return False
    content, factors = product.factor()
    sign = 1 if content > 0 else -1
    for factor, count in factors:
        if count % 2 == 0:
            if strict and not _sign_of(atoms, factor, form, True, domains):
                return False
            continue
        found = _sign_of(atoms, factor, form, strict, domains)
        if not found:
            return False
        sign *= found
    return sign > 0


def _sign_of(atoms: Atoms, factor: fmpq_mpoly, form: Form, strict: bool, domains: Domains) -> int:
    """1 or -1 for the sign that the polynomial has everywhere, 0 where that is not known."""
    for way in (1, -1):
        if atoms.is_positive(factor * way, form) and (not strict or _has_positive_term(factor * way, form, domains)):
            return way
    used = [j for j, e in enumerate(factor.degrees()) if e]
    if len(used) == 1 and form.keys[used[0]].startswith("x:") and form.roots[used[0]] == 1:
        coefficients = [Fraction(0)] * (int(factor.degrees()[used[0]]) + 1)
        for exponents, coefficient in factor.to_dict().items():
            coefficients[int(exponents[used[0]])] = fraction(coefficient)
        scale = lcm(*(c.denominator for c in coefficients))
        roots = fmpz_poly([int(c * scale) for c in coefficients]).complex_roots()
        if all(not root.imag.contains(0) for root, _ in roots):
            return 1 if coefficients[-1] > 0 else -1
    return 0


def _has_positive_term(poly: fmpq_mpoly, form: Form, domains: Domains) -> bool:
    certain = {f"x:{name}" for name in domains.positive}
    for exponents in poly.to_dict():
        keys = [form.keys[j] for j, e in enumerate(exponents) if e]
        if all(k in certain or k.startswith(("prime:", "exp:", "pow:")) or k == "pi" for k in keys):
            return True
    return False
