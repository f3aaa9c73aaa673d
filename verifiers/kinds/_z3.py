"""Sentences lowered to Z3, and Z3 asked under a resource limit.

Every problem gets a context of its own: in a shared one the model found would depend on what was asked before.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any, Final

import z3

from verifiers.expr import Apply, Const, Expr, Num, Sym
from verifiers.logic.signature import BOOL, INT, REAL, LogicError, Signature, Sort
from verifiers.logic.typing import binder

MOST_INSTANCES: Final = 4_096
"""A quantifier over finite sorts is written out up to so many instances of its body."""

_ORDER: Final = {
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
}


class Lowering:
    """Z3's counterparts of a signature, and of sentences over it. With `size` every open sort has just so many members:
    then a quantifier is a finite conjunction, and a small model is found where a search without bound would not end.
    """

    def __init__(self, signature: Signature, size: int | None = None) -> None:
        self.signature = signature
        self.size = size
        self.bounded: dict[str, list[Any]] = {}
        self.context = self._context()
        self.sorts: dict[str, Any] = {
            BOOL: z3.BoolSort(self.context), INT: z3.IntSort(self.context), REAL: z3.RealSort(self.context)
        }  # fmt: skip
        self.elements: dict[str, Any] = {}
        for sort in signature.sorts:
            self.sorts[sort.name] = self._sort(sort)
        self.symbols: dict[tuple[str, int], Any] = {}
        for symbol in signature.symbols:
            name = f"{symbol.name}/{len(symbol.arguments)}"
            ranks = [self.sorts[s] for s in (*symbol.arguments, symbol.result)]
            self.symbols[symbol.name, len(symbol.arguments)] = (
                z3.Function(name, *ranks) if symbol.arguments else z3.Const(name, ranks[0])
            )

    def _context(self) -> Any:
        return z3.Context()

    def _sort(self, sort: Sort) -> Any:
        if sort.numeric:
            return self.sorts[INT]
        if not sort.elements:
            if self.size is None:
                return z3.DeclareSort(sort.name, self.context)
            kind, members = z3.EnumSort(sort.name, [f"{sort.name}!{k}" for k in range(self.size)], self.context)
            self.bounded[sort.name] = members
            return kind
        names = [element.name for element in sort.elements if isinstance(element, Sym)]
        kind, constants = z3.EnumSort(sort.name, names, self.context)
        self.elements.update(zip(names, constants, strict=True))
        return kind

    def background(self) -> Iterator[Any]:
        """That values of numeric finite sorts are among their elements."""
        for symbol in self.signature.symbols:
            sort = self.signature.by_sort.get(symbol.result)
            if sort is None or not sort.numeric:
                continue
            members = [self.sentence(Num(e.value)) for e in sort.elements if isinstance(e, Num)]
            declared = self.symbols[symbol.name, len(symbol.arguments)]
            for arguments in product(*(self._members(s) for s in symbol.arguments)):
                value = declared(*arguments) if arguments else declared
                yield z3.Or([value == member for member in members])

    def _members(self, sort: str) -> list[Any]:
        if sort in self.bounded:
            return self.bounded[sort]
        declared = self.signature.by_sort.get(sort)
        if declared is None or not declared.elements:
            raise LogicError(f"a function on {sort} cannot give values of a numbered sort")
        return [self._element(element) for element in declared.elements]

    def _element(self, element: Expr) -> Any:
        return self.elements[element.name] if isinstance(element, Sym) else self.sentence(element)

    def sentence(self, expr: Expr) -> Any:
        """The sentence or term in Z3.

        Raises:
            LogicError: it has no counterpart; sentences that `typing.fault` accepts have one, but for products of two
                unknowns and divisions by one.
        """
        return self._lower(expr, {})

    def _lower(self, expr: Expr, scope: Mapping[str, Any]) -> Any:
        match expr:
            case Num(value=value):
                if value.denominator == 1:
                    return z3.IntVal(value.numerator, self.context)
                return z3.RatVal(value.numerator, value.denominator, self.context)
            case Const(name="true" | "false" as name):
                return z3.BoolVal(name == "true", self.context)
            case Sym(name=name):
                if name in scope:
                    return scope[name]
                found = self.elements.get(name)
                return self._symbol(name, 0) if found is None else found
            case Apply(head="call", args=(Sym(name=name), *arguments)):
                return self._symbol(name, len(arguments))(*(self._lower(a, scope) for a in arguments))
            case Apply(head="forall" | "exists" as head):
                return self._quantified(head, expr, scope)
            case Apply(head="cardinality", args=(Apply(head="such_that") as inner,)):
                one, none = z3.IntVal(1, self.context), z3.IntVal(0, self.context)
                return z3.Sum([z3.If(body, one, none) for body in self._instances(inner, scope)])
            case Apply(head=head, args=args):
                return self._operator(head, [self._lower(a, scope) for a in args])
        raise LogicError("not a term of logic")

    def _symbol(self, name: str, arity: int) -> Any:
        try:
            return self.symbols[name, arity]
        except KeyError:
            raise LogicError(f"{name} is not declared with {arity} arguments") from None

    def _instances(self, binding: Apply, scope: Mapping[str, Any]) -> list[Any]:
        letter, sort = binder(binding)
        return [self._lower(binding.args[1], {**scope, letter: member}) for member in self._members(sort)]

    def _quantified(self, head: str, expr: Apply, scope: Mapping[str, Any]) -> Any:
        letter, sort = binder(expr)
        declared = self.signature.by_sort.get(sort)
        if sort in self.bounded or (declared is not None and declared.elements):
            if len(self._members(sort)) ** _nesting(expr) > MOST_INSTANCES:
                raise LogicError("too many instances of a quantifier")
            instances = self._instances(expr, scope)
            return z3.And(instances) if head == "forall" else z3.Or(instances)
        variable = z3.Const(f"{letter}!{len(scope)}", self.sorts[sort])
        body = self._lower(expr.args[1], {**scope, letter: variable})
        return z3.ForAll([variable], body) if head == "forall" else z3.Exists([variable], body)

    def _operator(self, head: str, args: list[Any]) -> Any:
        match head:
            case "and":
                return z3.And(args)
            case "or":
                return z3.Or(args)
            case "not":
                return z3.Not(args[0])
            case "implies":
                return z3.Implies(args[0], args[1])
            case "iff" | "eq":
                return args[0] == args[1]
            case "xor":
                return z3.Xor(args[0], args[1])
            case "ne" | "distinct":
                return z3.Distinct(args)
            case "ite":
                return z3.If(args[0], args[1], args[2])
            case "lt" | "le" | "gt" | "ge":
                return _ORDER[head](args[0], args[1])
            case "add":
                return z3.Sum(args)
            case "neg":
                return -args[0]
            case "abs":
                return z3.If(args[0] < 0, -args[0], args[0])
            case "min" | "max":
                best = args[0]
                for other in args[1:]:
                    best = z3.If(other < best if head == "min" else other > best, other, best)
                return best
            case "mul" if sum(not _literal(a) for a in args) <= 1:
                return z3.Product(args)
            case "div" if _literal(args[1]) and not z3.is_true(z3.simplify(args[1] == 0)):
                return _real(args[0]) / _real(args[1])
            case "mod" if _literal(args[1]) and not z3.is_true(z3.simplify(args[1] == 0)):
                return args[0] % args[1]
        raise LogicError("products and quotients of unknowns are not linear")


def _literal(term: Any) -> bool:
    return bool(z3.is_int_value(term) or z3.is_rational_value(term))


def _real(term: Any) -> Any:
    return z3.ToReal(term) if z3.is_int(term) else term


def _nesting(expr: Expr) -> int:
    """Quantifiers within one another."""
    if not isinstance(expr, Apply):
        return 0
    inner = max((_nesting(a) for a in expr.args), default=0)
    return inner + (expr.head in ("forall", "exists", "such_that"))
