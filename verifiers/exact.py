"""The small exact evaluator that witnesses are checked by: no simplifier, no guessing, three values.

`value` and `holds` are total: whatever cannot be told is `None`, and `evaluate` says whether that is because the
value does not exist. Numbers are exact fractions as long as possible, then rigorous balls at doubled precision up to
a bound. Balls prove that two numbers differ. That two irrational numbers are equal is proved by a separation bound
for algebraic numbers or by a normal form with pi, e and logarithms as indeterminates, never by closeness.

An expression that mentions the imaginary unit (or `re`, `im`, `conj`, `arg`) is read in the complex numbers, any
other in the reals, where the square root of -1 is undefined and the cube root of -8 is -2.
"""

from collections.abc import Iterable

import msgspec

from verifiers.evaluation.point import COST, Assignment, Point
from verifiers.evaluation.scalars import MOST_BITS, UndefinedError, UnknownError, Value
from verifiers.evaluation.truth import PRECISION, Truth
from verifiers.expr import Expr


class Undefined(msgspec.Struct, frozen=True):
    """There is no value, and why: division by zero, the logarithm of a negative number."""

    why: str


def evaluate(
    expr: Expr,
    assignment: Assignment = (),
    *,
    precision: int = 128,
    most_bits: int = MOST_BITS,
    cost: int = COST,
) -> Value | Undefined | None:
    """The value with the letters put in, `Undefined`, or `None` where this evaluator cannot tell. Never raises.

    A fraction of more than `most_bits` bits comes as a ball.
    """
    point = Point(assignment, (expr,), cost)
    try:
        return point.at(precision, lambda machine: machine.run(expr), most_bits)
    except UndefinedError as error:
        return Undefined(str(error))
    except (UnknownError, ArithmeticError, ValueError, TypeError, RecursionError, MemoryError):
        return None


def value(
    expr: Expr, assignment: Assignment = (), *, precision: int = 128, most_bits: int = MOST_BITS, cost: int = COST
) -> Value | None:
    """`evaluate` with `None` for what is undefined, too."""
    found = evaluate(expr, assignment, precision=precision, most_bits=most_bits, cost=cost)
    return None if isinstance(found, Undefined) else found


def holds(
    relation: Expr, assignment: Assignment = (), *, precision: int = PRECISION, cost: int = COST
) -> bool | None:
    """Whether the relation, predicate or logical combination is true at the point. Never raises."""
    try:
        return Truth(Point(assignment, (relation,), cost), precision).of(relation)
    except (UndefinedError, UnknownError, ArithmeticError, ValueError, TypeError, RecursionError, MemoryError):
        return None


def all_hold(relations: Iterable[Expr], assignment: Assignment = ()) -> bool | None:
    """Whether every relation is true: `False` as soon as one is false."""
    result: bool | None = True
    for relation in relations:
        truth = holds(relation, assignment)
        if truth is False:
            return False
        if truth is None:
            result = None
    return result
