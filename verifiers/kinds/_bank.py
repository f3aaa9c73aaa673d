"""Simple functions that provably meet all that is given of an unknown one: witnesses against what is said of it.

A family (`ax + b`, `ax² + bx + c`, `a/x + b` …) is put into the conditions at a few points; what is left are
polynomials in its coefficients, whose rational zeros are looked for by factoring and elimination. A function found that
way is used only once every condition is proved for all values.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import islice, product
from typing import Final

import msgspec
from flint import fmpq, fmpq_mpoly

from verifiers import exact
from verifiers.claims import Context, Domain
from verifiers.evaluation.atoms import fraction
from verifiers.expr import Apply, Expr, Num, Sym, free_symbols, substitute, walk
from verifiers.kinds import identity
from verifiers.kinds._closing import close
from verifiers.kinds._groebner import basis
from verifiers.kinds._poly import Ring
from verifiers.kinds._proof import proof
from verifiers.kinds._ratio import NotPolynomialError
from verifiers.protocol import Budget
from verifiers.verdicts import Label

VARIABLE: Final = "x"
"""The letter of a function's formula."""
_X: Final = Sym(VARIABLE)
_COEFFICIENTS: Final = ("#0", "#1", "#2")
_MOST_MEMBERS: Final = 16
_MOST_NODES: Final = 120
"""Steps of elimination for one family."""
_FREE: Final = tuple(Fraction(v) for v in (0, 1, 2, -1, 3, -2, "1/2"))
"""Values of a coefficient that the conditions leave free."""


class Member(msgspec.Struct, frozen=True):
    """`body` is a formula in `VARIABLE`."""

    body: Expr
    powers: tuple[tuple[int, Fraction], ...] | None
    """Its terms as a polynomial, or with negative powers; None for any other function."""


class Hypotheses(msgspec.Struct, frozen=True):
    """What is given of a function: where it lives, what it satisfies for all letters of `domains`, and its traits."""

    function: str
    source: Domain
    target: Domain
    conditions: tuple[Expr, ...]
    domains: tuple[tuple[str, Domain], ...]
    restrictions: tuple[Expr, ...] = ()
    """Relations between the letters under which the conditions are given."""
    traits: tuple[str, ...] = ()


def _number(value: Fraction | int) -> Num:
    return Num(Fraction(value))


def _power(k: int) -> Expr:
    if k == 1:
        return _X
    if k < 0:
        return Apply("div", (_number(1), _power(-k)))
    return Apply("pow", (_X, _number(k)))


_POLYNOMIAL: Final = ((0,), (1, 0), (2, 1, 0), (3, 0), (3, 1))
_ONE: Final = _number(1)
_FAMILIES: Final = (*_POLYNOMIAL, (-1, 0), (-2, 0), (1, -1))
_OTHERS: Final[tuple[tuple[Expr, ...], ...]] = (
    (Apply("abs", (_X,)), _number(1)),
    (Apply("pow", (_number(2), _X)),),
    (Apply("pow", (_number(3), _X)),),
    (Apply("pow", (_number(Fraction(1, 2)), _X)),),
)
"""Bases of further families."""


@lru_cache(8)
def members(given: Hypotheses, budget: Budget) -> tuple[Member, ...]:
    """The functions found, simplest first."""
    return tuple(islice(_members(given, budget), _MOST_MEMBERS))


def unfolded(expr: Expr, function: str, body: Expr) -> Expr:
    """The tree with the function written out."""
    return close(expr, Context(functions=((function, (VARIABLE,), body),)))


def _members(given: Hypotheses, budget: Budget) -> Iterator[Member]:
    seen: set[Expr] = set()
    for powers in _FAMILIES:
        if "polynomial" in given.traits and min(powers) < 0:
            continue
        for values in _fitting(given, [_power(k) if k else _number(1) for k in powers]):
            terms = tuple((k, v) for k, v in zip(powers, values, strict=True) if v)
            body = _sum([(v, _power(k) if k else None) for k, v in terms])
            if body not in seen and _lives(terms, given) and _has(terms, given.traits):
                seen.add(body)
                if _meets(body, given, budget):
                    yield Member(body, terms)
    if given.target not in ("real", "positive", "nonnegative", "rational") or set(given.traits) - {"nonconstant"}:
        return
    nested = any(called(a) for c in given.conditions for a in called(c))
    for kind, base in enumerate(_OTHERS):
        if nested if kind else given.source not in ("real", "rational", "integer"):
            continue
        for values in _fitting(given, base):
            if not values[0] or (given.target != "real" and any(v < 0 for v in values)):
                continue
            if given.target == "rational" and kind:
                continue
            body = _sum([(v, None if b == _ONE else b) for v, b in zip(values, base, strict=True) if v])
            if body not in seen and _meets(body, given, budget):
                seen.add(body)
                yield Member(body, None)


