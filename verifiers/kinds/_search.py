"""Deterministic search for a point at which a claim fails.

Premises have to be proved true there and the claim proved false, both by `exact`; a point at which either side is
undefined counts for nothing. Values are tried in a fixed order: small primes, then small whole numbers and fractions
of both signs picked by a fixed linear congruence.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from verifiers import exact
from verifiers.claims import Context
from verifiers.expr import Apply, Expr, Num, free_symbols, heads, substitute, walk
from verifiers.kinds._closing import conventional, domain_premises
from verifiers.kinds._rounding import Agreement, agreement

_REAL: Final = tuple(
    Fraction(above, below)
    for above, below in (
        (2, 1), (3, 1), (-1, 1), (1, 2), (5, 1), (-2, 1), (1, 1), (7, 1), (-3, 1), (3, 2), (0, 1), (4, 1), (-1, 2),
        (1, 3), (6, 1), (11, 1), (-5, 1), (10, 1), (5, 3), (-7, 2), (13, 1), (1, 4), (8, 1), (9, 1),
    )
)
_PRIMES: Final = tuple(Fraction(v) for v in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37))
_POOLS: Final[dict[str, tuple[Fraction, ...]]] = {
    "real": _REAL,
    "rational": _REAL,
    "complex": _REAL,
    "positive": tuple(v for v in _REAL if v > 0),
    "nonnegative": tuple(v for v in _REAL if v >= 0),
    "integer": tuple(v for v in _REAL if v.denominator == 1),
    "natural": tuple(Fraction(v) for v in (2, 3, 1, 5, 4, 7, 6, 8, 10, 9, 12, 11)),
    "prime": _PRIMES,
}
_WHOLE_HEADS: Final = frozenset({
    "factorial", "double_factorial", "binom", "perm", "gcd", "lcm", "mod", "divides", "congruent", "totient",
    "divisor_count", "divisor_sum", "is_prime", "digit_sum",
})  # fmt: skip

Assignment = tuple[tuple[str, Expr], ...]


class Search(NamedTuple):
    """What a search saw. `failure` is the point at which the claim fails with the claim as it is read there."""

    failure: tuple[Assignment, Expr] | None
    confirmed: int
    """Points at which the claim was proved true."""
    halves: int
    """Points at which exactly one side of an equation is undefined, and not merely for a zero denominator."""


def search(relation: Expr, context: Context, samples: int) -> Search:
    """Tries up to `samples` points for the free letters of a relation that was closed under the context."""
    letters = sorted(free_symbols(relation) | set().union(*(free_symbols(g) for g in context.givens), set()))
    premises = (*context.givens, *domain_premises(letters, context))
    readings = logarithm_readings(relation)
    confirmed = halves = 0
    for point in points(letters, context, relation, samples):
        solved = _on_givens(point, context.givens, letters)
        if solved is None or (premises and exact.all_hold(premises, solved) is not True):
            continue
        answers = [fails(reading, solved) for reading in readings]
        if all(answer is True for answer in answers):
            used = free_symbols(relation) | set().union(*(free_symbols(p) for p in premises), set())
            return Search((tuple((n, v) for n, v in solved if n in used), readings[0]), confirmed, halves)
        if any(answer is False for answer in answers):
            confirmed += 1
        elif answers[0] is None and _half_defined(readings[0], solved):
            halves += 1
    return Search(None, confirmed, halves)


def premises_of(context: Context, letters: Sequence[str]) -> tuple[Expr, ...]:
    return (*context.givens, *domain_premises(letters, context))


def logarithm_readings(relation: Expr) -> list[Expr]:
    """The relation with a logarithm without base read to base 10, and to base e."""
    if any(isinstance(node, Apply) and node.head == "log" and len(node.args) == 1 for node in walk(relation)):
        return [conventional(relation, (("log", base),)) for base in ("10", "e")]
    return [relation]


def fails(relation: Expr, point: Assignment) -> bool | None:
    """Whether the claim is false at the point, decimals in it taken as rounded."""
    truth = exact.holds(relation, point)
    if truth is not False:
        return None if truth is None else False
    if isinstance(relation, Apply) and relation.head in ("eq", "approx") and _has_decimals(relation):
        closed = substitute(relation, dict(point))
        assert isinstance(closed, Apply)
        different = agreement(*closed.args, approximate=relation.head == "approx") is Agreement.DIFFERENT
        return True if different else None
    return True


def _has_decimals(expr: Expr) -> bool:
    return any(isinstance(node, Num) and node.places is not None for node in walk(expr))


def _half_defined(relation: Expr, point: Assignment) -> bool:
    if not isinstance(relation, Apply) or relation.head != "eq":
        return False
    missing = []
    for side in relation.args:
        found = exact.evaluate(side, point)
        if isinstance(found, exact.Undefined) and found.why.startswith("division by zero"):
            return False
        missing.append(isinstance(found, exact.Undefined))
    return missing[0] != missing[1]


def points(letters: Sequence[str], context: Context, relation: Expr, samples: int) -> Iterator[Assignment]:
    """The points tried, in a fixed order."""
    domains = dict(context.domains)
    whole = bool(heads(relation) & _WHOLE_HEADS) or _indexed(relation)
    pools = [_POOLS[domains.get(name, "natural" if whole else "real")] for name in letters]
    seen: set[tuple[Fraction, ...]] = set()
    for values in _tuples(pools, samples):
        if values in seen:
            continue
        seen.add(values)
        yield tuple((name, Num(value)) for name, value in zip(letters, values, strict=True))


def _indexed(relation: Expr) -> bool:
    """Whether a letter stands as the end of a sum or product, where only whole numbers have a value."""
    return any(isinstance(n, Apply) and n.head in ("sum", "prod") for n in walk(relation))


def _tuples(pools: Sequence[Sequence[Fraction]], samples: int) -> Iterator[tuple[Fraction, ...]]:
    count = len(pools)
    for j in range(min(samples, 3)):
        yield tuple(pool[(j + k) % len(pool)] for k, pool in enumerate(pools))
    state = 12_345
    for j in range(3, samples):
        values = []
        for k in range(count):
            state = (state * 1_103_515_245 + 12_345) % 2**31
            pool = pools[k]
            reach = min(len(pool), 4 + j)
            values.append(pool[j % len(pool)] if count == 1 else pool[(state >> 12) % reach])
        yield tuple(values)


def _on_givens(point: Assignment, givens: Sequence[Expr], letters: Sequence[str]) -> Assignment | None:
    """The point moved onto the equations among the givens, one letter for each, where they are linear or quadratic
    in it. `None` where no letter can be moved.
    """
    if not givens:
        return point
    values = dict(point)
    free = list(reversed(letters))
    for given in givens:
        if not isinstance(given, Apply) or given.head != "eq" or exact.holds(given, values) is True:
            continue
        moved = _moved(given, values, free)
        if moved is None:
            return None
        name, value = moved
        values[name] = value
        free.remove(name)
    return tuple(sorted(values.items()))


def _moved(given: Apply, values: dict[str, Expr], free: Sequence[str]) -> tuple[str, Expr] | None:
    used = free_symbols(given)
    for name in free:
        if name not in used:
            continue
        for root in _roots(given, values, name):
            if exact.holds(given, {**values, name: root}) is True:
                return name, root
    return None


def _roots(given: Apply, values: dict[str, Expr], name: str) -> list[Expr]:
    """Candidates for a root in one letter, exact where the equation is at most quadratic in it."""
    difference = Apply("add", (given.args[0], Apply("neg", (given.args[1],))))
    found = []
    for at in (0, 1, -1):
        value = exact.value(difference, {**values, name: Num(Fraction(at))})
        if not isinstance(value, Fraction):
            return []
        found.append(value)
    middle, up, down = found
    linear, square = (up - down) / 2, (up + down) / 2 - middle
    if not square:
        return [Num(-middle / linear)] if linear else []
    discriminant = linear * linear - 4 * square * middle
    if discriminant < 0:
        return []
    surd = Apply("sqrt", (Num(discriminant),))
    signed: tuple[Expr, ...] = (surd, Apply("neg", (surd,)))
    roots: list[Expr] = []
    for part in signed:
        root = Apply("div", (Apply("add", (Num(-linear), part)), Num(2 * square)))
        exactly = exact.value(root)
        roots.append(Num(exactly) if isinstance(exactly, Fraction) else root)
    return roots


