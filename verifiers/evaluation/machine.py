"""The value of a tree at a point: one walk, bounded by a meter, over `Fraction`s and balls."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final

from flint import acb, arb

from verifiers.evaluation import matrices
from verifiers.evaluation.functions import PLAIN
from verifiers.evaluation.numerals import based, repeating
from verifiers.evaluation.residues import remainder
from verifiers.evaluation.scalars import (
    Group,
    Infinity,
    Meter,
    Scalar,
    UndefinedError,
    UnknownError,
    Value,
    add,
    divide,
    integer,
    multiply,
    negate,
    power,
    root,
    scalar,
    sign,
)
from verifiers.evaluation.transcendental import (
    TURNING,
    complex_part,
    exponential,
    function,
    logarithm_of,
    natural_logarithm,
    trigonometric,
)
from verifiers.expr import FUNCTIONS, Apply, Const, Expr, Num, Sym


class Machine:
    """Evaluates trees at one point and one precision.

    `values` are the values of the letters; `principal` reads roots and logarithms of negative numbers in the complex
    numbers, else they are undefined and odd roots are real.
    """

    __slots__ = ("meter", "principal", "values")

    def __init__(self, values: Mapping[str, Value], precision: int, cost: int, terms: int, principal: bool) -> None:
        self.values = values
        self.meter = Meter(cost, precision, terms)
        self.principal = principal

    def number(self, expr: Expr) -> Scalar:
        return scalar(self.run(expr))

    def run(self, expr: Expr) -> Value:
        if isinstance(expr, Num):
            return expr.value
        if isinstance(expr, Apply):
            self.meter.charge(8)
            special = _SPECIAL.get(expr.head)
            if special is not None:
                return special(self, expr)
            plain = PLAIN.get(expr.head)
            if plain is not None:
                return plain(self.meter, *[self.run(a) for a in expr.args])
            raise UnknownError(f"{expr.head} has no value at a point")
        if isinstance(expr, Sym):
            if expr.name in self.values:
                return self.values[expr.name]
            raise UnknownError(f"the letter {expr.name} has no value")
        if isinstance(expr, Const):
            return _constant(expr.name)
        raise UnknownError("words have no value")

    def with_letter(self, name: str, value: Value) -> "Machine":
        inner = Machine({**self.values, name: value}, self.meter.precision, 0, 0, self.principal)
        inner.meter = self.meter
        return inner


def _constant(name: str) -> Value:
    if name == "pi":
        return arb.pi()
    if name == "e":
        return arb.const_e()
    if name == "i":
        return acb(0, 1)
    if name == "inf":
        return Infinity(1)
    if name in ("true", "false"):
        return name == "true"
    if name == "empty":
        return Group("set", ())
    raise UnknownError(f"{name} is not a number")


def _sum(machine: Machine, expr: Apply) -> Value:
    total: Value | None = None
    infinite = 0
    for argument in expr.args:
        value = machine.run(argument)
        if isinstance(value, Infinity):
            if infinite and infinite != value.sign:
                raise UndefinedError("infinity minus infinity")
            infinite = value.sign
        elif isinstance(value, Group):
            total = value if total is None else matrices.add(total, value, machine.meter)
        elif isinstance(total, Group):
            raise UnknownError("a number added to a matrix")
        else:
            total = scalar(value) if total is None else add(scalar(total), scalar(value), machine.meter)
    if infinite:
        return Infinity(infinite)
    assert total is not None
    return total


def _product(machine: Machine, expr: Apply) -> Value:
    values = [machine.run(a) for a in expr.args]
    if any(isinstance(v, Infinity) for v in values):
        return _infinite_product(values)
    total = values[0]
    for value in values[1:]:
        if isinstance(total, Group) or isinstance(value, Group):
            total = matrices.multiply(total, value, machine.meter)
        else:
            total = multiply(scalar(total), scalar(value), machine.meter)
    return total


def _infinite_product(values: list[Value]) -> Value:
    order = 1
    for value in values:
        if isinstance(value, Infinity):
            order *= value.sign
        elif isinstance(value, Fraction | arb):
            order *= sign(value)
        else:
            raise UnknownError("infinity times something that is not real")
    if not order:
        raise UndefinedError("zero times infinity")
    return Infinity(order)


def _negative(machine: Machine, expr: Apply) -> Value:
    value = machine.run(expr.args[0])
    if isinstance(value, Infinity):
        return Infinity(-value.sign)
    if isinstance(value, Group):
        return matrices.multiply(Fraction(-1), value, machine.meter)
    return negate(scalar(value))


def _quotient(machine: Machine, expr: Apply) -> Value:
    above, below = machine.run(expr.args[0]), machine.run(expr.args[1])
    if isinstance(below, Infinity) and isinstance(above, Fraction | arb):
        return Fraction(0)
    if isinstance(above, Group):
        return matrices.multiply(divide(Fraction(1), scalar(below), machine.meter), above, machine.meter)
    return divide(scalar(above), scalar(below), machine.meter)


def _power(machine: Machine, expr: Apply) -> Value:
    base, exponent = expr.args
    value = machine.run(base)
    up = machine.run(exponent)
    if isinstance(value, Group):
        return matrices.power(value, integer(up), machine.meter)
    if isinstance(up, Infinity) or isinstance(value, Infinity):
        raise UnknownError("a power with infinity")
    if isinstance(base, Const) and base.name == "e" and isinstance(up, Fraction) and not up:
        return Fraction(1)
    return power(scalar(value), scalar(up), machine.meter, principal=machine.principal)


def _square_root(machine: Machine, expr: Apply) -> Value:
    return root(machine.number(expr.args[0]), 2, machine.meter, principal=machine.principal)


def _root(machine: Machine, expr: Apply) -> Value:
    degree = integer(machine.run(expr.args[1]))
    return root(machine.number(expr.args[0]), degree, machine.meter, principal=machine.principal)


def _degree(machine: Machine, expr: Apply) -> Value:
    return divide(multiply(machine.number(expr.args[0]), arb.pi(), machine.meter), Fraction(180), machine.meter)


def _mixed(machine: Machine, expr: Apply) -> Value:
    return add(machine.number(expr.args[0]), machine.number(expr.args[1]), machine.meter)


def _ratio(machine: Machine, expr: Apply) -> Value:
    values = [machine.number(a) for a in expr.args]
    if len(values) == 2:
        return divide(values[0], values[1], machine.meter)
    raise UnknownError("a ratio of more than two numbers")


def _range(machine: Machine, expr: Apply) -> Value:
    """A sum or product with whole ends."""
    term, letter, start, stop = expr.args
    if not isinstance(letter, Sym):
        raise UnknownError("an index that is no letter")
    ends = machine.run(start), machine.run(stop)
    if isinstance(ends[0], Infinity) or isinstance(ends[1], Infinity):
        raise UnknownError("infinitely many terms")
    low, high = integer(ends[0]), integer(ends[1])
    machine.meter.count(high - low + 1)
    adding = expr.head == "sum"
    total: Scalar = Fraction(0 if adding else 1)
    combine = add if adding else multiply
    for k in range(low, high + 1):
        machine.meter.charge(10)
        inner = machine.with_letter(letter.name, Fraction(k))
        total = combine(total, inner.number(term), machine.meter)
    return total


def _group(machine: Machine, expr: Apply) -> Value:
    return Group(expr.head, tuple(machine.run(a) for a in expr.args))


def _matrix(machine: Machine, expr: Apply) -> Value:
    rows = []
    for row in expr.args:
        if not isinstance(row, Apply) or row.head != "row":
            raise UnknownError("a matrix without rows")
        rows.append(tuple(machine.number(a) for a in row.args))
    if len({len(r) for r in rows}) != 1:
        raise UndefinedError("rows of different length")
    return Group("matrix", tuple(rows))


def _of_matrix(machine: Machine, expr: Apply) -> Value:
    value = machine.run(expr.args[0])
    if not isinstance(value, Group):
        raise UnknownError("not a matrix")
    return matrices.OPERATIONS[expr.head](value, machine.meter)


def _of_vectors(machine: Machine, expr: Apply) -> Value:
    left, right = (machine.run(a) for a in expr.args)
    if not isinstance(left, Group) or not isinstance(right, Group):
        raise UnknownError("not vectors")
    return (matrices.dot if expr.head == "dot" else matrices.cross)(left, right, machine.meter)


def _norm(machine: Machine, expr: Apply) -> Value:
    value = machine.run(expr.args[0])
    if not isinstance(value, Group):
        return PLAIN["abs"](machine.meter, value)
    return root(scalar(matrices.dot(value, value, machine.meter)), 2, machine.meter, principal=False)


def _cardinality(machine: Machine, expr: Apply) -> Value:
    value = machine.run(expr.args[0])
    if isinstance(value, Group) and value.kind in ("set", "list") and all(isinstance(v, Fraction) for v in value.items):
        return Fraction(len(set(value.items)))
    raise UnknownError("not a finite set of numbers")


def _listed_range(machine: Machine, expr: Apply) -> Value:
    low, high = (integer(machine.run(a)) for a in expr.args)
    machine.meter.count(high - low + 1)
    return Group("set", tuple(Fraction(k) for k in range(low, high + 1)))


def _absolute(machine: Machine, expr: Apply) -> Value:
    value = machine.run(expr.args[0])
    if isinstance(value, Infinity):
        return Infinity(1)
    if isinstance(value, Group):
        raise UnknownError("bars around a matrix or a list")
    return PLAIN["abs"](machine.meter, value)


def _integral(machine: Machine, expr: Apply) -> Value:
    from verifiers.evaluation.integrals import definite

    return definite(machine, expr)


def _derivative(machine: Machine, expr: Apply) -> Value:
    from verifiers.evaluation.derivatives import derivative

    order = integer(machine.run(expr.args[2])) if len(expr.args) == 3 else 1
    letter = expr.args[1]
    if not isinstance(letter, Sym) or not 0 <= order <= 6:
        raise UnknownError("not a derivative by a letter")
    body = expr.args[0]
    for _ in range(order):
        body = derivative(body, letter.name)
    return machine.run(body)


def _limit(machine: Machine, expr: Apply) -> Value:
    from verifiers.evaluation.limits import limit

    return limit(machine, expr)


_SPECIAL: Final[dict[str, Callable[[Machine, Apply], Value]]] = {
    "add": _sum, "mul": _product, "neg": _negative, "div": _quotient, "pow": _power,
    "sqrt": _square_root, "root": _root, "abs": _absolute, "mod": remainder,
    **dict.fromkeys([h for h in FUNCTIONS if h not in ("call", "log", "ln", "exp", "re", "im", "conj", "arg")],
                    function),
    **dict.fromkeys(TURNING, trigonometric),
    "exp": exponential, "ln": natural_logarithm, "log": logarithm_of,
    "re": complex_part, "im": complex_part, "conj": complex_part, "arg": complex_part,
    "degree": _degree, "mixed": _mixed, "ratio": _ratio, "based": based, "repeating": repeating,
    "sum": _range, "prod": _range, "range": _listed_range,
    "set": _group, "tuple": _group, "list": _group, "vector": _group, "matrix": _matrix,
    **dict.fromkeys(("determinant", "inverse", "transpose", "trace", "rank"), _of_matrix),
    "dot": _of_vectors, "cross": _of_vectors, "norm": _norm, "cardinality": _cardinality,
    "integral": _integral, "derivative": _derivative, "limit": _limit,
}  # fmt: skip