def called(expr: Expr) -> list[Expr]:
    """Arguments that functions are applied to."""
    return [n.args[-1] for n in walk(expr) if isinstance(n, Apply) and n.head == "call"]


def _sum(terms: Sequence[tuple[Fraction, Expr | None]]) -> Expr:
    parts: list[Expr] = []
    for value, base in terms:
        if base is None:
            parts.append(_number(value))
        elif isinstance(base, Apply) and base.head == "div":
            parts.append(Apply("div", (_number(value), base.args[1])))
        elif abs(value) == 1:
            parts.append(base if value > 0 else Apply("neg", (base,)))
        else:
            parts.append(Apply("mul", (_number(value), base)))
    if not parts:
        return _number(0)
    return parts[0] if len(parts) == 1 else Apply("add", tuple(parts))


def _lives(terms: Sequence[tuple[int, Fraction]], given: Hypotheses) -> bool:
    """Whether the function has all its values where it should."""
    source, target = given.source, given.target
    powers, values = [k for k, _ in terms], [v for _, v in terms]
    if min(powers, default=0) < 0 and source not in ("positive", "natural"):
        return False
    above = source in ("positive", "natural", "nonnegative") or all(k % 2 == 0 for k in powers)
    whole = all(v.denominator == 1 for v in values) and min(powers, default=0) >= 0
    whole = whole and (source in ("integer", "natural") or all(k == 0 for k in powers))
    if target == "real":
        return True
    if target == "rational":
        return source != "real" or all(k == 0 for k in powers)
    if target == "integer":
        return whole
    if not above or any(v < 0 for v in values):
        return False
    if target == "nonnegative":
        return True
    strict = bool(values) and (source in ("positive", "natural") or 0 in powers)
    return strict if target == "positive" else target == "natural" and strict and whole


def _has(terms: Sequence[tuple[int, Fraction]], traits: Sequence[str]) -> bool:
    slopes = [(k, v) for k, v in terms if k]
    linear = len(slopes) == 1 and slopes[0][0] == 1
    for trait in traits:
        holds = {
            "continuous": True, "differentiable": True, "polynomial": min((k for k, _ in terms), default=0) >= 0,
            "strictly increasing": linear and slopes[0][1] > 0, "injective": linear, "nonconstant": bool(slopes),
            "integral": all(v.denominator == 1 for _, v in terms), "rational": True,
        }.get(trait, False)  # fmt: skip
        if not holds:
            return False
    return True


def _meets(body: Expr, given: Hypotheses, budget: Budget) -> bool:
    """Every condition is proved of the function."""
    context = Context(domains=given.domains, givens=given.restrictions)
    written = [unfolded(c, given.function, body) for c in given.conditions]
    if any(exact.holds(w, point) is False for w in written for point in points(free_symbols(w), given, 6)):
        return False
    for relation in written:
        if not free_symbols(relation):
            if exact.holds(relation) is not True:
                return False
        elif isinstance(relation, Apply) and relation.head == "eq":
            left, right = relation.args
            if not proof(left, right, context, budget):
                return False
        elif identity.decide(relation, context, budget).label is not Label.SUPPORTED:
            return False
    return True


_VALUES: Final[dict[str, tuple[Fraction, ...]]] = {
    "natural": tuple(Fraction(v) for v in (1, 2, 3, 4, 5, 6)),
    "prime": tuple(Fraction(v) for v in (2, 3, 5, 7)),
    "integer": tuple(Fraction(v) for v in (1, 2, 0, -1, 3, -2, 4)),
    "positive": tuple(Fraction(v) for v in (1, 2, 3, "1/2", 4, "1/3")),
    "nonnegative": tuple(Fraction(v) for v in (1, 2, 0, 3, "1/2", 4)),
}
_MOST_POINTS: Final = 400
_ANY: Final = tuple(Fraction(v) for v in (1, 2, 0, -1, 3, -2, "1/2"))


def points(letters: frozenset[str], given: Hypotheses, most: int) -> Iterator[dict[str, Expr]]:
    """Values for the letters out of their domains, small ones first, no two alike for as long as possible."""
    names = sorted(letters)
    domains = dict(given.domains)
    pools = [_VALUES.get(domains.get(name, given.source), _ANY) for name in names]
    ordered = sorted(product(*(range(len(p)) for p in pools)), key=lambda t: (sum(t) - 2 * len(set(t)), t))
    found = 0
    for chosen in ordered[:_MOST_POINTS]:
        point: dict[str, Expr] = {name: Num(pool[k]) for name, pool, k in zip(names, pools, chosen, strict=True)}
        bearing = (r for r in given.restrictions if free_symbols(r) <= letters)
        if exact.all_hold(bearing, point) is True:
            yield point
            found += 1
            if found == most:
                return


