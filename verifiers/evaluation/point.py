"""Where trees are evaluated, and what an evaluation may cost."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Final

from flint import ctx

from verifiers.evaluation.machine import Machine
from verifiers.evaluation.scalars import MOST_BITS, Value
from verifiers.expr import Apply, Const, Expr, Num, walk

COST: Final = 2_000_000
"""Machine words one evaluation may touch."""
SHORT: Final = 4_096
"""Bits of an exact value at a first try, which is enough to tell most numbers apart."""
TERMS: Final = 20_000
"""Most terms of a sum or product."""

Assignment = Mapping[str, Expr | Fraction | int] | Iterable[tuple[str, Expr | Fraction | int]]


class Point:
    """Where trees are evaluated: the letters' expressions, evaluated once for each precision."""

    def __init__(self, assignment: Assignment, exprs: Iterable[Expr], cost: int = COST) -> None:
        pairs = assignment.items() if isinstance(assignment, Mapping) else assignment
        self.letters: dict[str, Expr] = {
            name: given if not isinstance(given, Fraction | int) else Num(Fraction(given)) for name, given in pairs
        }
        self.principal = _is_complex((*exprs, *self.letters.values()))
        self.cost = cost

    def machine(self, precision: int, most_bits: int) -> Machine:
        machine = Machine({}, precision, self.cost, TERMS, self.principal)
        machine.meter.most_bits = most_bits
        machine.values = {name: machine.run(expr) for name, expr in self.letters.items()}
        return machine

    def at(self, precision: int, action: Callable[[Machine], Value], most_bits: int = MOST_BITS) -> Value:
        before = ctx.prec
        ctx.prec = precision
        try:
            machine = self.machine(precision, most_bits)
            result = action(machine)
            self.cost = machine.meter.left
            return result
        finally:
            ctx.prec = before


def _is_complex(exprs: Iterable[Expr]) -> bool:
    for expr in exprs:
        for node in walk(expr):
            if isinstance(node, Const) and node.name == "i":
                return True
            if isinstance(node, Apply) and node.head in ("re", "im", "conj", "arg"):
                return True
    return False
