"""Truth of relations at a point: three values, each relation by a rule of its own."""

from collections.abc import Callable
from fractions import Fraction
from typing import Final

from flint import acb, arb

from verifiers.evaluation.machine import Machine
from verifiers.evaluation.membership import conjunction, disjunction, is_set, member, negation, subset
from verifiers.evaluation.normal import equal as identically_equal
from verifiers.evaluation.point import SHORT, Point
from verifiers.evaluation.residues import residue
from verifiers.evaluation.scalars import (
    MOST_BITS,
    Group,
    Infinity,
    UndefinedError,
    UnknownError,
    UnresolvedError,
    Value,
    ball,
    integer,
)
from verifiers.evaluation.separation import separation_bits
from verifiers.expr import ORDER_RELATIONS, Apply, Const, Expr, Num, substitute

PRECISION: Final = 2_000
"""Most bits of working precision, unless a separation bound asks for more."""


class Truth:
    def __init__(self, point: Point, precision: int) -> None:
        self.point = point
        self.precision = precision

    def of(self, relation: Expr) -> bool | None:
        if isinstance(relation, Const) and relation.name in ("true", "false"):
            return relation.name == "true"
        if not isinstance(relation, Apply):
            return None
        rule = _RULES.get(relation.head)
        return None if rule is None else rule(self, relation)

    def sub(self, relation: Expr) -> bool | None:
        """As `of`, with `None` for a part that has no value."""
        try:
            return self.of(relation)
        except (UndefinedError, UnknownError):
            return None

    def run(self, expr: Expr, precision: int = 64, most_bits: int = MOST_BITS) -> Value:
        return self.point.at(precision, lambda machine: machine.run(expr), most_bits)

    def exact(self, expr: Expr) -> Value:
        """The value with balls narrowed until the walk resolves what it has to decide."""
        precision = 64
        while True:
            try:
                return self.run(expr, precision)
            except UnresolvedError:
                if precision >= self.precision:
                    raise
                precision = min(precision * 4, self.precision)

    def compare(self, a: Expr, b: Expr) -> int | None:
        """The sign of `a - b`; 2 for different complex numbers; `None` where it cannot be told."""
        precision = 64
        proved = False
        most_bits = SHORT
        while True:
            try:
                order = _order(self.run(a, precision, most_bits), self.run(b, precision, most_bits))
            except UnresolvedError:
                order = None
            if order is not None:
                return order
            if most_bits == SHORT:
                most_bits = MOST_BITS
                continue
            if not proved:
                proved = True
                if self._equal(a, b):
                    return 0
            if precision >= self.precision:
                return None
            precision = min(precision * 4, self.precision)

    def _equal(self, a: Expr, b: Expr) -> bool:
        """Equality of two numbers, proved."""
        difference = Apply("add", (a, Apply("neg", (b,))))
        needed: list[int | None] = []

        def survey(machine: Machine) -> Value:
            needed.append(separation_bits(machine, difference))
            return True

        self.point.at(64, survey)
        if needed[0] is not None:
            try:
                found = self.run(difference, needed[0] + 64)
            except UnresolvedError:
                found = None
            if isinstance(found, Fraction):
                return not found
            if isinstance(found, arb | acb):
                return bool(abs(found).abs_upper() < arb(2) ** -needed[0])
        letters = self.point.letters
        return identically_equal(substitute(a, letters), substitute(b, letters), principal=self.point.principal)


def _order(a: Value, b: Value) -> int | None:
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return (a > b) - (a < b)
    if isinstance(a, Infinity) or isinstance(b, Infinity):
        left, right = (v.sign if isinstance(v, Infinity) else 0 for v in (a, b))
        return (left > right) - (left < right)
    if isinstance(a, bool) and isinstance(b, bool):
        return 0 if a == b else 2
    if not isinstance(a, Fraction | arb | acb) or not isinstance(b, Fraction | arb | acb):
        raise UnknownError("not numbers")
    left_ball, right_ball = ball(a), ball(b)
    if isinstance(left_ball, acb) or isinstance(right_ball, acb):
        return None if acb(left_ball).overlaps(acb(right_ball)) else 2
    if left_ball > right_ball:
        return 1
    if left_ball < right_ball:
        return -1
    return 0 if left_ball.is_exact() and right_ball.is_exact() else None


