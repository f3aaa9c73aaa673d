"""Measures of sets of whole numbers given by conditions, by trying every case between the bounds the conditions put."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor, lcm
from typing import Final

from verifiers import exact
from verifiers.expr import Apply, Const, Expr, Sym, app, free_symbols, num
from verifiers.kinds._cells import cells
from verifiers.kinds._enumerate import compiled, condition
from verifiers.kinds._poly import Ring
from verifiers.kinds._ratio import NotPolynomialError
from verifiers.kinds._relations import conjuncts
from verifiers.kinds._wholes import Number, UndefinedError, UnsuitedError, divisors, tidy
from verifiers.protocol import Budget

_CASES_A_TERM: Final = 5
"""Whole numbers that may be tried for each term of the budget."""
_LARGEST_STEP: Final = 10**12


def measure(measure: str, within: Apply, budget: Budget) -> Number:
    variable, restriction = within.args
    if not isinstance(variable, Sym) or free_symbols(restriction) - {variable.name}:
        raise UnsuitedError("a set in other letters")
    name, most = variable.name, budget.terms * _CASES_A_TERM
    restriction = _rational(name, restriction)
    low, high, candidates = _range(name, restriction)
    meets = condition(restriction)
    start, step = _class(name, restriction)
    first = None if low is None else low + (start - low) % step
    last = None if high is None else high - (high - start) % step
    if candidates is None and measure == "least" and first is not None and (last is None or last - first > most * step):
        return _existing(next((n for n in range(first, first + most * step, step) if meets({name: n})), None))
    if (
        candidates is None
        and measure == "greatest"
        and last is not None
        and (first is None or last - first > most * step)
    ):
        return _existing(next((n for n in range(last, last - most * step, -step) if meets({name: n})), None))
    if candidates is None:
        if first is None or last is None or last - first > most * step:
            raise UnsuitedError("a set without small bounds")
        candidates = range(first, last + 1, step)
    found_all = [
        n for n in candidates if (low is None or n >= low) and (high is None or n <= high) and meets({name: n})
    ]
    if measure == "count":
        return len(found_all)
    if measure == "total":
        return sum(found_all)
    if not found_all:
        raise UndefinedError
    if measure == "multiplied":
        product = 1
        for n in found_all:
            product *= n
        return product
    if measure == "mean":
        return tidy(Fraction(sum(found_all), len(found_all)))
    return min(found_all) if measure == "least" else max(found_all)


def _class(name: str, restriction: Expr) -> tuple[int, int]:
    """A residue and the modulus it is taken by that every member has: `(0, 12)` for the multiples of 4 and 6."""
    start, step = 0, 1
    for part in conjuncts(restriction):
        if not isinstance(part, Apply) or part.head not in ("divides", "congruent"):
            continue
        *fixed, n = part.args if part.head == "divides" else (*part.args[1:], part.args[0])
        if n != Sym(name) or any(free_symbols(tree) for tree in fixed):
            continue
        values = [compiled(tree)({}) for tree in fixed]
        residue, modulus = (0, values[0]) if part.head == "divides" else (values[0], values[1])
        if not isinstance(residue, int) or not isinstance(modulus, int) or not 0 < modulus <= _LARGEST_STEP:
            continue
        shared = lcm(step, modulus)
        if shared > _LARGEST_STEP:
            continue
        while (start - residue) % modulus and start < shared:
            start += step
        if (start - residue) % modulus:
            raise UndefinedError
        step = shared
        start %= step
    return start, step


def _rational(name: str, restriction: Expr) -> Expr:
    """The condition with irrational bounds replaced by the whole numbers next to them."""
    parts: list[Expr] = []
    for part in conjuncts(restriction):
        if isinstance(part, Apply) and part.head in _FLIPPED and Sym(name) in part.args:
            side = _bound(name, part)
            if side is not None and free_symbols(part) == {name} and _is_irrational(part):
                part = app("le" if side[0] else "ge", Sym(name), num(side[1]))
        parts.append(part)
    return app("and", *parts) if len(parts) > 1 else parts[0]


def _is_irrational(part: Apply) -> bool:
    try:
        condition(part)(dict.fromkeys(free_symbols(part), 0))
    except UnsuitedError:
        return True
    return False


def _existing(found: int | None) -> int:
    if found is None:
        raise UnsuitedError("none found within the budget")
    return found


def _range(name: str, restriction: Expr) -> tuple[int | None, int | None, Sequence[int] | None]:
    """Bounds that the conditions put on the letter, and all cases where it has to divide a number."""
    low: int | None = None
    high: int | None = None
    candidates: Sequence[int] | None = None
    whole = False
    for part in conjuncts(restriction):
        if not isinstance(part, Apply):
            continue
        whole = whole or part == app("in", Sym(name), Const("integers"))
        if part.head == "divides" and part.args[0] == Sym(name) and not free_symbols(part.args[1]):
            target = compiled(part.args[1])({})
            if isinstance(target, int) and target > 0 and candidates is None:
                positive = divisors(target)
                candidates = [-d for d in reversed(positive)] + positive
        for below, limit in integer_bounds(name, part):
            if below:
                high = limit if high is None else min(high, limit)
            else:
                low = limit if low is None else max(low, limit)
    if not whole:
        raise UnsuitedError("not a set of whole numbers")
    if candidates is None and (low is None or high is None):
        low, high = _narrowed(name, restriction, low, high)
    return low, high, candidates


_FLIPPED: Final = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}


def _narrowed(name: str, restriction: Expr, low: int | None, high: int | None) -> tuple[int | None, int | None]:
    """Bounds of the real solutions of the inequalities, where they have some."""
    relations = [
        part
        for part in conjuncts(restriction)
        if isinstance(part, Apply) and part.head in (*_FLIPPED, "eq") and free_symbols(part) == {name}
    ]
    try:
        pieces = cells(relations, name) if relations else ()
    except NotPolynomialError:
        return low, high
    inside = [
        piece
        for piece in pieces
        if piece.sample is None or not any(exact.holds(r, {name: piece.sample}) is False for r in relations)
    ]
    if not inside:
        return low, high
    first, last = inside[0].low, inside[-1].high
    least = low if first is None else ceil(first) if low is None else max(low, ceil(first))
    most = high if last is None else floor(last) if high is None else min(high, floor(last))
    return least, most


def integer_bounds(name: str, part: Apply) -> Iterator[tuple[bool, int]]:
    """`(is an upper bound, the last whole number it allows)`, for each bound that a condition puts on the letter."""
    side = _bound(name, part)
    if side is not None:
        yield side
    if part.head in ("is_prime", "is_square") and part.args == (Sym(name),):
        yield False, 2 if part.head == "is_prime" else 0
    if part.head == "is_integer" and (reach := _reach(name, part.args[0])) is not None:
        yield False, -reach
        yield True, reach


def _reach(name: str, quotient: Expr) -> int | None:
    """How far from zero a whole number n can be where P(n) / (n + c) is whole: n + c divides P(-c)."""
    try:
        ring = Ring([quotient, Sym(name)])
        ratio = ring.ratio(quotient)
        top, bottom = (ring.univariate(side, name) for side in (ratio.top, ratio.bottom))
    except NotPolynomialError:
        return None
    if top is None or bottom is None or bottom.degree() != 1:
        return None
    shift = bottom.coeffs()[0] / bottom.coeffs()[1]
    left = top(-shift) / bottom.coeffs()[1]
    if shift.q != 1 or left == 0 or any((c / bottom.coeffs()[1]).q != 1 for c in top.coeffs()):
        return None
    return abs(int(left.p)) + abs(int(shift.p))


def _bound(name: str, part: Apply) -> tuple[bool, int] | None:
    """`(is an upper bound, the last whole number it allows)` of `n < 200` and the like."""
    if part.head not in _FLIPPED:
        return None
    left, right = part.args
    head = part.head
    if right == Sym(name):
        left, right, head = right, left, _FLIPPED[head]
    if left != Sym(name) or free_symbols(right):
        return None
    limit = _limit(right)
    if limit is None:
        return None
    floor = limit.numerator // limit.denominator
    if head == "le":
        return True, floor
    if head == "lt":
        return True, floor - 1 if floor == limit else floor
    if head == "ge":
        return False, floor if floor == limit else floor + 1
    return False, floor + 1


def _limit(bound: Expr) -> Fraction | None:
    """The value of a bound, an irrational one by a number between it and the next whole numbers."""
    try:
        return Fraction(compiled(bound)({}))
    except UnsuitedError:
        below = exact.value(app("floor", bound))
        return below + Fraction(1, 2) if isinstance(below, Fraction) and exact.value(bound) != below else None
