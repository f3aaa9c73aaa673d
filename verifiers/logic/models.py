"""Models, and the small exact evaluator that counter-models are checked by. It shares no code with the solver.

A value is the `Expr` that names it: `Sym` for an individual, `Num` for a number, `Const` for a truth value.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Final, TypeAlias

import msgspec

from verifiers.expr import Apply, Const, Expr, Num, Sym
from verifiers.logic.signature import LogicError
from verifiers.logic.typing import QUANTIFIERS, binder

TRUE: Final = Const("true")
FALSE: Final = Const("false")

STEPS: Final = 200_000
"""Nodes evaluated before the evaluator gives up."""


class Interpretation(msgspec.Struct, frozen=True):
    """What a symbol is in a model: values at argument tuples, and one for all others (none where every is named)."""

    name: str
    arity: int
    entries: tuple[tuple[tuple[Expr, ...], Expr], ...]
    otherwise: Expr | None = None


class Model(msgspec.Struct, frozen=True, dict=True):
    """A possible state of affairs. `universe` lists the members of every sort but the numbers."""

    universe: tuple[tuple[str, tuple[Expr, ...]], ...]
    interpretations: tuple[Interpretation, ...]
    text: str = ""
    """The model in the words of the problem: "Arun = seat 2, Bela = seat 1"."""

    @cached_property
    def members(self) -> Mapping[str, tuple[Expr, ...]]:
        return dict(self.universe)

    @cached_property
    def tables(self) -> Mapping[tuple[str, int], tuple[Mapping[tuple[Expr, ...], Expr], Expr | None]]:
        return {(i.name, i.arity): (dict(i.entries), i.otherwise) for i in self.interpretations}


Value: TypeAlias = bool | Fraction | str


def holds(sentence: Expr, model: Model) -> bool | None:
    """Whether the sentence is true in the model; None where this evaluator cannot tell: a quantifier over the
    numbers, a division by zero, a name the model is silent about, too much to look at. Never raises.
    """
    try:
        value = _Evaluation(model).of(sentence, {})
    except (LogicError, ArithmeticError, RecursionError, ValueError, TypeError):
        return None
    return value if isinstance(value, bool) else None


class _Evaluation:
    def __init__(self, model: Model) -> None:
        self.model = model
        self.steps = STEPS

    def of(self, expr: Expr, scope: Mapping[str, Expr]) -> Value:
        self.steps -= 1
        if self.steps < 0:
            raise LogicError("too much to look at")
        match expr:
            case Num(value=value):
                return value
            case Const(name="true" | "false" as name):
                return name == "true"
            case Sym(name=name):
                if name in scope:
                    return _plain(scope[name])
                if (name, 0) in self.model.tables:
                    return self._applied(name, ())
                return name
            case Apply(head="call", args=(Sym(name=name), *arguments)):
                return self._applied(name, tuple(_named(self.of(a, scope)) for a in arguments))
            case Apply(head=head) if head in QUANTIFIERS:
                wanted = head == "exists"
                return wanted if any(value is wanted for value in self._bodies(expr, scope)) else not wanted
            case Apply(head="cardinality", args=(Apply(head="such_that") as inner,)):
                return Fraction(sum(value is True for value in self._bodies(inner, scope)))
            case Apply(head=head, args=args):
                return self._operator(head, args, scope)
        raise LogicError("no term of logic")

    def _bodies(self, binding: Apply, scope: Mapping[str, Expr]) -> Iterator[Value]:
        letter, sort = binder(binding)
        if sort not in self.model.members:
            raise LogicError(f"the members of {sort} cannot be listed")
        for member in self.model.members[sort]:
            yield self.of(binding.args[1], {**scope, letter: member})

    def _applied(self, name: str, arguments: tuple[Expr, ...]) -> Value:
        entries, otherwise = self.model.tables.get((name, len(arguments)), ({}, None))
        found = entries.get(arguments, otherwise)
        if found is None:
            raise LogicError(f"the model is silent about {name}")
        return _plain(found)

    def _operator(self, head: str, args: tuple[Expr, ...], scope: Mapping[str, Expr]) -> Value:
        if head == "and":
            return all(self._truth(a, scope) for a in args)
        if head == "or":
            return any(self._truth(a, scope) for a in args)
        if head == "not":
            return not self._truth(args[0], scope)
        if head == "implies":
            return not self._truth(args[0], scope) or self._truth(args[1], scope)
        if head in ("iff", "xor"):
            return (self._truth(args[0], scope) == self._truth(args[1], scope)) is (head == "iff")
        if head == "ite":
            return self.of(args[1] if self._truth(args[0], scope) else args[2], scope)
        values = [self.of(a, scope) for a in args]
        if head in ("eq", "ne"):
            return (values[0] == values[1]) is (head == "eq")
        if head == "distinct":
            return len(set(values)) == len(values)
        return _calculated(head, [_number(value) for value in values])

    def _truth(self, expr: Expr, scope: Mapping[str, Expr]) -> bool:
        value = self.of(expr, scope)
        if not isinstance(value, bool):
            raise LogicError("a term stands where a sentence is needed")
        return value


def _calculated(head: str, values: list[Fraction]) -> Value:
    match head, values:
        case "lt", [a, b]:
            return a < b
        case "le", [a, b]:
            return a <= b
        case "gt", [a, b]:
            return a > b
        case "ge", [a, b]:
            return a >= b
        case "add", _:
            return sum(values, Fraction())
        case "mul", _:
            product = Fraction(1)
            for value in values:
                product *= value
            return product
        case "neg", [a]:
            return -a
        case "abs", [a]:
            return abs(a)
        case "min", _:
            return min(values)
        case "max", _:
            return max(values)
        case "div", [a, b]:
            return a / b
        case "mod", [a, b]:
            return a % abs(b)
    raise LogicError(f"{head} is no operator of logic")


def _number(value: Value) -> Fraction:
    if not isinstance(value, Fraction):
        raise LogicError("one can only calculate with numbers")
    return value


def _plain(value: Expr) -> Value:
    match value:
        case Num(value=number):
            return number
        case Sym(name=name):
            return name
        case Const(name="true" | "false" as name):
            return name == "true"
    raise LogicError("no value")


def _named(value: Value) -> Expr:
    if isinstance(value, bool):
        return TRUE if value else FALSE
    return Num(value) if isinstance(value, Fraction) else Sym(value)
