"""Membership of a difference in the ideal that given equations span: equal under the givens."""

from collections.abc import Sequence
from math import lcm

from flint import Ordering, fmpq_mpoly, fmpz_mpoly, fmpz_mpoly_ctx, fmpz_mpoly_vec

from verifiers.evaluation.atoms import Atoms, Node, constant, plus, times
from verifiers.evaluation.building import Builder
from verifiers.evaluation.normal import Domains
from verifiers.evaluation.scalars import UndefinedError, UnknownError
from verifiers.expr import Apply, Expr

_MOST_EQUATIONS = 6
_MOST_BASIS = 40
_MOST_TERMS = 200
_MOST_BITS = 400


def in_ideal(left: Expr, right: Expr, equations: Sequence[Apply], *, principal: bool, domains: Domains) -> bool:
    """Whether `left - right` vanishes wherever the equations hold and everything is defined. Never raises.

    Contradictory equations prove nothing here.
    """
    if len(equations) > _MOST_EQUATIONS:
        return False
    try:
        return _reduces(left, right, equations, principal, domains)
    except (UnknownError, UndefinedError, ArithmeticError, ValueError, RecursionError, OverflowError):
        return False


def _reduces(left: Expr, right: Expr, equations: Sequence[Apply], principal: bool, domains: Domains) -> bool:
    atoms = Atoms(domains.positive, domains.nonnegative, domains.integers, _MOST_TERMS * 10)
    builder = Builder(atoms, principal)
    minus = constant(-1)

    def difference(a: Expr, b: Expr) -> Node:
        return plus((builder.node(a), times((minus, builder.node(b)))))

    nodes = [difference(left, right)]
    for equation in equations:
        try:
            nodes.append(difference(*equation.args))
        except UnknownError:
            continue
    ring, quotients = atoms.quotients(nodes)
    target, below = quotients[0]
    context = fmpz_mpoly_ctx.get([f"g{j}" for j in range(max(len(ring.keys), 1))], Ordering.degrevlex)

    def whole(poly: fmpq_mpoly) -> fmpz_mpoly:
        terms = poly.to_dict()
        common = lcm(*(int(coefficient.q) for coefficient in terms.values()))
        return context.from_dict({k: int(c.p) * (common // int(c.q)) for k, c in terms.items()})

    basis = [whole(numerator) for numerator, _ in quotients[1:] if not numerator.is_zero()]
    basis += [whole(relation) for relation in ring.relations()]
    if not basis or any(len(poly) > _MOST_TERMS or poly.total_degree() > 24 for poly in basis):
        return False
    if len(target) > _MOST_TERMS:
        return False
    vector, _ = fmpz_mpoly_vec(basis, context).buchberger_naive(limits=(_MOST_BASIS, _MOST_TERMS, _MOST_BITS))
    if any(poly.is_constant() and not poly.is_zero() for poly in vector):
        return False
    if whole(below).reduction_primitive_part(vector).is_zero():
        return False
    return bool(whole(target).reduction_primitive_part(vector).is_zero())

