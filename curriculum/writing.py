"""Expressions written for a reader: constants folded, `1·x` and `+ 0` left out, nothing else changed."""

from fractions import Fraction
from typing import Final, Literal

from curriculum.numbers import decimal, exact_value
from verifiers.expr import Apply, Expr, Num
from verifiers.notation import show

ONE: Final = Num(Fraction(1))
ZERO: Final = Num(Fraction(0))
_KEPT: Final = frozenset({"tuple", "list", "set", "interval", "ratio", "quantity", "eq", "lt", "le", "gt", "ge", "ne"})
"""What is looked at inside only."""


def written(expr: Expr, form: Literal["plain", "decimal"] = "plain") -> str:
    """A rational value as `3/4` (or `0.75`, where asked for and finite), any other tree tidied and shown."""
    number = exact_value(expr)
    if number is None:
        return show(tidy(expr))
    return (decimal(number) if form == "decimal" else None) or str(number)


def tidy(expr: Expr) -> Expr:
    """The tree with its closed parts folded into numbers where they are rational, factors of a term put first."""
    if not isinstance(expr, Apply):
        return expr
    if expr.head not in _KEPT:
        number = exact_value(expr)
        if number is not None:
            return _number(number)
    args = tuple(tidy(argument) for argument in expr.args)
    match expr.head:
        case "add":
            return _sum(args)
        case "mul" | "neg":
            return _term(*_factors(Apply(expr.head, args)))
        case "pow" if exact_value(args[1]) in (0, 1):
            return args[0] if exact_value(args[1]) else ONE
        case "div" if exact_value(args[1]) == 1:
            return args[0]
    return Apply(expr.head, args)


def _number(number: Fraction) -> Expr:
    if number < 0:
        return Apply("neg", (_number(-number),))
    if number.denominator == 1:
        return Num(number)
    return Apply("div", (Num(Fraction(number.numerator)), Num(Fraction(number.denominator))))


def _sum(args: tuple[Expr, ...]) -> Expr:
    left = [_in_sum(argument) for argument in args if exact_value(argument) != 0]
    if not left:
        return ZERO
    return left[0] if len(left) == 1 else Apply("add", tuple(left))


def _in_sum(expr: Expr) -> Expr:
    """A negative whole number as one number, which is shown as `x - 7` and not as `x - (7)`."""
    number = exact_value(expr)
    return expr if number is None or number.denominator != 1 else Num(number)


def _factors(expr: Expr) -> tuple[Fraction, list[Expr]]:
    """A product as its rational part and the rest in order."""
    number = exact_value(expr)
    if number is not None:
        return number, []
    if isinstance(expr, Apply) and expr.head in ("mul", "neg"):
        total = Fraction(-1 if expr.head == "neg" else 1)
        rest: list[Expr] = []
        for argument in expr.args:
            number, factors = _factors(argument)
            total *= number
            rest += factors
        return total, rest
    return Fraction(1), [expr]


def _term(number: Fraction, rest: list[Expr]) -> Expr:
    if number == 0 or not rest:
        return _number(number)
    if number < 0:
        return Apply("neg", (_term(-number, rest),))
    factors = rest if number == 1 else [_number(number), *rest]
    return factors[0] if len(factors) == 1 else Apply("mul", tuple(factors))
