"""Brackets, bars and braces: grouping, tuples, intervals, sets, absolute values, matrices."""

from collections.abc import Callable
from typing import Final

from verifiers.expr import Apply, Const, Expr, Num, Sym
from verifiers.notation.calculus import evaluated
from verifiers.notation.cursor import CLOSER_OF, RATIO
from verifiers.notation.grammar import Parser
from verifiers.notation.statements import joined
from verifiers.notation.tables import MATRIX_ENVIRONMENTS
from verifiers.notation.tokens import Token
from verifiers.notation.trees import interval, size


def group(parser: Parser, token: Token) -> Expr:
    """Round or square brackets: grouping, a tuple, an interval."""
    closers = (")", "]")
    if parser.kind in closers:
        raise parser.stop("an empty bracket")
    start = parser.at
    if token.kind == "[":
        if parser.kind == "[":
            return _nested_lists(parser)
        area = _area(parser)
        if area is not None:
            return area
    items = _items(parser)
    closer = parser.take()
    if closer.kind not in closers:
        parser.at -= closer.kind != "stop"
        raise parser.stop("a bracket is not closed")
    if len(items) == 1:
        pair = _merged(parser, start)
        if pair is None:
            if token.kind == "(" and closer.kind == ")":
                return items[0]
            if token.kind == "[" and closer.kind == "]":
                if parser.kind == "_":
                    return evaluated(parser, items[0])
                if _may_be_floored(items[0]):
                    raise parser.unsupported("square brackets that may mean a floor")
                return items[0]
            raise parser.stop("brackets do not match")
        items = pair
    ends = (token.kind == "[", closer.kind == "]")
    if token.value == "]" or closer.value == "[":
        return interval(items[0], items[-1], *ends)
    if any(item == Const("inf") or item == Apply("neg", (Const("inf"),)) for item in items) and len(items) == 2:
        return interval(items[0], items[1], *ends)
    if ends == (False, False):
        return Apply("tuple", tuple(items))
    if len(items) == 2:
        return interval(items[0], items[1], *ends)
    if ends == (True, True):
        return Apply("list", tuple(items))
    raise parser.stop("brackets do not match")


def _area(parser: Parser) -> Expr | None:
    """`[ABC]`, the area of a polygon, as an opaque call."""
    tokens, at = parser.tokens, parser.at
    name = ""
    while (tokens[at].kind == "name" or tokens[at].kind == "word") and tokens[at].value.isupper():
        name += tokens[at].value
        at += 1
    if len(name) < 3 or tokens[at].kind != "]":
        return None
    parser.at = at + 1
    return Apply("call", (Sym("area"), Sym(name)))


def _may_be_floored(inner: Expr) -> bool:
    """Square brackets around one number or quotient group nothing, so they may be Gauss's."""
    if isinstance(inner, Num):
        return inner.value.denominator != 1
    return isinstance(inner, Sym) or (isinstance(inner, Apply) and inner.head in ("div", "sqrt"))


def _nested_lists(parser: Parser) -> Expr:
    """`[[1, 2], [3, 4]]` is a matrix when its rows have one length."""
    rows: list[tuple[Expr, ...]] = []
    while parser.accept("["):
        rows.append(tuple(_items(parser)))
        parser.expect("]")
        if not parser.accept(","):
            break
    parser.expect("]")
    if len({len(row) for row in rows}) != 1:
        raise parser.stop("rows of one length expected")
    return Apply("matrix", tuple(Apply("row", row) for row in rows))


def _items(parser: Parser) -> list[Expr]:
    items = [parser.inside(parser.statement_item)]
    while parser.kind in (",", ";", "gap"):
        if parser.take().kind == "gap":
            continue
        items.append(parser.inside(parser.statement_item))
    return items


def _merged(parser: Parser, start: int) -> list[Expr] | None:
    """`(12,180)` standing by itself: a pair, though `12,180` is a number elsewhere."""
    listed = Parser.listed(parser.tokens[start])
    if listed is None or len(listed) != 2 or parser.at != start + 2:
        return None
    before = parser.tokens[start - 2].kind if start > 1 else "stop"
    after = parser.kind
    return listed if before in _AROUND_PAIRS and after in _AROUND_PAIRS else None


_AROUND_PAIRS: Final = frozenset({
    "stop", "rel", ",", ";", "(", ")", "{", "}", "\\{", "\\}", "or", "and", "cup", "cap", "setminus", "land",
    "lor", "gap", ".", "&", "row", "[", "]", "boxed",
})  # fmt: skip


