"""Conditions on whole numbers as fast Python functions, for counting by trying every case.

`compiled` turns a tree into a closure over an environment of rationals. Only exact rational arithmetic happens; what
leaves the rationals or costs too much raises `Unsuited`, and a case without value (division by zero) raises
`Undefined`, which a condition reads as false.
"""

from collections.abc import Callable
from functools import reduce
from typing import TypeAlias

from verifiers.expr import Apply, Expr, Num, Sym, Text
from verifiers.kinds._wholes import (
    BINARY,
    COMPARISONS,
    LARGEST_BITS,
    MEMBERSHIP,
    TESTS,
    UNARY,
    VARIADIC,
    Number,
    UndefinedError,
    UnsuitedError,
    in_base,
    modulo,
    power,
    tidy,
    whole,
)

Environment: TypeAlias = dict[str, Number]
Evaluator: TypeAlias = Callable[[Environment], Number]
Condition: TypeAlias = Callable[[Environment], bool]


def compiled(expr: Expr) -> Evaluator:
    """The value of a tree as a function of its letters.

    Raises:
        UnsuitedError: an operator that has no place among rationals.
    """
    if isinstance(expr, Num):
        value = tidy(expr.value)
        return lambda _: value
    if isinstance(expr, Sym):
        name = expr.name
        return lambda env: env[name]
    if not isinstance(expr, Apply):
        raise UnsuitedError(f"{type(expr).__name__} among whole numbers")
    if expr.head in ("sum", "prod"):
        return _series(expr)
    if expr.head == "mod" and isinstance(expr.args[0], Apply) and expr.args[0].head == "pow":
        return _modular_power(expr)
    if expr.head == "based" and isinstance(expr.args[0], Text) and isinstance(expr.args[1], Num):
        numeral = in_base(expr.args[0].value, whole(expr.args[1].value))
        return lambda _: numeral
    arguments = [compiled(argument) for argument in expr.args]
    if expr.head in UNARY and len(arguments) == 1:
        unary, (only,) = UNARY[expr.head], arguments
        return lambda env: unary(only(env))
    if expr.head in BINARY and len(arguments) == 2:
        binary, (left, right) = BINARY[expr.head], arguments
        return lambda env: binary(left(env), right(env))
    if expr.head in VARIADIC:
        fold = VARIADIC[expr.head]
        return lambda env: reduce(fold, (argument(env) for argument in arguments))
    raise UnsuitedError(f"{expr.head} among whole numbers")


def _modular_power(expr: Apply) -> Evaluator:
    inner = expr.args[0]
    assert isinstance(inner, Apply)
    base, exponent, modulus = compiled(inner.args[0]), compiled(inner.args[1]), compiled(expr.args[1])

    def apply(env: Environment) -> Number:
        b, e, m = tidy(base(env)), tidy(exponent(env)), tidy(modulus(env))
        if isinstance(b, int) and isinstance(e, int) and isinstance(m, int) and e >= 0 and m > 0:
            return pow(b, e, m)
        return modulo(power(b, e), m)

    return apply


def _series(expr: Apply) -> Evaluator:
    body, index, low, high = expr.args
    if not isinstance(index, Sym):
        raise UnsuitedError("a sum without index")
    term, first, last, name = compiled(body), compiled(low), compiled(high), index.name
    adds = expr.head == "sum"

    def apply(env: Environment) -> Number:
        a, b = whole(first(env)), whole(last(env))
        if b - a > 20_000:
            raise UnsuitedError("a sum too long")
        inner = dict(env)
        total: Number = 0 if adds else 1
        for k in range(a, b + 1):
            inner[name] = k
            value = term(inner)
            total = total + value if adds else total * value
            if isinstance(total, int) and total.bit_length() > LARGEST_BITS:
                raise UnsuitedError("a sum too large")
        return tidy(total)

    return apply


def condition(expr: Expr) -> Condition:
    """A relation or predicate as a function of its letters; a case without value does not meet it.

    Raises:
        UnsuitedError: an operator that has no place among rationals.
    """
    decide = _decided(expr)

    def apply(env: Environment) -> bool:
        try:
            return decide(env)
        except UndefinedError:
            return False

    return apply


def _decided(expr: Expr) -> Condition:
    if not isinstance(expr, Apply):
        raise UnsuitedError("no condition")
    if expr.head in ("and", "or"):
        parts = [_decided(argument) for argument in expr.args]
        return (
            (lambda env: all(p(env) for p in parts)) if expr.head == "and" else (lambda env: any(p(env) for p in parts))
        )
    if expr.head == "not":
        inner = _decided(expr.args[0])
        return lambda env: not inner(env)
    if expr.head in ("in", "notin"):
        member = _member(expr.args[0], expr.args[1])
        return member if expr.head == "in" else (lambda env: not member(env))
    arguments = [compiled(argument) for argument in expr.args]
    if expr.head in COMPARISONS:
        compare, (left, right) = COMPARISONS[expr.head], arguments
        return lambda env: compare(left(env), right(env))
    if expr.head in TESTS:
        test, (only,) = TESTS[expr.head], arguments
        return lambda env: test(only(env))
    if expr.head == "congruent":
        a, b, m = arguments
        return lambda env: modulo(a(env) - b(env), m(env)) == 0
    raise UnsuitedError(f"{expr.head} as a condition")


def _member(element: Expr, collection: Expr) -> Condition:
    value = compiled(element)
    if isinstance(collection, Apply) and collection.head == "range":
        low, high = compiled(collection.args[0]), compiled(collection.args[1])
        return lambda env: isinstance(tidy(v := value(env)), int) and low(env) <= v <= high(env)
    if isinstance(collection, Apply) and collection.head in ("set", "list"):
        members = [compiled(member) for member in collection.args]
        return lambda env: value(env) in [member(env) for member in members]
    name = getattr(collection, "name", "")
    if name in MEMBERSHIP:
        test = MEMBERSHIP[name]
        return lambda env: test(value(env))
    raise UnsuitedError("membership in a set of another sort")