# Coefficients.


def _fitting(given: Hypotheses, basis: Sequence[Expr]) -> Iterator[tuple[Fraction, ...]]:
    """Coefficients for which the conditions hold at the points tried."""
    letters = _COEFFICIENTS[: len(basis)]
    body: Expr = Apply("add", (_number(0), *(Apply("mul", (Sym(c), b)) for c, b in zip(letters, basis, strict=True))))
    instances: list[Apply] = []
    for condition in given.conditions:
        if not isinstance(condition, Apply) or condition.head != "eq":
            continue
        for point in points(free_symbols(condition), given, 7):
            instance = _folded(substitute(unfolded(condition, given.function, body), point))
            if isinstance(instance, Apply):
                instances.append(instance)
    try:
        ring = Ring([*(Sym(c) for c in letters), *(side for i in instances for side in i.args)])
    except NotPolynomialError:
        return
    equations = []
    for instance in instances:
        try:
            top = ring.difference(instance).top
        except NotPolynomialError:
            continue
        if not ring.has_atoms(top):
            equations.append(top)
    images = [ring.generator(c) for c in letters]
    yield from islice(_zeros(ring, equations, images, [_MOST_NODES]), 3 * _MOST_MEMBERS)


def _folded(expr: Expr) -> Expr:
    """With closed parts that are no ring operations worked out: `|-3|`, `2^3`."""
    if not isinstance(expr, Apply):
        return expr
    args = tuple(_folded(a) for a in expr.args)
    folded = Apply(expr.head, args)
    if expr.head not in ("eq", "call") and all(isinstance(a, Num) for a in args):
        value = exact.value(folded)
        if isinstance(value, Fraction):
            return Num(value)
    return folded


def _zeros(
    ring: Ring, equations: Sequence[fmpq_mpoly], images: Sequence[fmpq_mpoly], left: list[int]
) -> Iterator[tuple[Fraction, ...]]:
    """Common rational zeros, the coefficients being `images`; where there are infinitely many, some."""
    left[0] -= 1
    equations = [e for e in equations if not e.is_zero()]
    if left[0] < 0 or any(e.is_constant() for e in equations):
        return
    if not equations:
        free = sorted({name for image in images if not image.is_zero() for name in ring.used(image)})
        for chosen in product(_FREE, repeat=len(free)):
            values = dict(zip(free, chosen, strict=True))
            yield tuple(_constant(ring.at(image, values)) for image in images)
        return
    if not any(len(ring.used(e)) == 1 for e in equations):
        equations = basis(ring, equations[:8]) or equations
        if any(e.is_constant() for e in equations):
            return
    shortest = min(equations, key=lambda e: (len(ring.used(e)), e.total_degree(), len(e)))
    for factor, _ in shortest.factor()[1]:
        for name, image in _solved(ring, factor):
            index = ring.index(name)
            gens = list(ring.generators)
            gens[index] = image
            try:
                reduced = [e.compose(*gens, ctx=ring.context) for e in equations]
                moved = [i.compose(*gens, ctx=ring.context) for i in images]
            except (ValueError, OverflowError, ArithmeticError):
                continue
            if all(len(e) < _MOST_NODES * 4 for e in reduced):
                yield from _zeros(ring, reduced, moved, left)


def _solved(ring: Ring, factor: fmpq_mpoly) -> Iterator[tuple[str, fmpq_mpoly]]:
    """Ways for the irreducible factor to vanish: one letter through the others, else by trying values."""
    names = ring.used(factor)
    for name in reversed(names):
        index = ring.index(name)
        if factor.degrees()[index] != 1:
            continue
        slope = [c for m, c in factor.to_dict().items() if m[index]]
        bare = [m for m in factor.to_dict() if m[index] and sum(m) == 1]
        if len(slope) == len(bare) == 1:
            yield name, ring.generator(name) - factor * (1 / slope[0])
            return
    if len(names) > 1:
        for value in _FREE:
            yield names[-1], ring.context.constant(fmpq(value.numerator, value.denominator))


def _constant(poly: fmpq_mpoly) -> Fraction:
    return Fraction(0) if poly.is_zero() else fraction(poly.leading_coefficient())