def _equality(truth: Truth, relation: Apply) -> bool | None:
    a, b = relation.args
    grouped = _grouped(a), _grouped(b)
    if any(grouped):
        return _same_groups(truth, a, b)
    order = truth.compare(a, b)
    return None if order is None else order == 0


_COLLECTIONS: Final = frozenset({"set", "tuple", "list", "interval", "union", "intersection", "setminus", "such_that",
                                 "complement", "matrix", "range", "inverse", "transpose", "cross", "ratio",
                                 "vector"})  # fmt: skip


def _grouped(expr: Expr) -> bool:
    if isinstance(expr, Const):
        return expr.name == "empty"
    if not isinstance(expr, Apply):
        return False
    if expr.head in _COLLECTIONS:
        return True
    return expr.head in ("add", "mul", "neg", "pow", "div") and any(_grouped(a) for a in expr.args)


def _same_groups(truth: Truth, a: Expr, b: Expr) -> bool | None:
    if isinstance(a, Apply) and isinstance(b, Apply) and a.head == b.head and a.head in ("interval", "ratio"):
        return _same_intervals(truth, a, b) if a.head == "interval" else _same_ratios(truth, a, b)
    if is_set(a) and is_set(b):
        return conjunction(subset(truth, x, y) for x, y in ((a, b), (b, a)))
    if isinstance(a, Apply) and isinstance(b, Apply) and a.head == b.head and a.head in ("tuple", "list", "vector"):
        if len(a.args) != len(b.args):
            return False
        return conjunction(truth.sub(Apply("eq", pair)) for pair in zip(a.args, b.args, strict=True))
    return _same_values(truth.exact(a), truth.exact(b))