def braces(parser: Parser, token: Token) -> Expr:
    """TeX's invisible group; a set in plain text, or when it holds a list."""
    if parser.kind == "}":
        parser.at += 1
        if parser.kind == "_" or parser.kind == "^":
            return _choice(parser)
        raise parser.stop("an empty group")
    inner = parser.inside(parser.statement_item if parser.latex else lambda: parser.statement_item(RATIO + 1))
    if parser.kind == "choose":
        parser.at += 1
        lower = parser.inside(parser.expression)
        parser.expect("}")
        return Apply("binom", (inner, lower))
    if not parser.latex and parser.accept(":"):
        condition = parser.inside(lambda: joined(parser))
        parser.expect("}")
        return Apply("such_that", (inner, condition))
    if parser.kind == "," or not parser.latex:
        items = [inner]
        while parser.accept(","):
            items.append(parser.inside(parser.statement_item))
        parser.expect("}")
        return Apply("set", tuple(items))
    parser.expect("}")
    return inner


def _choice(parser: Parser) -> Expr:
    """`{}_nC_k`, `{}^5P_2`."""
    parser.at += 1
    upper = parser.argument(script=True)
    letter = parser.expect("name").value
    if letter not in "CP" or not parser.accept("_"):
        raise parser.stop("a binomial coefficient expected")
    return Apply("binom" if letter == "C" else "perm", (upper, parser.argument(script=True)))


def braced_set(parser: Parser, token: Token) -> Expr:
    """`\\{1, 2\\}` or `\\{x : x > 2\\}`."""
    if parser.accept("\\}"):
        return Const("empty")
    first = parser.tokens[parser.at]
    listed = Parser.listed(first) if parser.tokens[parser.at + 1].kind == "\\}" else None
    if listed is not None:
        parser.at += 2
        return Apply("set", tuple(listed))
    bars, parser.bars = parser.bars, 0
    items: list[Expr] = []
    left = parser.expression(RATIO + 1)
    if parser.kind == "rel" and parser.tokens[parser.at].value in ("in", "lt", "le", "gt", "ge", "eq"):
        head = parser.take().value
        right = parser.expression()
        left = parser.link(head, left, right, None)
    if parser.kind in (":", "|") or (parser.kind == "rel" and parser.tokens[parser.at].value == "divides"):
        parser.take()
        conditions = [parser.statement_item()]
        while parser.kind in (",", "and"):
            parser.take()
            conditions.append(parser.statement_item())
        parser.expect("\\}")
        parser.bars = bars
        condition = conditions[0] if len(conditions) == 1 else Apply("and", tuple(conditions))
        return Apply("such_that", (left, condition))
    items.append(left)
    while parser.accept(",") or parser.accept(";"):
        items.append(parser.statement_item())
    parser.expect("\\}")
    parser.bars = bars
    return Apply("set", tuple(items))


def fenced(head: str) -> Callable[[Parser, Token], Expr]:
    def reader(parser: Parser, token: Token) -> Expr:
        inner = parser.inside(parser.expression)
        parser.expect(CLOSER_OF[token.kind])
        return size(head, inner)

    return reader


def bars(parser: Parser, token: Token) -> Expr:
    """`|x|` and `‖v‖`, whose opening and closing signs are the same."""
    parser.bars += 1
    inner = parser.expression()
    parser.expect(token.kind)
    parser.bars -= 1
    return size("abs" if token.kind == "|" else "norm", inner)


def angle_brackets(parser: Parser, token: Token) -> Expr:
    items = _items(parser)
    parser.expect(")>")
    return Apply("tuple", tuple(items))


def matrix(parser: Parser, token: Token) -> Expr:
    head = MATRIX_ENVIRONMENTS.get(token.value)
    if head is None and token.value == "array":
        head = "matrix"
    if head is None:
        raise parser.unsupported(f"the environment {token.value}")
    rows: list[tuple[Expr, ...]] = []
    cells: list[Expr] = []
    while True:
        if parser.accept("end"):
            break
        if parser.accept("row"):
            rows.append(tuple(cells))
            cells = []
            continue
        cells.append(parser.inside(parser.statement_item))
        if not parser.accept("&") and parser.kind not in ("row", "end"):
            raise parser.stop("the next cell expected")
    if cells:
        rows.append(tuple(cells))
    rows = [row for row in rows if row]
    if not rows or len({len(row) for row in rows}) != 1:
        raise parser.stop("rows of one length expected")
    built = Apply("matrix", tuple(Apply("row", row) for row in rows))
    return built if head == "matrix" else Apply(head, (built,))
