"""Sets of real numbers however written: intervals, unions, inequalities, set-builders, ℝ without points.

A set of intervals with exact ends is compared end by end; what has to be solved first is cut into cells of the line
(`kinds/_cells.py`) on which membership in both sets is constant.
"""

from collections.abc import Callable
from functools import cmp_to_key
from typing import Final, NamedTuple

from verifiers import exact
from verifiers.equality.outcome import Comparison, different, equal, undecided
from verifiers.expr import ORDER_RELATIONS, Apply, Const, Expr, Num, Sym, Text, free_symbols, substitute
from verifiers.kinds._cells import Cell, cells
from verifiers.kinds._poly import opaque
from verifiers.kinds._ratio import NotPolynomialError
from verifiers.verdicts import Witness

_INF: Final = Const("inf")
_MINUS_INF: Final = Apply("neg", (_INF,))
_FLIPPED: Final = {"lt": "gt", "gt": "lt", "le": "ge", "ge": "le", "eq": "eq", "ne": "ne"}
_NEGATED: Final = {"lt": "ge", "ge": "lt", "gt": "le", "le": "gt", "eq": "ne", "ne": "eq"}
_SETS: Final = frozenset({"interval", "union", "intersection", "setminus", "complement", "such_that"})
_POINT: Final = Sym("x")


class NotARegionError(Exception):
    """The tree is no set of real numbers, or has more than one letter."""


class Piece(NamedTuple):
    """From `low` to `high`; a single point has both equal and closed."""

    low: Expr
    low_closed: bool
    high: Expr
    high_closed: bool


def difference_of_sets(expr: Expr) -> Expr:
    """`ℝ − {1}` as ℝ ∖ {1}; any other tree unchanged."""
    match expr:
        case Apply(head="add", args=(whole, Apply(head="neg", args=(Apply(head="set") as part,)))) if is_region(whole):
            return Apply("setminus", (whole, part))
        case Apply(head="in", args=(name, inner)):
            return Apply("in", (name, difference_of_sets(inner)))
    return expr


def is_region(expr: Expr) -> bool:
    """Whether the tree says that a number lies somewhere: an infinite set or a condition with an inequality."""
    match expr:
        case Const(name="reals"):
            return True
        case Apply(head=head) if head in _SETS:
            return True
        case Apply(head=head) if head in ORDER_RELATIONS or head == "ne":
            return True
        case Apply(head="in" | "notin", args=(_, inner)):
            return is_region(inner) or expr.head == "notin"
        case Apply(head="and" | "or" | "not", args=args):
            return any(is_region(a) for a in args)
    return False


def is_relation(expr: Expr) -> bool:
    """Whether the region is written as a condition rather than as a set."""
    return isinstance(expr, Apply) and (expr.head in ORDER_RELATIONS or expr.head in ("ne", "and", "or", "not"))


def subject(expr: Expr) -> Expr | None:
    """What a condition is about: its one letter, or the opaque call in its place."""
    if not isinstance(expr, Apply):
        return None
    if expr.head in ("in", "notin"):
        return expr.args[0]
    if expr.head in _SETS:
        return None
    letters = free_symbols(opaque((expr,))[0])
    return Sym(next(iter(letters))) if len(letters) == 1 else None


def compare(a: Expr, b: Expr, same: Callable[[Expr, Expr], Comparison]) -> Comparison:
    """Equality of two sets of reals; `same` compares two ends."""
    a, b = opaque((a, b))
    try:
        left, right = pieces(a), pieces(b)
    except NotARegionError:
        return _by_cells(a, b)
    if left is None or right is None:
        return _by_cells(a, b)
    if len(left) != len(right):
        return _told_apart(a, b, "another set")
    open_end = False
    for one, other in zip(left, right, strict=True):
        for x, y in ((one.low, other.low), (one.high, other.high)):
            ends = same(x, y).label
            if ends == "different":
                return _told_apart(a, b, "other ends")
            open_end |= ends == "undecided"
        if (one.low_closed, one.high_closed) != (other.low_closed, other.high_closed):
            return _told_apart(a, b, "open and closed ends differ")
    return undecided("ends not compared") if open_end else equal("same set")


def _told_apart(a: Expr, b: Expr, reason: str) -> Comparison:
    found = _by_cells(a, b)
    return found if found.witness is not None else different(reason)


