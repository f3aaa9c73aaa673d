"""Disjoint pieces of the real line from left to right, cut, moved, turned round and put together."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Final

import msgspec

from verifiers import exact
from verifiers.expr import Const, Expr, app, num
from verifiers.kinds._wholes import UnsuitedError

INF: Final = Const("inf")
MINUS_INF: Final = app("neg", INF)


class Piece(msgspec.Struct, frozen=True):
    low: Expr
    low_closed: bool
    high: Expr
    high_closed: bool


LINE: Final = Piece(MINUS_INF, False, INF, False)


def minus(end: Expr) -> Expr:
    return INF if end == MINUS_INF else MINUS_INF if end == INF else end


def plain(end: Expr) -> Expr:
    value = exact.value(end)
    return num(value) if isinstance(value, Fraction) else end


def less(a: Expr, b: Expr) -> bool:
    if a == b:
        return False
    if a == MINUS_INF or b == INF:
        return True
    if a == INF or b == MINUS_INF:
        return False
    truth = exact.holds(app("lt", a, b))
    if truth is None:
        raise UnsuitedError("ends that cannot be put in order")
    return truth


def same(a: Expr, b: Expr) -> bool:
    return not less(a, b) and not less(b, a)


def rising(pieces: Sequence[Piece], put: Callable[[Expr], Expr]) -> list[Piece]:
    """Under an increasing function that has no limit at the ends of the line."""

    def at(end: Expr) -> Expr:
        return end if end in (INF, MINUS_INF) else plain(put(end))

    return [Piece(at(p.low), p.low_closed, at(p.high), p.high_closed) for p in pieces]


def falling(pieces: Sequence[Piece], put: Callable[[Expr], Expr]) -> list[Piece]:
    def at(end: Expr) -> Expr:
        return minus(end) if end in (INF, MINUS_INF) else plain(put(end))

    return [Piece(at(p.high), p.high_closed, at(p.low), p.low_closed) for p in reversed(pieces)]


def scaled(pieces: Sequence[Piece], factor: Expr) -> list[Piece]:
    positive = exact.holds(app("gt", factor, num(0)))
    if positive is True:
        return rising(pieces, lambda end: app("mul", factor, end))
    if exact.holds(app("lt", factor, num(0))) is True:
        return falling(pieces, lambda end: app("mul", factor, end))
    raise UnsuitedError("a factor whose sign is not known")


def above(pieces: Sequence[Piece], low: Expr, closed: bool) -> list[Piece]:
    """The part of the pieces from `low` upwards."""
    kept = []
    for p in pieces:
        if less(p.high, low) or (same(p.high, low) and not (p.high_closed and closed)):
            continue
        if less(p.low, low) or (same(p.low, low) and not closed):
            kept.append(Piece(low, closed, p.high, p.high_closed))
        else:
            kept.append(p)
    return kept


def below(pieces: Sequence[Piece], high: Expr, closed: bool) -> list[Piece]:
    negated = falling(pieces, lambda end: app("neg", end))
    return falling(above(negated, plain(app("neg", high)), closed), lambda end: app("neg", end))


def merged(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces that may overlap, as disjoint ones from left to right."""
    rest = list(pieces)
    found: list[Piece] = []
    while rest:
        first = rest[0]
        for p in rest[1:]:
            if less(p.low, first.low) or (same(p.low, first.low) and p.low_closed and not first.low_closed):
                first = p
        rest.remove(first)
        if found:
            last = found[-1]
            touching = less(first.low, last.high) or (
                same(first.low, last.high) and (first.low_closed or last.high_closed)
            )
            if touching:
                longer = first if less(last.high, first.high) else last
                closed = longer.high_closed or (
                    same(last.high, first.high) and (first.high_closed or last.high_closed)
                )
                found[-1] = Piece(last.low, last.low_closed, longer.high, closed)
                continue
        found.append(first)
    return found


def absolute(pieces: Sequence[Piece]) -> list[Piece]:
    zero = num(0)
    return merged([
        *above(pieces, zero, True),
        *falling(below(pieces, zero, True), lambda end: app("neg", end)),
    ])  # fmt: skip


def inverted(pieces: Sequence[Piece]) -> list[Piece]:
    """Under 1/t, zero left out."""
    zero, found = num(0), []
    for p in [*below(pieces, zero, False), *above(pieces, zero, False)]:
        low, high = (zero if end in (INF, MINUS_INF) else None if same(end, zero) else plain(app("div", num(1), end))
                     for end in (p.high, p.low))  # fmt: skip
        negative = not less(zero, p.high)
        found.append(
            Piece(
                MINUS_INF if low is None and negative else low or zero, low is not None and p.high_closed,
                INF if high is None and not negative else high or zero, high is not None and p.low_closed,
            )
        )  # fmt: skip
    return merged(found)
