"""Proves that an algebraic number is zero: it is closer to zero than any number of its make that is not.

The bound is that of Burnikel, Funke, Mehlhorn, Schirra and Schmitt ("A separation bound for real algebraic
expressions", ESA 2001): writing E = U/L with algebraic integers U, L whose conjugates are at most u and l and D for
the product of the degrees of the roots taken, E is zero or |E| >= 1 / (u**(D-1) * l).
"""

from fractions import Fraction
from math import lcm, log2, prod
from typing import NamedTuple

from flint import fmpz

from verifiers.evaluation.machine import Machine
from verifiers.evaluation.scalars import UnknownError
from verifiers.evaluation.transcendental import pi_multiple
from verifiers.expr import Apply, Const, Expr, Num, Sym, substitute

_SLACK = 1.0 + 1e-9
_MOST_TERMS = 200


class _Size(NamedTuple):
    """log2 of u and l. `below` is L itself where it is known to be a whole number."""

    u: float
    l: float
    below: int | None = None


class _Survey:
    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.radicals: dict[Expr, int] = {}
        self.conductor = 1

    @property
    def degree(self) -> int:
        product = int(fmpz(self.conductor).euler_phi())
        for degree in self.radicals.values():
            product *= degree
        return product

    def size(self, expr: Expr) -> _Size:
        if isinstance(expr, Num):
            return _rational(expr.value)
        if isinstance(expr, Sym):
            value = self.machine.values.get(expr.name)
            if isinstance(value, Fraction):
                return _rational(value)
        if isinstance(expr, Const) and expr.name == "i":
            self._turn(4)
            return _Size(0.0, 0.0, 1)
        if isinstance(expr, Apply):
            return self._apply(expr)
        raise UnknownError("not an algebraic number")

    def _apply(self, expr: Apply) -> _Size:
        head, args = expr.head, expr.args
        if head in ("add", "mixed"):
            return self._sum([self.size(a) for a in args])
        if head == "mul":
            parts = [self.size(a) for a in args]
            whole = prod(p.below or 0 for p in parts) or None
            return _Size(sum(p.u for p in parts), sum(p.l for p in parts), whole)
        if head == "div":
            above, below = self.size(args[0]), self.size(args[1])
            divisor = self.machine.run(args[1])
            whole = None
            if isinstance(divisor, Fraction) and above.below is not None:
                whole = above.below * abs(divisor.numerator)
            return _Size(above.u + below.l, above.l + below.u, whole)
        if head in ("neg", "abs", "conj"):
            return self.size(args[0])
        if head == "percent":
            inner = self.size(args[0])
            return _Size(inner.u, inner.l + log2(100) * _SLACK, inner.below and inner.below * 100)
        if head in ("sqrt", "root", "pow"):
            return self._power(expr)
        if head in ("sin", "cos", "tan", "cot", "sec", "csc"):
            return self._turned(expr)
        if head == "sum":
            return self._terms(expr)
        return self._value(expr)

    def _terms(self, expr: Apply) -> _Size:
        term, letter, *ends = expr.args
        low, high = (self.machine.run(end) for end in ends)
        if not isinstance(letter, Sym) or not isinstance(low, Fraction) or not isinstance(high, Fraction):
            raise UnknownError("not an algebraic number")
        if not 0 <= high - low <= _MOST_TERMS:
            raise UnknownError("too many terms")
        values = range(int(low), int(high) + 1)
        return self._sum([self.size(substitute(term, {letter.name: Num(Fraction(k))})) for k in values])

    def _sum(self, parts: list[_Size]) -> _Size:
        total = parts[0]
        for part in parts[1:]:
            if total.below is not None and part.below is not None:
                common = lcm(total.below, part.below)
                a = total.u + _log2(common // total.below)
                b = part.u + _log2(common // part.below)
                total = _Size(max(a, b) + 1.0, _log2(common) * _SLACK, common)
            else:
                a, b = total.u + part.l, part.u + total.l
                total = _Size(max(a, b) + 1.0, total.l + part.l)
        return total

    def _value(self, expr: Expr) -> _Size:
        value = self.machine.run(expr)
        if isinstance(value, Fraction):
            return _rational(value)
        raise UnknownError("not an algebraic number")

    def _power(self, expr: Apply) -> _Size:
        value = self.machine.run(expr)
        if isinstance(value, Fraction):
            return _rational(value)
        base = self.size(expr.args[0])
        if expr.head == "sqrt":
            exponent = Fraction(1, 2)
        else:
            raised = self.machine.run(expr.args[1])
            if not isinstance(raised, Fraction):
                raise UnknownError("not an algebraic number")
            exponent = raised if expr.head == "pow" else 1 / raised
        degree, times = exponent.denominator, abs(exponent.numerator)
        if degree > 64 or times > 4_096:
            raise UnknownError("too large")
        if degree > 1:
            key = Apply("root", (expr.args[0], Num(Fraction(degree))))
            self.radicals[key] = degree
            base = _Size((base.u + (degree - 1) * base.l) / degree, base.l, base.below)
        if exponent < 0:
            base = _Size(base.l, base.u)
        whole = base.below**times if base.below is not None and base.l * times < 4_096 else None
        return _Size(base.u * times, base.l * times, whole)

    def _turned(self, expr: Apply) -> _Size:
        turns = pi_multiple(self.machine, expr.args[0])
        if turns is None or turns.denominator > 400:
            raise UnknownError("not an algebraic number")
        self._turn(4 * turns.denominator)
        sine = _Size(1.0, 1.0, 2)
        if expr.head in ("sin", "cos"):
            return sine
        return _Size(2.0, 2.0)

    def _turn(self, order: int) -> None:
        common = int(fmpz(self.conductor).lcm(order))
        if common > 4_000:
            raise UnknownError("too large")
        self.conductor = common


def _rational(value: Fraction) -> _Size:
    return _Size(
        _log2(abs(value.numerator)) * _SLACK if value else 0.0,
        _log2(value.denominator) * _SLACK,
        value.denominator,
    )


def _log2(value: int) -> float:
    length = value.bit_length()
    return log2(value) if length < 1_000 else float(length)


def separation_bits(machine: Machine, expr: Expr) -> int | None:
    """`b` such that the number is zero if its absolute value is below `2**-b`; `None` where none is known or the
    bound passes 2**15 bits.
    """
    survey = _Survey(machine)
    try:
        size = survey.size(expr)
    except UnknownError:
        return None
    degree = survey.degree
    if degree > 1 << 12:
        return None
    bound = (max(size.u, 0.0) * (degree - 1) + max(size.l, 0.0)) * _SLACK + 4
    return int(bound) + 1 if bound < 1 << 15 else None
