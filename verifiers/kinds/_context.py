"""A formula's context put to use: definitions and functions put in, domains of letters kept."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from verifiers import exact
from verifiers.claims import Context
from verifiers.expr import Apply, Expr, Num, Sym, substitute, walk
from verifiers.kinds._points import NATURAL_POOL, POOL

MOST_NESTING: Final = 4
MOST_NODES: Final = 1_500

_DOMAIN: Final[Mapping[str, Expr]] = {
    "integer": Apply("is_integer", (Sym("x"),)),
    "natural": Apply("and", (Apply("is_integer", (Sym("x"),)), Apply("ge", (Sym("x"), Num(Fraction(1)))))),
    "prime": Apply("is_prime", (Sym("x"),)),
    "positive": Apply("gt", (Sym("x"), Num(Fraction(0)))),
    "nonnegative": Apply("ge", (Sym("x"), Num(Fraction(0)))),
}
_POOLS: Final[Mapping[str, Sequence[Fraction]]] = {
    "integer": tuple(v for v in POOL if v.denominator == 1),
    "natural": NATURAL_POOL,
    "prime": tuple(Fraction(v) for v in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29)),
    "positive": tuple(v for v in POOL if v > 0),
    "nonnegative": tuple(v for v in POOL if v >= 0),
}


def closed_under(expr: Expr, context: Context) -> Expr:
    """The tree with definitions and function bodies put in, and `±` in an equation written as alternatives."""
    values: dict[str, Expr] = {}
    for name, value in context.definitions:
        values[name] = substitute(value, values)
    bodies = {name: (parameters, substitute(body, {k: v for k, v in values.items() if k not in parameters}))
              for name, parameters, body in context.functions}  # fmt: skip
    expr = _applied(substitute(expr, values), bodies, MOST_NESTING)
    return alternatives(expr)


def _applied(expr: Expr, bodies: Mapping[str, tuple[tuple[str, ...], Expr]], depth: int) -> Expr:
    if not isinstance(expr, Apply) or not bodies:
        return expr
    args = tuple(_applied(a, bodies, depth) for a in expr.args)
    if expr.head == "call" and isinstance(args[0], Sym) and args[0].name in bodies and depth:
        parameters, body = bodies[args[0].name]
        if len(parameters) == len(args) - 1:
            put = substitute(body, dict(zip(parameters, args[1:], strict=True)))
            if sum(1 for _ in walk(put)) <= MOST_NODES:
                return _applied(put, bodies, depth - 1)
    return Apply(expr.head, args) if args != expr.args else expr


def alternatives(expr: Expr) -> Expr:
    """`x = a ± b` as `x = a + b or x = a - b`."""
    if not isinstance(expr, Apply):
        return expr
    if expr.head in ("set", "list"):
        members = [m for a in expr.args for m in ((_signed(a, 1), _signed(a, -1)) if _has_sign(a) else (a,))]
        return Apply(expr.head, tuple(members))
    if expr.head in ("and", "or", "not"):
        return Apply(expr.head, tuple(alternatives(a) for a in expr.args))
    if expr.head in ("eq", "ne") and _has_sign(expr):
        upper, lower = _signed(expr, 1), _signed(expr, -1)
        return Apply("or" if expr.head == "eq" else "and", (upper, lower))
    return expr


def _has_sign(expr: Expr) -> bool:
    return any(isinstance(n, Apply) and n.head in ("pm", "mp") for n in walk(expr))


def _signed(expr: Expr, sign: int) -> Expr:
    if not isinstance(expr, Apply):
        return expr
    args = tuple(_signed(a, sign) for a in expr.args)
    if expr.head in ("pm", "mp"):
        positive = (expr.head == "pm") == (sign > 0)
        last = args[-1] if positive else Apply("neg", (args[-1],))
        return last if len(args) == 1 else Apply("add", (args[0], last))
    return Apply(expr.head, args)


def admissible(point: Mapping[str, Expr], context: Context) -> bool:
    """Every value is known to lie in its letter's domain."""
    for name, domain in context.domains:
        condition = _DOMAIN.get(domain)
        if name in point and condition is not None and exact.holds(condition, {"x": point[name]}) is not True:
            return False
    return True


def pools(letters: set[str], context: Context) -> dict[str, Sequence[Fraction]]:
    """Values worth trying for each letter, out of its domain."""
    domains = dict(context.domains)
    return {name: _POOLS.get(domains.get(name, "real"), POOL) for name in letters}
