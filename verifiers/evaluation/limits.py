"""Limits that are certain: of a function continuous at the point, of a quotient of two that vanish there (by the
rule of de l'Hospital), of a rational function at infinity or at a pole.
"""

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Final

from verifiers.evaluation.atoms import Atoms, Form, Node, constant, plus
from verifiers.evaluation.building import Builder
from verifiers.evaluation.derivatives import ONE, derivative, div, mul, neg
from verifiers.evaluation.machine import Machine
from verifiers.evaluation.normal import LIMIT
from verifiers.evaluation.scalars import Infinity, UndefinedError, UnknownError, Value, sign
from verifiers.expr import Apply, Expr, Num, Sym, Text, free_symbols, heads, substitute

_ORDERS: Final = 6
_JUMPS: Final = frozenset({"floor", "ceil", "sign", "mod", "call", "limit", "integral", "sum", "prod", "gamma", "zeta",
                           "digit_sum", "factorial", "min", "max"})  # fmt: skip

_Choice = Callable[[Iterable[int]], int]


def limit(machine: Machine, expr: Apply) -> Value:
    body, letter, point = expr.args[:3]
    side = expr.args[3].value if len(expr.args) == 4 and isinstance(expr.args[3], Text) else ""
    if not isinstance(letter, Sym):
        raise UnknownError("a limit in something that is no letter")
    if letter.name not in free_symbols(body):
        return machine.run(body)
    if heads(body) & _JUMPS:
        raise UnknownError("a limit of a function with jumps")
    at = machine.run(point)
    closed = substitute(body, _values(machine, letter.name))
    if free_symbols(closed) - {letter.name}:
        raise UnknownError("a limit with other letters")
    if isinstance(at, Infinity):
        return _at_infinity(closed, letter.name, at.sign)
    if "abs" in heads(body):
        raise UnknownError("a limit of an absolute value")
    return _at_point(machine, closed, letter.name, point, at, side)


def _values(machine: Machine, letter: str) -> dict[str, Expr]:
    return {n: Num(v) for n, v in machine.values.items() if n != letter and isinstance(v, Fraction)}


def _at_point(machine: Machine, body: Expr, letter: str, point: Expr, at: Value, side: str) -> Value:
    above, below = _quotient(body)
    place = {letter: point}
    for _ in range(_ORDERS):
        denominator = machine.run(substitute(below, place))
        numerator = machine.run(substitute(above, place))
        if not _zero(denominator):
            return machine.run(substitute(div(above, below), place))
        if not _zero(numerator):
            if isinstance(at, Fraction):
                return _at_pole(body, letter, at, side)
            raise UnknownError("a pole")
        above, below = derivative(above, letter), derivative(below, letter)
    raise UnknownError("the limit is not found")


def _zero(value: Value) -> bool:
    """Whether the value is exactly zero.

    Raises:
        UnresolvedError: a ball that holds zero.
    """
    if isinstance(value, Fraction):
        return not value
    if isinstance(value, Infinity | bool | tuple):
        raise UnknownError("not a number")
    return not sign(value.real if hasattr(value, "imag") else value)


def _quotient(expr: Expr) -> tuple[Expr, Expr]:
    """Numerator and denominator, taken together over sums and products."""
    if not isinstance(expr, Apply):
        return expr, ONE
    head, args = expr.head, expr.args
    if head == "div":
        (a, b), (c, d) = _quotient(args[0]), _quotient(args[1])
        return mul(a, d), mul(b, c)
    if head == "neg":
        a, b = _quotient(args[0])
        return neg(a), b
    if head == "mul":
        parts = [_quotient(a) for a in args]
        return mul(*(p[0] for p in parts)), mul(*(p[1] for p in parts))
    if head == "add":
        parts = [_quotient(a) for a in args]
        if all(p[1] == ONE for p in parts):
            return expr, ONE
        whole = mul(*(p[1] for p in parts))
        terms = []
        for k, (a, _) in enumerate(parts):
            terms.append(mul(a, *(p[1] for j, p in enumerate(parts) if j != k)))
        return Apply("add", tuple(terms)), whole
    if head == "pow" and isinstance(args[1], Num) and args[1].value < 0:
        return ONE, Apply("pow", (args[0], Num(-args[1].value)))
    if head in ("cot", "tan", "sec", "csc"):
        sine, cosine = Apply("sin", args), Apply("cos", args)
        one: Expr = ONE
        return {"tan": (sine, cosine), "cot": (cosine, sine), "sec": (one, cosine), "csc": (one, sine)}[head]
    return expr, ONE


def _at_infinity(body: Expr, letter: str, direction: int) -> Value:
    top, bottom = _leading(body, letter, max)
    gap = top[0] - bottom[0]
    ratio = top[1] / bottom[1]
    if gap < 0:
        return Fraction(0)
    if gap == 0:
        return ratio
    order = (1 if ratio > 0 else -1) * (direction if gap % 2 else 1)
    return Infinity(order)


def _at_pole(body: Expr, letter: str, at: Fraction, side: str) -> Value:
    moved = substitute(body, {letter: Apply("add", (Sym(letter), Num(at)))})
    top, bottom = _leading(moved, letter, min)
    gap = top[0] - bottom[0]
    if gap >= 0:
        raise UnknownError("not a pole")
    order = 1 if top[1] / bottom[1] > 0 else -1
    if gap % 2 and side not in ("+", "-"):
        raise UndefinedError("the one-sided limits differ")
    return Infinity(order if side != "-" or gap % 2 == 0 else -order)


def _leading(body: Expr, letter: str, choose: _Choice) -> tuple[tuple[int, Fraction], tuple[int, Fraction]]:
    """Power and coefficient of the leading term above and below, for a rational function of the one letter."""
    atoms = Atoms(frozenset(), frozenset(), frozenset(), LIMIT)
    node: Node = plus((Builder(atoms, False).node(body), constant(0)))
    form = atoms.form(node)
    if set(form.keys) - {f"x:{letter}"} or form.numerator.is_zero():
        raise UnknownError("not a rational function")
    return _term(form, True, choose), _term(form, False, choose)


def _term(form: Form, above: bool, choose: _Choice) -> tuple[int, Fraction]:
    poly = form.numerator if above else form.denominator
    powers = {int(exponents[0]): coefficient for exponents, coefficient in poly.to_dict().items()}
    at = choose(powers)
    return at, Fraction(int(powers[at].p), int(powers[at].q))

