"""Circular functions, exponentials and logarithms, which look at the tree before its value: `sin(π/6)` is 1/2."""

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from flint import acb, arb, fmpq

from verifiers.evaluation.functions import elementary, ln, logarithm
from verifiers.evaluation.scalars import UndefinedError, UnknownError, Value, divide, multiply, settle, sign
from verifiers.expr import Apply, Const, Expr, Num

if TYPE_CHECKING:
    from verifiers.evaluation.machine import Machine

TURNING: Final = frozenset({"sin", "cos", "tan", "cot", "sec", "csc"})


def pi_multiple(machine: "Machine", expr: Expr) -> Fraction | None:
    """`q` where the tree is visibly `q·pi` with rational `q`."""
    if isinstance(expr, Const):
        return Fraction(1) if expr.name == "pi" else None
    if not isinstance(expr, Apply):
        return Fraction(0) if isinstance(expr, Num) and not expr.value else None
    head, args = expr.head, expr.args
    if head == "degree":
        value = machine.run(args[0])
        return value / 180 if isinstance(value, Fraction) else None
    if head == "neg":
        inner = pi_multiple(machine, args[0])
        return None if inner is None else -inner
    if head in ("add", "pm") and len(args) > 1:
        parts = [pi_multiple(machine, a) for a in args]
        return None if any(p is None for p in parts) else sum((p for p in parts if p is not None), Fraction(0))
    if head == "div":
        inner = pi_multiple(machine, args[0])
        below = None if inner is None else machine.run(args[1])
        return inner / below if inner is not None and isinstance(below, Fraction) and below else None
    if head == "mul":
        found: Fraction | None = None
        rest = Fraction(1)
        for argument in args:
            inner = pi_multiple(machine, argument) if found is None else None
            if inner is not None:
                found = inner
                continue
            value = machine.run(argument)
            if not isinstance(value, Fraction):
                return None
            rest *= value
        return None if found is None else found * rest
    return None


def trigonometric(machine: "Machine", expr: Apply) -> Value:
    turns = pi_multiple(machine, expr.args[0])
    if turns is None or turns.denominator > 1 << 30 or abs(turns) > 1 << 30:
        return elementary(expr.head, machine.number(expr.args[0]), machine.meter)
    machine.meter.charge(20 + machine.meter.precision // 4)
    half = fmpq(turns.numerator, turns.denominator)
    sine, cosine = _exact(arb.sin_pi_fmpq(half)), _exact(arb.cos_pi_fmpq(half))
    above, below = {
        "sin": (sine, Fraction(1)), "cos": (cosine, Fraction(1)), "tan": (sine, cosine), "cot": (cosine, sine),
        "sec": (Fraction(1), cosine), "csc": (Fraction(1), sine),
    }[expr.head]  # fmt: skip
    if expr.head in ("tan", "cot") and (turns * 4).denominator == 1 and (turns * 4).numerator % 2:
        return Fraction(1) if (turns * 4).numerator % 4 == 1 else Fraction(-1)
    return divide(above, below, machine.meter)


def _exact(value: arb) -> Fraction | arb:
    if value.is_exact():
        found = value.fmpq()
        return Fraction(int(found.p), int(found.q))
    return value


def function(machine: "Machine", expr: Apply) -> Value:
    return elementary(expr.head, machine.number(expr.args[0]), machine.meter)


def exponential(machine: "Machine", expr: Apply) -> Value:
    argument = expr.args[0]
    if isinstance(argument, Apply) and argument.head == "ln":
        value = machine.number(argument.args[0])
        if not isinstance(value, acb) and sign(value) > 0:
            return value
    return function(machine, expr)


def natural_logarithm(machine: "Machine", expr: Apply) -> Value:
    argument = expr.args[0]
    if isinstance(argument, Const) and argument.name == "e":
        return Fraction(1)
    if isinstance(argument, Apply) and (
        (argument.head == "pow" and argument.args[0] == Const("e")) or argument.head == "exp"
    ):
        value = machine.number(argument.args[-1])
        if not isinstance(value, acb):
            return value
    value = machine.number(argument)
    if not isinstance(value, acb) and sign(value) < 0 and machine.principal:
        value = acb(value) if isinstance(value, arb) else acb(int(value.numerator)) / int(value.denominator)
    return ln(machine.meter, value)


def logarithm_of(machine: "Machine", expr: Apply) -> Value:
    argument = expr.args[0]
    raised = isinstance(argument, Apply) and argument.head == "pow" and argument.args[0] != Const("e")
    if len(expr.args) == 2 and isinstance(argument, Apply) and raised:
        base = machine.run(argument.args[0])
        if isinstance(base, Fraction) and base > 0:
            part = Apply("log", (argument.args[0], expr.args[1]))
            return multiply(machine.number(argument.args[1]), machine.number(part), machine.meter)
    value = machine.run(argument)
    if len(expr.args) == 1:
        if value == Fraction(1):
            return Fraction(0)
        raise UnknownError("a logarithm without base")
    if isinstance(expr.args[1], Const) and expr.args[1].name == "e":
        return natural_logarithm(machine, Apply("ln", (expr.args[0],)))
    return logarithm(machine.meter, value, machine.run(expr.args[1]))


def complex_part(machine: "Machine", expr: Apply) -> Value:
    value = machine.number(expr.args[0])
    if expr.head == "conj":
        return value.conjugate() if isinstance(value, acb) else value
    if expr.head == "arg":
        return settle(acb(value).arg()) if isinstance(value, acb) else _argument(value)
    if isinstance(value, acb):
        return settle(value.real if expr.head == "re" else value.imag)
    return value if expr.head == "re" else Fraction(0)


def _argument(value: Fraction | arb) -> Value:
    order = sign(value)
    if not order:
        raise UndefinedError("argument of zero")
    return Fraction(0) if order > 0 else arb.pi()
