"""Trees built from trees, without looking at the text."""

from collections.abc import Sequence

from verifiers.expr import Apply, Expr, Num, Sym, Text, num
from verifiers.notation.cursor import ONE
from verifiers.notation.tables import VULGAR
from verifiers.notation.tokens import Token


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


def modular(heads: Sequence[str]) -> list[str]:
    """The relations of a chain that ends in a modulus. `2^10 = 1024 ≡ 2 (mod 7)` keeps its first sign, while in
    `343 = 3 (mod 5)` the equals sign means a congruence.
    """
    relations = list(heads)
    if "congruent" not in relations:
        return ["congruent" if head == "eq" else head for head in relations]
    for at in range(len(relations) - 1, -1, -1):
        if relations[at] != "eq":
            break
        relations[at] = "congruent"
    return relations


def without_modulus(expr: Expr) -> tuple[Expr, Expr | None]:
    """`3 mod 5` on the right of a relation: the remainder and its modulus, which is how most authors mean it."""
    if isinstance(expr, Apply) and expr.head == "mod":
        return expr.args[0], expr.args[1]
    return expr, None


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