def _same_values(a: Value, b: Value) -> bool | None:
    """Equality of evaluated groups; irrational entries can only be told apart."""
    if isinstance(a, Group) and isinstance(b, Group):
        if {a.kind, b.kind} == {"matrix", "tuple"} or a.kind != b.kind or a.kind == "set":
            return None
        return _same_values(a.items, b.items)
    if isinstance(a, tuple) and isinstance(b, tuple) and not isinstance(a, Group) and not isinstance(b, Group):
        if len(a) != len(b):
            return False
        return conjunction(_same_values(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, Fraction | arb | acb) and isinstance(b, Fraction | arb | acb):
        order = _order(a, b)
        return None if order is None else order == 0
    return None


def _same_intervals(truth: Truth, a: Apply, b: Apply) -> bool | None:
    ends = conjunction(truth.sub(Apply("eq", (a.args[k], b.args[k]))) for k in (0, 1))
    if ends is not True or a.args[2:] == b.args[2:]:
        return ends
    return None if truth.sub(Apply("lt", a.args[:2])) is not True else False


def _same_ratios(truth: Truth, a: Apply, b: Apply) -> bool | None:
    if len(a.args) != len(b.args):
        return False
    return conjunction(
        truth.sub(Apply("eq", (Apply("mul", (x, b.args[0])), Apply("mul", (y, a.args[0])))))
        for x, y in zip(a.args[1:], b.args[1:], strict=True)
    )


def _membership(truth: Truth, relation: Apply) -> bool | None:
    item, collection = relation.args
    answer = member(truth, item, collection)
    return answer if relation.head == "in" else negation(answer)


def _ordering(truth: Truth, relation: Apply) -> bool | None:
    order = truth.compare(*relation.args)
    if order is None or order == 2:
        return None
    return {"lt": order < 0, "le": order <= 0, "gt": order > 0, "ge": order >= 0}[relation.head]


def _approximation(truth: Truth, relation: Apply) -> bool | None:
    """True within one unit of the last digit written on either side, false beyond ten of them and a tenth of the
    value; between these authors differ.
    """
    a, b = relation.args
    places = max(unit(a), unit(b))
    gap = Apply("abs", (Apply("add", (a, Apply("neg", (b,)))),))
    if truth.sub(Apply("le", (gap, Num(places)))) is True:
        return True
    tenth = Apply("mul", (Num(Fraction(1, 10)), Apply("max", (Apply("abs", (a,)), Apply("abs", (b,))))))
    far = truth.sub(Apply("gt", (gap, tenth))), truth.sub(Apply("gt", (gap, Num(10 * places))))
    return False if far == (True, True) else None


def unit(expr: Expr) -> Fraction:
    """One unit in the last place of a number as it is written; zero for anything else."""
    if isinstance(expr, Apply) and expr.head in ("neg", "percent", "degree"):
        return unit(expr.args[0]) / (100 if expr.head == "percent" else 1)
    if not isinstance(expr, Num) or (expr.value.denominator != 1 and expr.places is None):
        return Fraction(0)
    if expr.places is not None:
        return Fraction(1, 10) ** expr.places if abs(expr.places) < 2_000 else Fraction(0)
    whole, zeros = abs(expr.value.numerator), 0
    while whole and whole % 10 == 0 and zeros < 400:
        whole //= 10
        zeros += 1
    return Fraction(10**zeros)


def _divisibility(truth: Truth, relation: Apply) -> bool | None:
    divisor, number = relation.args
    d = integer(truth.exact(divisor))
    if not d:
        return truth.of(Apply("eq", (number, Num(Fraction(0)))))
    return _remainder(truth, number, abs(d)) == 0


def _congruence(truth: Truth, relation: Apply) -> bool | None:
    a, b, modulus = relation.args
    m = integer(truth.exact(modulus))
    if not m:
        return truth.of(Apply("eq", (a, b)))
    return _remainder(truth, a, abs(m)) == _remainder(truth, b, abs(m))


def _remainder(truth: Truth, expr: Expr, modulus: int) -> int:
    def find(machine: Machine) -> Value:
        found = residue(machine, expr, modulus)
        return Fraction(found) if found is not None else Fraction(integer(machine.run(expr)) % modulus)

    return integer(truth.point.at(64, find))


def _predicate(truth: Truth, relation: Apply) -> bool | None:
    found = truth.exact(relation)
    return found if isinstance(found, bool) else None


_RULES: Final[dict[str, Callable[[Truth, Apply], bool | None]]] = {
    "eq": _equality,
    "ne": lambda truth, relation: negation(_equality(truth, relation)),
    **dict.fromkeys(ORDER_RELATIONS, _ordering),
    "approx": _approximation,
    "in": _membership, "notin": _membership,
    "subset": lambda truth, relation: subset(truth, *relation.args),
    "divides": _divisibility, "congruent": _congruence,
    **dict.fromkeys(("is_prime", "is_integer", "is_square", "is_cube"), _predicate),
    "and": lambda truth, relation: conjunction(truth.sub(a) for a in relation.args),
    "or": lambda truth, relation: disjunction(truth.sub(a) for a in relation.args),
    "not": lambda truth, relation: negation(truth.sub(relation.args[0])),
    "implies": lambda truth, relation: _implies(*(truth.sub(a) for a in relation.args)),
    "iff": lambda truth, relation: _iff(*(truth.sub(a) for a in relation.args)),
}  # fmt: skip


def _implies(a: bool | None, b: bool | None) -> bool | None:
    return disjunction((negation(a), b))


def _iff(a: bool | None, b: bool | None) -> bool | None:
    return None if a is None or b is None else a == b
