"""Trees built from trees, without looking at the text."""

from verifiers.expr import Apply, Expr, Num, Sym, Text, num
from verifiers.notation.cursor import ONE
from verifiers.notation.lexer import Token
from verifiers.notation.tables import VULGAR


def join(head: str, left: Expr, right: Expr, joined: str) -> Expr:
    if right is ONE and head == "mul":
        return left
    if left is ONE and head == "mul":
        return right
    if joined == head and isinstance(left, Apply):
        return Apply(head, (*left.args, right))
    return Apply(head, (left, right))


def negated(expr: Expr) -> Expr:
    """Minus the tree, with the sign folded into a literal."""
    if isinstance(expr, Num):
        return Num(-expr.value, expr.places)
    return Apply("neg", (expr,))


def as_set(expr: Expr) -> Expr:
    """A pair in round brackets is an open interval where a set is wanted."""
    if isinstance(expr, Apply) and expr.head == "tuple" and len(expr.args) == 2:
        return Apply("interval", (*expr.args, Text("open"), Text("open")))
    return expr


def line(expr: Expr) -> Expr:
    """A product of capitals where a line is meant is its name."""
    if isinstance(expr, Apply) and expr.head == "mul":
        names = [arg.name for arg in expr.args if isinstance(arg, Sym)]
        if len(names) == len(expr.args) and all(len(name) == 1 and name.isupper() for name in names):
            return Sym("".join(names))
    return expr


def vulgar(token: Token) -> Expr:
    top, bottom = VULGAR[token.value]
    return Apply("div", (num(top), num(bottom)))


def interval(low: Expr, high: Expr, low_closed: bool, high_closed: bool) -> Expr:
    words = {True: Text("closed"), False: Text("open")}
    return Apply("interval", (low, high, words[low_closed], words[high_closed]))


def size(head: str, inner: Expr) -> Expr:
    if head == "abs" and isinstance(inner, Apply):
        if inner.head == "matrix":
            return Apply("determinant", (inner,))
        if inner.head in ("set", "such_that", "union", "intersection"):
            return Apply("cardinality", (inner,))
        if inner.head == "vector":
            return Apply("norm", (inner,))
    return Apply(head, (inner,))
