"""Sets of reals as disjoint pieces from left to right, where their ends can be put in order."""

from functools import cmp_to_key
from typing import Final, NamedTuple

from verifiers import exact
from verifiers.expr import Apply, Const, Expr, Num, Sym, Text, free_symbols
from verifiers.kinds._poly import opaque

INF: Final = Const("inf")
MINUS_INF: Final = Apply("neg", (INF,))
_FLIPPED: Final = {"lt": "gt", "gt": "lt", "le": "ge", "ge": "le", "eq": "eq", "ne": "ne"}
SETS: Final = frozenset({"interval", "union", "intersection", "setminus", "complement", "such_that"})


class NotARegionError(Exception):
    """The tree is no set of real numbers, or has more than one letter."""


class Piece(NamedTuple):
    """From `low` to `high`; a single point has both equal and closed."""

    low: Expr
    low_closed: bool
    high: Expr
    high_closed: bool


def subject(expr: Expr) -> Expr | None:
    """What a condition is about: its one letter, or the opaque call in its place."""
    if not isinstance(expr, Apply):
        return None
    if expr.head in ("in", "notin"):
        return expr.args[0]
    if expr.head in SETS:
        return None
    letters = free_symbols(opaque((expr,))[0])
    return Sym(next(iter(letters))) if len(letters) == 1 else None


def pieces(expr: Expr) -> list[Piece] | None:
    """Disjoint pieces from left to right, `None` where ends cannot be put in order.

    Raises:
        NotARegionError: something has to be solved first.
    """
    return _merged(_pieces(expr))


def _pieces(expr: Expr) -> list[Piece]:
    match expr:
        case Const(name="reals"):
            return [Piece(MINUS_INF, False, INF, False)]
        case Const(name="empty"):
            return []
        case Apply(head="tuple", args=(low, high)):
            return [Piece(low, False, high, False)]
        case Apply(head="interval", args=(low, high, Text(value=left), Text(value=right))):
            return [Piece(low, left == "closed", high, right == "closed")]
        case Apply(head="set" | "list", args=items):
            return [Piece(item, True, item, True) for item in items]
        case Apply(head="union", args=args):
            return [piece for a in args for piece in _pieces(a)]
        case Apply(head="or", args=args):
            if len({repr(subject(a)) for a in args}) > 1:
                raise NotARegionError
            return [piece for a in args for piece in _pieces(a)]
        case Apply(head="and", args=(Apply(args=(low, middle)) as first, Apply(args=(other, high)) as second)):
            if (
                middle != other
                or not isinstance(middle, Sym)
                or first.head not in _FLIPPED
                or second.head not in _FLIPPED
            ):
                return [_chained(_pieces(first), _pieces(second), first, second)]
            return [_chained(_half_lines(_FLIPPED[first.head], low), _half_lines(second.head, high), first, second)]
        case Apply(head="setminus", args=(whole, Apply(head="set", args=points))):
            return _without(_pieces(whole), points)
        case Apply(head="in", args=(_, inner)):
            return _pieces(inner)
        case Apply(head="such_that", args=(Sym() as letter, inner)) if free_symbols(inner) == {letter.name}:
            return _pieces(inner)
        case Apply(head=head, args=(left, right)) if head in _FLIPPED:
            if isinstance(right, Sym) and not isinstance(left, Sym):
                head, left, right = _FLIPPED[head], right, left
            if not isinstance(left, Sym) or left.name in free_symbols(right):
                raise NotARegionError
            return _half_lines(head, right)
    raise NotARegionError


def _half_lines(head: str, end: Expr) -> list[Piece]:
    below = Piece(MINUS_INF, False, end, head == "le")
    above = Piece(end, head == "ge", INF, False)
    if head == "eq":
        return [Piece(end, True, end, True)]
    if head == "ne":
        return [below, above]
    return [below if head in ("lt", "le") else above]


def _chained(left: list[Piece], right: list[Piece], first: Expr, second: Expr) -> Piece:
    """The stretch between two half lines."""
    halves = [*left, *right]
    if len(halves) != 2 or (repr(subject(first)) != repr(subject(second))):
        raise NotARegionError
    for one, other in (halves, halves[::-1]):
        if one.low == MINUS_INF and one.high != INF and other.high == INF and other.low != MINUS_INF:
            order = exact.holds(Apply("lt", (other.low, one.high)))
            if order is not True and not free_symbols(Apply("add", (other.low, one.high))):
                raise NotARegionError
            return Piece(other.low, other.low_closed, one.high, one.high_closed)
    raise NotARegionError


def _without(whole: list[Piece], points: tuple[Expr, ...]) -> list[Piece]:
    for point in points:
        cut = []
        for piece in whole:
            inside = [exact.holds(Apply("lt", pair)) for pair in ((piece.low, point), (point, piece.high))]
            if inside != [True, True]:
                raise NotARegionError
            cut += [
                Piece(piece.low, piece.low_closed, point, False),
                Piece(point, False, piece.high, piece.high_closed),
            ]
        whole = cut
    return whole


class _NoOrderError(Exception):
    pass


def _merged(found: list[Piece]) -> list[Piece] | None:
    if len(found) < 2:
        return found
    try:
        found = sorted(found, key=cmp_to_key(_before))
        merged = [found[0]]
        for piece in found[1:]:
            last = merged[-1]
            gap = _order(last.high, piece.low)
            if gap < 0 or (gap == 0 and not last.high_closed and not piece.low_closed):
                merged.append(piece)
                continue
            end = _order(last.high, piece.high)
            closed = (
                last.high_closed if end > 0 else piece.high_closed if end < 0 else last.high_closed or piece.high_closed
            )
            merged[-1] = Piece(last.low, last.low_closed, piece.high if end < 0 else last.high, closed)
    except _NoOrderError:
        return None
    return merged


def _before(one: Piece, other: Piece) -> int:
    return _order(one.low, other.low) or int(other.low_closed) - int(one.low_closed)


def _order(a: Expr, b: Expr) -> int:
    if a == b:
        return 0
    if isinstance(a, Num) and isinstance(b, Num):
        return (a.value > b.value) - (a.value < b.value)
    for head, order in (("lt", -1), ("gt", 1), ("eq", 0)):
        if exact.holds(Apply(head, (a, b))):
            return order
    raise _NoOrderError
