"""Deterministic search for a point at which a claim fails.

Premises have to be proved true there and the claim proved false, both by `exact`; a point at which either side is
undefined counts for nothing. Values are tried in a fixed order: small primes, then small whole numbers and fractions
of both signs picked by a fixed linear congruence.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from flint import fmpq, fmpq_mat

from verifiers import exact
from verifiers.claims import Context
from verifiers.evaluation.atoms import fraction
from verifiers.evaluation.point import COST
from verifiers.expr import ORDER_RELATIONS, Apply, Expr, Num, free_symbols, heads, substitute, walk
from verifiers.kinds._closing import conventional
from verifiers.kinds._domains import domain_premises
from verifiers.kinds._givens import abstracted, calls, letters_for
from verifiers.kinds._rounding import Agreement, agreement, has_places

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

_COST: Final = COST // 20
"""What one point may cost: there are many."""
_MOST_FUNCTIONS: Final = 16
_MOST_SILENT: Final = 10
"""Points without any answer after which no more are tried."""

Assignment = tuple[tuple[str, Expr], ...]


class Failure(NamedTuple):
    """A point at which the premises hold and the conclusion, the claim as it is read there, fails."""

    point: Assignment
    conclusion: Expr
    premises: tuple[Expr, ...]


class Search(NamedTuple):
    """What a search saw."""

    failure: Failure | None
    confirmed: int
    """Points at which the claim was proved true."""


def search(relation: Expr, context: Context, samples: int) -> Search:
    """Tries up to `samples` points for the free letters of a relation that was closed under the context.

    Values of unknown functions are letters of their own. Nothing is known of such a function but the givens, so a
    claim about it fails only if both sides are made of the same values of it.
    """
    unknown = letters_for((relation, *context.givens))
    if unknown and not _same_calls(relation):
        return Search(None, 0)
    relation = abstracted(relation, unknown)
    givens = tuple(abstracted(given, unknown) for given in context.givens)
    if any(heads(given) & _UNREADABLE for given in givens):
        return Search(None, 0)
    letters = sorted(set().union(*(free_symbols(e) for e in (relation, *givens))))
    premises = (*givens, *domain_premises(letters, context))
    readings = logarithm_readings(relation)
    confirmed = silent = 0
    for point in points(letters, context, relation, samples):
        if silent > _MOST_SILENT:
            break
        solved = _on_functions(point, givens, unknown) if unknown else point
        solved = _on_givens(solved, givens, letters) if solved is not None else None
        if solved is None or (premises and exact.all_hold(premises, solved) is not True):
            continue
        if len(unknown) > 1 and not _consistent(unknown, solved):
            continue
        answers = [fails(reading, solved) for reading in readings]
        if all(answer is True for answer in answers):
            return Search(Failure(solved, readings[0], premises), confirmed)
        known = any(answer is False for answer in answers)
        confirmed += known
        silent += not known
    return Search(None, confirmed)


_UNREADABLE: Final = frozenset({"ellipsis", "quantity", "call", "prime"})


def _same_calls(relation: Expr) -> bool:
    if not isinstance(relation, Apply) or len(relation.args) != 2:
        return not calls(relation)
    return calls(relation.args[0]) == calls(relation.args[1])


def _consistent(unknown: Mapping[Expr, str], point: Assignment) -> bool:
    """Whether no function takes two values at one argument."""
    values = dict(point)
    known = list(unknown.items())
    for k, (first, name) in enumerate(known):
        for second, other in known[k + 1 :]:
            if not isinstance(first, Apply) or not isinstance(second, Apply) or first.args[:1] != second.args[:1]:
                continue
            apart = any(
                exact.holds(Apply("ne", pair), point) is True
                for pair in zip(first.args[1:], second.args[1:], strict=False)
            )
            if not apart and values.get(name) != values.get(other):
                return False
    return True


def defined_alike(relation: Apply, context: Context, samples: int) -> bool:
    """Whether both sides of an equation have a value at some point tried, and none has one where the other has not,
    but for zero denominators. Equations among the givens are left out of account.
    """
    unknown = letters_for((relation,))
    relation = logarithm_readings(abstracted(relation, unknown))[0]  # type: ignore[assignment]
    bounds = [g for g in context.givens if isinstance(g, Apply) and g.head in (*ORDER_RELATIONS, "ne")]
    letters = sorted(free_symbols(relation))
    premises = (*bounds, *domain_premises(letters, context))
    together = 0
    for point in points(letters, context, relation, samples):
        if premises and exact.all_hold(premises, point) is False:
            continue
        found = [exact.evaluate(side, point, cost=_COST) for side in relation.args]
        missing = [isinstance(value, exact.Undefined) for value in found]
        if missing[0] != missing[1] and not any(
            isinstance(value, exact.Undefined) and value.why.startswith("division by zero") for value in found
        ):
            return False
        together += not any(missing)
    return together > 0


def logarithm_readings(relation: Expr) -> list[Expr]:
    """The relation with a logarithm without base read to base 10, and to base e."""
    if any(isinstance(node, Apply) and node.head == "log" and len(node.args) == 1 for node in walk(relation)):
        return [conventional(relation, (("log", base),)) for base in ("10", "e")]
    return [relation]


def fails(relation: Expr, point: Assignment) -> bool | None:
    """Whether the claim is false at the point, decimals in it taken as rounded."""
    truth = exact.holds(relation, point, cost=_COST)
    if truth is not False:
        return None if truth is None else False
    if isinstance(relation, Apply) and relation.head in ("eq", "approx") and has_places(relation):
        closed = substitute(relation, dict(point))
        assert isinstance(closed, Apply)
        different = agreement(*closed.args, approximate=relation.head == "approx") is Agreement.DIFFERENT
        return True if different else None
    return True


def points(letters: Sequence[str], context: Context, relation: Expr, samples: int) -> Iterator[Assignment]:
    """The points tried, in a fixed order."""
    domains = dict(context.domains)
    whole = bool(heads(relation) & _WHOLE_HEADS) or _indexed(relation)
    pools = [_POOLS[_pool(domains.get(name, "real"), whole)] for name in letters]
    seen: set[tuple[Fraction, ...]] = set()
    for values in _tuples(pools, samples):
        if values in seen:
            continue
        seen.add(values)
        yield tuple((name, Num(value)) for name, value in zip(letters, values, strict=True))


def _pool(domain: str, whole: bool) -> str:
    return "natural" if whole and domain in ("real", "positive", "nonnegative", "complex") else domain


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


def _on_functions(point: Assignment, givens: Sequence[Expr], unknown: Mapping[Expr, str]) -> Assignment | None:
    """The point with the values of unknown functions moved so that the equations linear in them hold.

    The values that stay free are those of the point. `None` where the equations contradict one another.
    """
    values = dict(point)
    names = [name for name in unknown.values() if name in values]
    rows: list[list[Fraction]] = []
    for given in givens:
        if isinstance(given, Apply) and given.head == "eq" and free_symbols(given) & set(names):
            row = _linear(given, values, names)
            if row is not None:
                rows.append(row)
    if not rows or len(names) > _MOST_FUNCTIONS:
        return point
    reduced, rank = fmpq_mat([[fmpq(c.numerator, c.denominator) for c in row] for row in rows]).rref()
    for i in reversed(range(rank)):
        row = [fraction(reduced[i, j]) for j in range(len(names) + 1)]
        lead = next((j for j, c in enumerate(row) if c), None)
        if lead is None or lead == len(names):
            return None
        rest = sum((c * _number(values[names[j]]) for j, c in enumerate(row[:-1]) if j != lead), Fraction(0))
        values[names[lead]] = Num(row[-1] - rest)
    return tuple(sorted(values.items()))


def _number(expr: Expr) -> Fraction:
    return expr.value if isinstance(expr, Num) else Fraction(0)


def _linear(given: Apply, values: Mapping[str, Expr], names: Sequence[str]) -> list[Fraction] | None:
    """Coefficients of the names and the right side of an equation linear in them, judged at the unit points."""
    difference = Apply("add", (given.args[0], Apply("neg", (given.args[1],))))
    origin = {**values, **dict.fromkeys(names, Num(Fraction(0)))}
    constant = exact.value(difference, origin, cost=_COST)
    if not isinstance(constant, Fraction):
        return None
    row = []
    for name in names:
        at_one = exact.value(difference, {**origin, name: Num(Fraction(1))}, cost=_COST)
        if not isinstance(at_one, Fraction):
            return None
        row.append(at_one - constant)
    return [*row, -constant]


def _on_givens(point: Assignment, givens: Sequence[Expr], letters: Sequence[str]) -> Assignment | None:
    """The point moved onto the equations among the givens, one letter for each, where they are linear or quadratic
    in it. `None` where no letter can be moved.
    """
    if not givens:
        return point
    values = dict(point)
    free = list(reversed(letters))
    settled: set[str] = set()
    equations = [g for g in givens if isinstance(g, Apply) and g.head == "eq"]
    for given in sorted(equations, key=lambda g: len(free_symbols(g))):
        used = free_symbols(given)
        if exact.holds(given, values, cost=_COST) is not True:
            moved = _moved(given, values, [n for n in free if n in used and n not in settled])
            if moved is None:
                return None
            name, value = moved
            values[name] = value
            free.remove(name)
        settled |= used
    return tuple(sorted(values.items()))


def _moved(given: Apply, values: dict[str, Expr], free: Sequence[str]) -> tuple[str, Expr] | None:
    for name in free:
        for root in _roots(given, values, name):
            if exact.holds(given, {**values, name: root}, cost=_COST) is True:
                return name, root
    return None


def _roots(given: Apply, values: dict[str, Expr], name: str) -> list[Expr]:
    """Candidates for a root in one letter, exact where the equation is at most quadratic in it."""
    difference = Apply("add", (given.args[0], Apply("neg", (given.args[1],))))
    found = []
    for at in (0, 1, -1):
        value = exact.value(difference, {**values, name: Num(Fraction(at))}, cost=_COST)
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