def _by_cells(a: Expr, b: Expr) -> Comparison:
    try:
        left, right = condition(a), condition(b)
        letters = free_symbols(left) | free_symbols(right)
        if letters - {_POINT.name}:
            raise NotARegionError
        if not letters:
            return equal("same set") if left == right else different("another set")
        parts: tuple[Cell, ...] = cells((left, right), _POINT.name)
    except (NotARegionError, NotPolynomialError, ValueError, OverflowError):
        return undecided("not a set of reals that can be solved")
    unknown = False
    for cell in parts:
        if cell.sample is None:
            unknown = True
            continue
        point = ((_POINT.name, cell.sample),)
        truths = [_at(side, point) for side in (left, right)]
        if None in truths:
            unknown = True
        elif truths[0] != truths[1]:
            inside, outside = (left, right) if truths[0] else (right, left)
            return different(
                "a number is in one only", Witness(premises=(inside,), conclusion=outside, assignment=point)
            )
    return undecided("a boundary point is not decided") if unknown else equal("same set")


def _at(side: Expr, point: tuple[tuple[str, Expr], ...]) -> bool | None:
    """Truth at a point; a relation without value there is false."""
    match side:
        case Const(name=name):
            return name == "true"
        case Apply(head="not", args=(inner,)):
            truth = _at(inner, point)
            return None if truth is None else not truth
        case Apply(head="and" | "or" as head, args=args):
            truths = [_at(a, point) for a in args]
            stop = head == "or"
            return stop if stop in truths else None if None in truths else not stop
        case Apply(args=args):
            truth = exact.holds(side, point)
            if truth is None and any(isinstance(exact.evaluate(a, point), exact.Undefined) for a in args):
                return False
            return truth
    return None


def condition(expr: Expr) -> Expr:
    """The region as a relation in the letter `x`.

    Raises:
        NotARegionError: no set of reals, or several letters.
    """
    if (
        isinstance(expr, Apply)
        and (expr.head in ("and", "or", "not") or expr.head in _NEGATED)
        and not _set_inside(expr)
    ):
        letters = free_symbols(expr)
        if len(letters) != 1:
            raise NotARegionError
        return substitute(expr, {next(iter(letters)): _POINT})
    match expr:
        case Const(name="reals"):
            return Const("true")
        case Const(name="empty"):
            return Const("false")
        case Apply(head="tuple", args=(low, high)):
            return _between(low, high, False, False)
        case Apply(head="interval", args=(low, high, Text(value=left), Text(value=right))):
            return _between(low, high, left == "closed", right == "closed")
        case Apply(head="set" | "list", args=items):
            return _joined("or", [Apply("eq", (_POINT, _constant(item))) for item in items])
        case Apply(head="union" | "or", args=args):
            return _joined("or", [condition(a) for a in args])
        case Apply(head="intersection" | "and", args=args):
            return _joined("and", [condition(a) for a in args])
        case Apply(head="setminus", args=(whole, part)):
            return _joined("and", [condition(whole), Apply("not", (condition(part),))])
        case Apply(head="complement" | "not", args=(inner,)):
            return Apply("not", (condition(inner),))
        case Apply(head="such_that", args=(Apply(head="in", args=(_, domain)), inner)):
            return _joined("and", [condition(domain), condition(inner)])
        case Apply(head="such_that", args=(Sym(), inner)):
            return condition(inner)
        case Apply(head="in", args=(_, inner)):
            return condition(inner)
        case Apply(head="notin", args=(_, inner)):
            return Apply("not", (condition(inner),))
    raise NotARegionError


def _set_inside(expr: Apply) -> bool:
    return any(isinstance(a, Apply) and (a.head in ("in", "notin") or _set_inside(a)) for a in expr.args)


def _constant(expr: Expr) -> Expr:
    if free_symbols(expr):
        raise NotARegionError
    return expr


def _between(low: Expr, high: Expr, low_closed: bool, high_closed: bool) -> Expr:
    parts = []
    if low != _MINUS_INF:
        parts.append(Apply("ge" if low_closed else "gt", (_POINT, _constant(low))))
    if high != _INF:
        parts.append(Apply("le" if high_closed else "lt", (_POINT, _constant(high))))
    return _joined("and", list(parts))


def _joined(head: str, parts: list[Expr]) -> Expr:
    neutral = Const("true" if head == "and" else "false")
    rest = [part for part in parts if part != neutral]
    return neutral if not rest else rest[0] if len(rest) == 1 else Apply(head, tuple(rest))


def pieces(expr: Expr) -> list[Piece] | None:
    """Disjoint pieces from left to right, `None` where ends cannot be put in order.

    Raises:
        NotARegionError: something has to be solved first.
    """
    return _merged(_pieces(expr))


def _pieces(expr: Expr) -> list[Piece]:
    match expr:
        case Const(name="reals"):
            return [Piece(_MINUS_INF, False, _INF, False)]
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
    below = Piece(_MINUS_INF, False, end, head == "le")
    above = Piece(end, head == "ge", _INF, False)
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
        if one.low == _MINUS_INF and one.high != _INF and other.high == _INF and other.low != _MINUS_INF:
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
