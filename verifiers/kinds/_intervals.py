"""Bounds that conditions put on whole numbers, letter by letter.

Bounds are drawn from each polynomial relation in turn: a sum of non-negative terms that may not exceed a number bounds
every letter in it, `xy + bx + cy = d` bounds both by the factors of a number.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import isqrt, prod
from typing import Final, TypeAlias

import msgspec

from verifiers.expr import Apply, Const, Sym, free_symbols
from verifiers.kinds._enumerate import compiled
from verifiers.kinds._poly import Ring
from verifiers.kinds._ratio import NotPolynomialError
from verifiers.kinds._whole_sets import integer_bounds
from verifiers.kinds._wholes import UnsuitedError

_ROUNDS: Final = 6
_WHOLE: Final = {"integers": None, "naturals": 1, "primes": 2}
"""Sets of whole numbers, with their least member."""

Monomials: TypeAlias = dict[tuple[tuple[str, int], ...], Fraction]


class Interval(msgspec.Struct):
    low: int | None = None
    high: int | None = None
    members: tuple[int, ...] | None = None

    def narrow(self, low: int | None = None, high: int | None = None) -> None:
        if low is not None and (self.low is None or low > self.low):
            self.low = low
        if high is not None and (self.high is None or high < self.high):
            self.high = high

    def cases(self) -> Sequence[int]:
        if self.low is None or self.high is None:
            raise UnsuitedError("a letter without bounds")
        if self.members is not None:
            return [n for n in self.members if self.low <= n <= self.high]
        return range(self.low, self.high + 1)


def bounded(letters: Sequence[str], parts: Sequence[Apply]) -> tuple[dict[str, Interval], list[tuple[str, Monomials]]]:
    """The bounds, as far as they were found, and the relations they were drawn from.

    Raises:
        UnsuitedError: a letter that is no whole number.
    """
    domains = _domains(letters, parts)
    relations = [found for part in parts if (found := _relation(part)) is not None]
    for _ in range(_ROUNDS):
        before = [(d.low, d.high) for d in domains.values()]
        for head, monomials in relations:
            _tighten(head, monomials, domains)
        if before == [(d.low, d.high) for d in domains.values()]:
            break
    return domains, relations


def _domains(letters: Sequence[str], parts: Sequence[Apply]) -> dict[str, Interval]:
    domains = {name: Interval() for name in letters}
    whole: set[str] = set()
    for part in parts:
        if part.head == "in" and isinstance(part.args[0], Sym) and part.args[0].name in domains:
            name, collection = part.args[0].name, part.args[1]
            if isinstance(collection, Const) and collection.name in _WHOLE:
                domains[name].narrow(low=_WHOLE[collection.name])
                whole.add(name)
            elif isinstance(collection, Apply) and collection.head == "range":
                low, high = (compiled(end)({}) for end in collection.args)
                if isinstance(low, int) and isinstance(high, int):
                    domains[name].narrow(low, high)
                    whole.add(name)
            elif isinstance(collection, Apply) and collection.head in ("set", "list"):
                values = [compiled(member)({}) for member in collection.args]
                if values and all(isinstance(value, int) for value in values):
                    members = tuple(sorted({value for value in values if isinstance(value, int)}))
                    domains[name].narrow(members[0], members[-1])
                    domains[name].members = members
                    whole.add(name)
        elif part.head in ("is_integer", "is_prime") and isinstance(part.args[0], Sym):
            whole.add(part.args[0].name)
        if len(named := free_symbols(part)) == 1:
            (name,) = named
            for is_high, limit in integer_bounds(name, part):
                domains[name].narrow(high=limit) if is_high else domains[name].narrow(low=limit)
    if whole != set(letters):
        raise UnsuitedError("letters that are no whole numbers")
    return domains


def _relation(part: Apply) -> tuple[str, Monomials] | None:
    """`("eq" | "le", monomials)` with the sum of the monomials equal to zero or at most zero."""
    if part.head not in ("eq", "le", "lt", "ge", "gt"):
        return None
    try:
        ring = Ring(part.args)
        difference = ring.difference(part)
    except NotPolynomialError:
        return None
    if ring.atoms or (not difference.bottom.is_constant() and part.head != "eq"):
        return None
    sign = -1 if part.head in ("ge", "gt") else 1
    scale = Fraction(1)
    if difference.bottom.is_constant():
        bottom = difference.bottom.leading_coefficient()
        scale = Fraction(int(bottom.q), int(bottom.p))
    found: Monomials = {}
    for powers, value in difference.top.to_dict().items():
        key = tuple((name, int(power)) for name, power in zip(ring.letters, powers, strict=False) if power)
        found[key] = Fraction(int(value.p), int(value.q)) * scale * sign
    return "eq" if part.head == "eq" else "le", found


def _tighten(head: str, monomials: Monomials, domains: dict[str, Interval]) -> None:
    if head == "eq":
        _by_factors(monomials, domains)
        _by_sum({key: -value for key, value in monomials.items()}, domains)
    _by_sum(monomials, domains)


def _by_sum(monomials: Monomials, domains: dict[str, Interval]) -> None:
    """Of `positive terms <= the others`, where the positive terms cannot be negative."""
    upper = Fraction(0)
    for key, value in monomials.items():
        if value < 0:
            most = _most(key, domains)
            if most is None:
                return
            upper -= value * most
    least = {key: _least(key, domains) for key, value in monomials.items() if value > 0}
    if any(value is None for value in least.values()):
        return
    floor = sum((monomials[key] * value for key, value in least.items() if value is not None), Fraction(0))
    for key, low in least.items():
        assert low is not None
        room = upper - floor + monomials[key] * low
        for name, power in key:
            if room < 0:
                domains[name].narrow(low=1, high=0)
                continue
            others = prod(max(domains[other].low or 0, 0) ** k for other, k in key if other != name)
            if others:
                limit = _root(room / (monomials[key] * others), power)
                domains[name].narrow(high=limit)
                if len(key) == 1 and power % 2 == 0:
                    domains[name].narrow(low=-limit)


def _least(key: tuple[tuple[str, int], ...], domains: dict[str, Interval]) -> Fraction | None:
    """The least value of a monomial that cannot be negative."""
    if len(key) == 1 and key[0][1] % 2 == 0 and ((low := domains[key[0][0]].low) is None or low < 0):
        return Fraction(0)
    value = Fraction(1)
    for name, power in key:
        low = domains[name].low
        if low is None or low < 0:
            return None
        value *= low**power
    return value


def _most(key: tuple[tuple[str, int], ...], domains: dict[str, Interval]) -> Fraction | None:
    value = Fraction(1)
    for name, power in key:
        low, high = domains[name].low, domains[name].high
        if high is None or low is None:
            return None
        value *= max(abs(low), abs(high)) ** power
    return value


def _root(value: Fraction, power: int) -> int:
    whole = value.numerator // value.denominator
    if power == 1:
        return whole
    if power == 2:
        return isqrt(whole)
    guess = round(whole ** (1 / power)) + 1 if whole < 10**30 else whole
    while guess > 0 and guess**power > whole:
        guess -= 1
    return guess


def _by_factors(monomials: Monomials, domains: dict[str, Interval]) -> None:
    """`c·xy + bx + ay + d = 0`, that is `(cx + a)(cy + b) = ab - cd`; a product of powers, or a difference of two
    squares, that is a number.
    """
    squares = [key for key in monomials if len(key) == 1 and key[0][1] == 2]
    if len(squares) == 2 and set(monomials) == {*squares, ()} and sum(monomials[key] for key in squares) == 0:
        limit = int(abs(monomials[()] / monomials[squares[0]]))
        for square in squares if limit else ():
            domains[square[0][0]].narrow(-limit, limit)
        return
    joint = [key for key in monomials if len(key) > 1]
    if len(joint) != 1:
        return
    (key,) = joint
    constant = monomials.get((), Fraction(0))
    if len(monomials) == 2 and constant:
        size = abs(constant / monomials[key])
        for name, power in key:
            limit = _root(Fraction(size.numerator), power)
            domains[name].narrow(-limit, limit)
        return
    if len(key) != 2 or any(power != 1 for _, power in key):
        return
    (x, _), (y, _) = key
    if set(monomials) - {key, ((x, 1),), ((y, 1),), ()}:
        return
    c, b, a = monomials[key], monomials.get(((x, 1),), Fraction(0)), monomials.get(((y, 1),), Fraction(0))
    if any(value.denominator != 1 for value in (a, b, c, constant)) or not (size := abs(a * b - c * constant)):
        return
    for name, shift in ((x, a), (y, b)):
        limit = int((size + abs(shift)) / abs(c))
        domains[name].narrow(-limit, limit)
