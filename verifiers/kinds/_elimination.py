"""The values an expression can take under polynomial equations, by elimination.

The letters are eliminated from the equations and `t = expression`; what is left is a polynomial that every value of
the expression is a root of, whatever else restricts the letters. A number that is no root of it is none of the values.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Final

from flint import fmpq_mpoly, fmpq_poly

from verifiers.claims import Context
from verifiers.expr import Apply, Expr, Sym, app, free_symbols, num, substitute, walk
from verifiers.kinds._closing import close
from verifiers.kinds._groebner import basis
from verifiers.kinds._poly import Ring
from verifiers.kinds._ratio import NotPolynomialError
from verifiers.kinds._relations import conjuncts

VALUE: Final = "~value"
"""Sorts after every letter, so that a lexicographic basis eliminates the letters first."""
_SPARE: Final = "!spare"


def eliminant(target: Expr, context: Context) -> fmpq_poly | None:
    """A polynomial that vanishes at every value of `target` under the givens; None where there is none or it costs too
    much, and where the givens contradict each other.
    """
    whole = (target, *context.givens)
    if any(sort == "complex" for _, sort in context.domains) and any(_has(tree, "abs") for tree in whole):
        return None
    target = _without_absolutes(close(target, context))
    relations = [r for given in context.givens for r in _equations(given, context)]
    try:
        ring = Ring([Sym(VALUE), Sym(_SPARE), target, *(side for r in relations for side in r.args)])
        if ring.entangled - _under_roots(ring):
            return None
        polynomials: list[fmpq_mpoly] = []
        bottoms = ring.one
        for relation in [*relations, app("eq", Sym(VALUE), target)]:
            assert isinstance(relation, Apply)
            difference = ring.difference(relation)
            polynomials.append(difference.top)
            if not difference.bottom.is_constant() and not divides(difference.bottom, bottoms):
                bottoms = bottoms * difference.bottom
        for side in _differing(context):
            bottoms = bottoms * ring.difference(side).top
        if not bottoms.is_constant():
            polynomials.append(ring.generator(_SPARE) * bottoms - ring.one)
        found = basis(ring, polynomials)
        if found is None:
            return None
        for poly in found:
            if not poly.is_constant() and set(ring.used(poly)) == {VALUE} and not ring.has_atoms(poly):
                return ring.univariate(poly, VALUE)
    except NotPolynomialError:
        return None
    return None


def divides(small: fmpq_mpoly, large: fmpq_mpoly) -> bool:
    return not small.is_zero() and bool(divmod(large, small)[1].is_zero())


def written(poly: fmpq_poly, at: Expr) -> Expr:
    """The value of a polynomial with whole coefficients at a closed expression, written out."""
    whole = poly * poly.denom()
    terms: list[Expr] = []
    for power, coefficient in enumerate(whole.coeffs()):
        if coefficient:
            factor = num(int(coefficient.p))
            raised = at if power == 1 else app("pow", at, num(power))
            terms.append(factor if power == 0 else raised if coefficient == 1 else app("mul", factor, raised))
    return terms[0] if len(terms) == 1 else app("add", *terms)


def only_root(poly: fmpq_poly) -> Fraction | None:
    """The root where there is one only, counted once."""
    free = poly // poly.gcd(poly.derivative())
    if free.degree() != 1:
        return None
    root = -free.coeffs()[0] / free.coeffs()[1]
    return Fraction(int(root.p), int(root.q))


def _equations(given: Expr, context: Context) -> Iterator[Apply]:
    closed = _vieta(given) if isinstance(given, Apply) and given.head == "call" else [close(given, context)]
    for tree in closed:
        for relation in conjuncts(_without_absolutes(tree)):
            if isinstance(relation, Apply) and relation.head == "eq":
                yield relation


def _vieta(given: Apply) -> list[Expr]:
    """`roots(such_that(x, P(x) = 0), (a, b))` as the values of the elementary symmetric functions, or of each root."""
    within, letters = given.args[1:]
    assert isinstance(within, Apply)
    assert isinstance(letters, Apply)
    unknown, equation = within.args
    assert isinstance(unknown, Sym)
    assert isinstance(equation, Apply)
    ring = Ring([*equation.args, unknown])
    top = ring.difference(equation).top
    index = ring.index(unknown.name)
    degree = top.degrees()[index]
    if degree != len(letters.args):
        return [substitute(equation, {unknown.name: letter}) for letter in letters.args]
    parts: list[Expr] = []
    for power in range(degree + 1):
        terms = {
            tuple(0 if k == index else m for k, m in enumerate(monomial)): c
            for monomial, c in top.to_dict().items()
            if monomial[index] == power
        }
        parts.append(ring.expression(ring.context.from_dict(terms), {}))
    return [
        app("eq", app("mul", parts[degree], _symmetric(letters.args, k)),
            parts[degree - k] if k % 2 == 0 else app("neg", parts[degree - k]))
        for k in range(1, degree + 1)
    ]  # fmt: skip


def _symmetric(letters: Sequence[Expr], size: int) -> Expr:
    products = [c[0] if size == 1 else app("mul", *c) for c in combinations(letters, size)]
    return products[0] if len(products) == 1 else app("add", *products)


def _differing(context: Context) -> Iterator[Expr]:
    for given in context.givens:
        for relation in conjuncts(close(given, context)):
            if isinstance(relation, Apply) and relation.head == "ne":
                yield app("eq", *relation.args)


def _without_absolutes(tree: Expr) -> Expr:
    if not isinstance(tree, Apply):
        return tree
    args = tuple(_without_absolutes(argument) for argument in tree.args)
    if tree.head == "abs":
        return app("sqrt", app("pow", args[0], num(2)))
    return Apply(tree.head, args)


def _under_roots(ring: Ring) -> frozenset[str]:
    """Letters inside square roots, whose squares the basis knows; none where another atom has letters."""
    inside = [atom for atom in ring.atoms if free_symbols(atom)]
    if any(not (isinstance(atom, Apply) and atom.head == "sqrt") for atom in inside):
        return frozenset()
    return frozenset(name for atom in inside for name in free_symbols(atom))


def _has(tree: Expr, head: str) -> bool:
    return any(isinstance(node, Apply) and node.head == head for node in walk(tree))
