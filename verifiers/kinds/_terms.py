"""Closed trees written briefly."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, TypeAlias

from verifiers.expr import Const, Expr, Num, app

Operand: TypeAlias = Expr | int | Fraction

PI: Final = Const("pi")


def leaf(value: Operand) -> Expr:
    return Num(Fraction(value)) if isinstance(value, int | Fraction) else value


def plus(*terms: Operand) -> Expr:
    return leaf(terms[0]) if len(terms) == 1 else app("add", *map(leaf, terms))


def minus(left: Operand, right: Operand) -> Expr:
    return app("add", leaf(left), app("neg", leaf(right)))


def times(*factors: Operand) -> Expr:
    return leaf(factors[0]) if len(factors) == 1 else app("mul", *map(leaf, factors))


def over(left: Operand, right: Operand) -> Expr:
    return app("div", leaf(left), leaf(right))


def power(base: Operand, exponent: Operand) -> Expr:
    return app("pow", leaf(base), leaf(exponent))


def square(base: Operand) -> Expr:
    return power(base, 2)


def root(value: Operand) -> Expr:
    return app("sqrt", leaf(value))


def equal(left: Operand, right: Operand) -> Expr:
    return app("eq", leaf(left), leaf(right))


def either(relations: Sequence[Expr]) -> Expr:
    return relations[0] if len(relations) == 1 else app("or", *relations)


def both(relations: Sequence[Expr]) -> Expr:
    return relations[0] if len(relations) == 1 else app("and", *relations)
