"""Sets of real numbers however written: intervals, unions, inequalities, set-builders, ℝ without points.

A set of intervals with exact ends is compared end by end; what has to be solved first is cut into cells of the line
(`kinds/_cells.py`) on which membership in both sets is constant.
"""

from collections.abc import Callable
from typing import Final

from verifiers import exact
from verifiers.equality.outcome import Comparison, different, equal, undecided
from verifiers.equality.pieces import INF, MINUS_INF, SETS, NotARegionError, pieces
from verifiers.expr import ORDER_RELATIONS, Apply, Const, Expr, Sym, Text, free_symbols, substitute
from verifiers.kinds._cells import Cell, cells
from verifiers.kinds._poly import opaque
from verifiers.kinds._ratio import NotPolynomialError
from verifiers.verdicts import Witness

_NEGATED: Final = {"lt": "ge", "ge": "lt", "gt": "le", "le": "gt", "eq": "ne", "ne": "eq"}
_POINT: Final = Sym("x")


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
        case Apply(head=head) if head in SETS:
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
    if low != MINUS_INF:
        parts.append(Apply("ge" if low_closed else "gt", (_POINT, _constant(low))))
    if high != INF:
        parts.append(Apply("le" if high_closed else "lt", (_POINT, _constant(high))))
    return _joined("and", list(parts))


def _joined(head: str, parts: list[Expr]) -> Expr:
    neutral = Const("true" if head == "and" else "false")
    rest = [part for part in parts if part != neutral]
    return neutral if not rest else rest[0] if len(rest) == 1 else Apply(head, tuple(rest))
