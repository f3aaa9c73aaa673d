"""Closing a tree under its context: what every verifier does first."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from verifiers.claims import Context
from verifiers.evaluation.derivatives import expanded
from verifiers.evaluation.scalars import UnknownError
from verifiers.expr import Apply, Const, Expr, Num, Sym, free_symbols, substitute, walk

_ROUNDS: Final = 8
_MOST_NODES: Final = 4_000
_TURNING: Final = frozenset({"sin", "cos", "tan", "cot", "sec", "csc"})
_IMAGINARY: Final = (
    Apply("sqrt", (Num(Fraction(-1)),)),
    Apply("sqrt", (Apply("neg", (Num(Fraction(1)),)),)),
)

_Functions = Mapping[str, tuple[tuple[str, ...], Expr]]


def close(expr: Expr, context: Context) -> Expr:
    """The tree with the context's definitions and functions put in and its conventions made explicit.

    A definition may use earlier ones, never itself. `f(a)` becomes the body of `f` at `a`, `f'(a)` the derivative of
    the body there. A logarithm without base gets the context's base, an angle without unit the context's.
    """
    if context.definitions or context.functions:
        expr = _defined(expr, context)
    return conventional(expr, context.conventions) if context.conventions else expr


def _defined(expr: Expr, context: Context) -> Expr:
    functions = {name: (letters, body) for name, letters, body in context.functions}
    values: dict[str, Expr] = {}
    for name, body in context.definitions:
        closed = substitute(body, {k: v for k, v in values.items() if k != name})
        if closed in _IMAGINARY:
            closed = Const("i")
        if name not in free_symbols(closed) and _small(closed):
            values[name] = closed
    expr = substitute(expr, values)
    for _ in range(_ROUNDS):
        unfolded = _expand(expr, functions)
        if unfolded == expr or not _small(unfolded):
            break
        expr = substitute(unfolded, values)
    return expr


def _small(expr: Expr) -> bool:
    return sum(1 for _ in walk(expr)) <= _MOST_NODES


def _expand(expr: Expr, functions: _Functions) -> Expr:
    if not isinstance(expr, Apply) or not functions:
        return expr
    args = tuple(_expand(a, functions) for a in expr.args)
    if expr.head == "call":
        body = _body(args[0], args[1:], functions)
        if body is not None:
            return body
    return expr if args == expr.args else Apply(expr.head, args)


def _body(function: Expr, given: tuple[Expr, ...], functions: _Functions) -> Expr | None:
    """`f(a)` or `f'(a)` of a known function as a tree."""
    derived = isinstance(function, Apply) and function.head == "prime"
    letter = function.args[0] if isinstance(function, Apply) and derived else function
    found = functions.get(letter.name) if isinstance(letter, Sym) else None
    if found is None or len(found[0]) != len(given):
        return None
    letters, body = found
    if derived and isinstance(function, Apply):
        if len(letters) != 1:
            return None
        try:
            body = expanded(Apply("derivative", (body, Sym(letters[0]), *function.args[1:])))
        except UnknownError:
            return None
    return substitute(body, dict(zip(letters, given, strict=True)))


def conventional(expr: Expr, conventions: Sequence[tuple[str, str]]) -> Expr:
    """Logarithms without base and angles without unit read by the conventions."""
    chosen = dict(conventions)
    bases: dict[str, Expr] = {"10": Num(Fraction(10)), "2": Num(Fraction(2)), "e": Const("e")}
    base = bases.get(chosen.get("log", ""))
    degrees = chosen.get("angle") == "degrees"
    return _conventional(expr, base, degrees) if base is not None or degrees else expr


def _conventional(expr: Expr, base: Expr | None, degrees: bool) -> Expr:
    if not isinstance(expr, Apply):
        return expr
    args = tuple(_conventional(a, base, degrees) for a in expr.args)
    if expr.head == "log" and len(args) == 1 and base is not None:
        return Apply("log", (args[0], base))
    if degrees and expr.head in _TURNING and not (isinstance(args[0], Apply) and args[0].head == "degree"):
        return Apply(expr.head, (Apply("degree", args),))
    return expr if args == expr.args else Apply(expr.head, args)
