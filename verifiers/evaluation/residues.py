"""Remainders of numbers too long to build."""

from fractions import Fraction
from typing import TYPE_CHECKING

from verifiers.evaluation.functions import PLAIN
from verifiers.evaluation.scalars import Value, rational
from verifiers.expr import Apply, Expr, Num, Sym

if TYPE_CHECKING:
    from verifiers.evaluation.machine import Machine


def remainder(machine: "Machine", expr: Apply) -> Value:
    modulus = rational(machine.run(expr.args[1]))
    if modulus.denominator == 1 and modulus > 0:
        found = residue(machine, expr.args[0], modulus.numerator)
        if found is not None:
            return Fraction(found)
    return PLAIN["mod"](machine.meter, machine.run(expr.args[0]), modulus)


def residue(machine: "Machine", expr: Expr, modulus: int) -> int | None:
    """The remainder of a whole number built by sums, products and powers, without building the number."""
    if isinstance(expr, Num):
        return expr.value.numerator % modulus if expr.value.denominator == 1 else None
    if isinstance(expr, Sym):
        value = machine.values.get(expr.name)
        return (
            value.numerator % modulus
            if isinstance(value, Fraction) and value.denominator == 1
            else None
        )
    if not isinstance(expr, Apply):
        return None
    machine.meter.charge(4)
    if expr.head == "pow":
        base = residue(machine, expr.args[0], modulus)
        exponent = None if base is None else machine.run(expr.args[1])
        if base is None or not isinstance(exponent, Fraction) or exponent.denominator != 1 or exponent < 0:
            return None
        return pow(base, exponent.numerator, modulus)
    if expr.head in ("add", "mul", "neg"):
        total = 1 if expr.head == "mul" else 0
        for argument in expr.args:
            part = residue(machine, argument, modulus)
            if part is None:
                return None
            total = (total * part if expr.head == "mul" else total + part) % modulus
        return -total % modulus if expr.head == "neg" else total % modulus
    if expr.head in ("factorial", "binom", "abs", "div", "based", "sum", "prod", "gcd", "lcm", "perm", "mod"):
        value = machine.run(expr)
        if isinstance(value, Fraction) and value.denominator == 1:
            return value.numerator % modulus
    return None
