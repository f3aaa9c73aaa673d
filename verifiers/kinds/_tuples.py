"""Whole numbers that meet conditions in several letters, by trying every case within the bounds the conditions put.

A letter of the first degree in an equation is solved for.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import lcm, prod
from typing import Final

from verifiers.expr import Apply, Const, Expr, Sym, app, free_symbols
from verifiers.kinds._enumerate import Condition, Environment, compiled, condition
from verifiers.kinds._intervals import Interval, Monomials, bounded
from verifiers.kinds._relations import conjuncts
from verifiers.kinds._wholes import Number, UndefinedError, UnsuitedError, tidy, whole
from verifiers.protocol import Budget

_CASES_A_TERM: Final = 5
_MOST_LETTERS: Final = 8


def solutions(letters: Sequence[str], restriction: Expr, budget: Budget) -> Iterator[Environment]:
    """Every assignment of whole numbers to the letters that meets the restriction.

    Raises:
        UnsuitedError: a letter that is no whole number or has no bounds, or too many cases.
    """
    if len(letters) > _MOST_LETTERS or free_symbols(restriction) - set(letters):
        raise UnsuitedError("too many letters, or other ones")
    parts = [part for part in conjuncts(restriction) if isinstance(part, Apply)]
    domains, relations = bounded(letters, parts)
    solved, order = _order(letters, relations, domains)
    if prod(len(domains[name].cases()) for name in order) > budget.terms * _CASES_A_TERM:
        raise UnsuitedError("too many cases")
    return _search(order, solved, parts, domains)


def _order(
    letters: Sequence[str], relations: Sequence[tuple[str, Monomials]], domains: dict[str, Interval]
) -> tuple[tuple[str, Monomials] | None, list[str]]:
    """The letter to be solved for with its equation, and the others from the narrowest."""
    sizes = {
        name: len(d.cases()) if d.low is not None and d.high is not None else float("inf")
        for name, d in domains.items()
    }
    for name in sorted(letters, key=lambda letter: -sizes[letter]):
        for head, monomials in relations:
            degrees = [dict(key).get(name, 0) for key in monomials]
            if head == "eq" and max(degrees) == 1:
                return (name, monomials), sorted((n for n in letters if n != name), key=lambda n: sizes[n])
    return None, sorted(letters, key=lambda n: sizes[n])


def _search(
    order: Sequence[str], solved: tuple[str, Monomials] | None, parts: Sequence[Apply], domains: dict[str, Interval]
) -> Iterator[Environment]:
    seen: set[str] = set()
    checks: list[list[Condition]] = []
    left = list(parts)
    for name in (*order, *([solved[0]] if solved else [])):
        seen.add(name)
        now = [part for part in left if free_symbols(part) <= seen]
        left = [part for part in left if part not in now]
        checks.append([condition(part) for part in now])
    cases = [domains[name].cases() for name in order]
    finish = _solver(*solved, domains[solved[0]]) if solved else None

    def descend(depth: int, env: Environment) -> Iterator[Environment]:
        if depth == len(order):
            if finish is None or solved is None:
                yield dict(env)
                return
            for value in finish(env):
                env[solved[0]] = value
                if all(check(env) for check in checks[depth]):
                    yield dict(env)
            env.pop(solved[0], None)
            return
        for value in cases[depth]:
            env[order[depth]] = value
            if all(check(env) for check in checks[depth]):
                yield from descend(depth + 1, env)
        env.pop(order[depth], None)

    return descend(0, {})


def _solver(name: str, monomials: Monomials, domain: Interval) -> Callable[[Environment], Sequence[int]]:
    """The values of a letter in which the equation is linear, the others given."""
    scale = lcm(*(value.denominator for value in monomials.values()))
    steep = [
        (int(v * scale), [pair for pair in key if pair[0] != name]) for key, v in monomials.items() if name in dict(key)
    ]
    flat = [(int(v * scale), key) for key, v in monomials.items() if name not in dict(key)]
    low, high = domain.low, domain.high

    def finish(env: Environment) -> Sequence[int]:
        slope = sum(value * prod(env[other] ** power for other, power in key) for value, key in steep)
        start = sum(value * prod(env[other] ** power for other, power in key) for value, key in flat)
        if not slope:
            return [] if start else domain.cases()
        value, rest = divmod(-start, slope)
        outside = rest or (low is not None and value < low) or (high is not None and value > high)
        return [] if outside else [whole(value)]

    return finish


def measure(name: str, within: Apply, budget: Budget, value: Expr | None = None) -> Number:
    """`count` of the tuples, or the extreme, sum … of a value over them."""
    variable, restriction = within.args
    letters = [letter.name for letter in getattr(variable, "args", (variable,)) if isinstance(letter, Sym)]
    found = solutions(letters, restriction, budget)
    if name == "count":
        return sum(1 for _ in found)
    if value is None:
        raise UnsuitedError("a measure of tuples")
    function = compiled(value)
    values = {function(env) for env in found} if name in ("least", "greatest") else [function(env) for env in found]
    if name == "total":
        return sum(values)
    if not values:
        raise UndefinedError
    if name == "mean":
        return tidy(Fraction(sum(values)) / len(values))
    if name in ("least", "greatest"):
        return min(values) if name == "least" else max(values)
    raise UnsuitedError(f"{name} of tuples")


def is_tuples(within: Apply) -> bool:
    variable = within.args[0]
    return isinstance(variable, Apply) and variable.head == "tuple"


def premises(names: Sequence[str], domains: Mapping[str, str]) -> list[Expr] | None:
    """That the letters are whole numbers, where the context says so of each."""
    sets = {"integer": "integers", "natural": "naturals", "prime": "primes"}
    if any(domains.get(name) not in sets for name in names):
        return None
    return [app("in", Sym(name), Const(sets[domains[name]])) for name in names]
