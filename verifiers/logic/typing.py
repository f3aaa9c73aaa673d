"""Which sort a term has, and what is wrong with a sentence that has none."""

from collections.abc import Mapping
from typing import Final

from verifiers.expr import Apply, Const, Expr, Num, Sym
from verifiers.logic.signature import BOOL, INT, REAL, THING, LogicError, Signature, numeric

CONNECTIVES: Final = frozenset({"and", "or", "not", "implies", "iff", "xor"})
QUANTIFIERS: Final = frozenset({"forall", "exists"})
ORDER: Final = frozenset({"lt", "le", "gt", "ge"})
SUMS: Final = frozenset({"add", "mul", "neg", "abs", "min", "max"})


def binder(quantified: Apply) -> tuple[str, str]:
    """Letter and sort of a quantifier's variable.

    Raises:
        LogicError: it binds something that is no letter.
    """
    match quantified.args[0]:
        case Sym(name=name):
            return name, THING
        case Apply(head="in", args=(Sym(name=name), Sym(name=sort))):
            return name, sort
    raise LogicError("a quantifier binds a letter")


def fault(sentence: Expr, signature: Signature) -> str:
    """Why the sentence has no meaning, in words, or nothing."""
    try:
        sort = sort_of(sentence, signature, {})
    except LogicError as error:
        return str(error)
    except RecursionError:
        return "nested too deep"
    return "" if sort == BOOL else "a term stands where a sentence is needed"


def sort_of(expr: Expr, signature: Signature, scope: Mapping[str, str]) -> str:
    """The sort of a term; `bool` for a sentence. Numeric finite sorts count as whole numbers.

    Raises:
        LogicError: it has none; the message says which name or operator is at fault.
    """
    if isinstance(expr, Num):
        return INT if expr.value.denominator == 1 else REAL
    if isinstance(expr, Const) and expr.name in ("true", "false"):
        return BOOL
    if isinstance(expr, Sym):
        return _calculable(_name(expr.name, signature, scope), signature)
    if not isinstance(expr, Apply):
        raise LogicError("not a term of logic")
    head, args = expr.head, expr.args
    if head == "call":
        return _calculable(_applied(expr, signature, scope), signature)
    if head in QUANTIFIERS or head == "such_that":
        letter, sort = binder(expr)
        if sort not in signature.by_sort and sort not in (INT, REAL, BOOL):
            raise LogicError(f"unknown sort {sort}")
        _sentence(args[1], signature, {**scope, letter: sort})
        return BOOL
    if head == "cardinality":
        inner = args[0]
        if not (isinstance(inner, Apply) and inner.head == "such_that"):
            raise LogicError("only the members of a finite sort can be counted")
        sort = binder(inner)[1]
        if sort not in signature.by_sort or not signature.by_sort[sort].elements:
            raise LogicError(f"the members of {sort} cannot be counted: it is not finite")
        sort_of(inner, signature, scope)
        return INT
    if head in CONNECTIVES:
        for argument in args:
            _sentence(argument, signature, scope)
        return BOOL
    sorts = [sort_of(argument, signature, scope) for argument in args]
    if head == "ite":
        if sorts[0] != BOOL:
            raise LogicError("the condition of a choice must be a sentence")
        return _common(sorts[1:])
    if head in ("eq", "ne", "distinct"):
        _common(sorts)
        return BOOL
    if head in ORDER:
        if not set(sorts) <= {INT, REAL}:
            raise LogicError("only numbers have an order")
        return BOOL
    if head in SUMS or head in ("div", "mod"):
        if not set(sorts) <= {INT, REAL}:
            raise LogicError("one can only calculate with numbers")
        return REAL if head == "div" or REAL in sorts else INT
    raise LogicError(f"{head} is no operator of logic")


def _sentence(expr: Expr, signature: Signature, scope: Mapping[str, str]) -> None:
    if sort_of(expr, signature, scope) != BOOL:
        raise LogicError("a term stands where a sentence is needed")


def _name(name: str, signature: Signature, scope: Mapping[str, str]) -> str:
    if name in scope:
        return scope[name]
    if name in signature.elements:
        return signature.elements[name]
    symbol = signature.by_name.get((name, 0))
    if symbol is None:
        raise LogicError(f"{name} is not declared")
    return symbol.result


def _applied(call: Apply, signature: Signature, scope: Mapping[str, str]) -> str:
    name, *arguments = call.args
    if not isinstance(name, Sym):
        raise LogicError("only a name can be applied")
    symbol = signature.by_name.get((name.name, len(arguments)))
    if symbol is None:
        raise LogicError(f"{name.name} is not declared with {len(arguments)} arguments")
    for wanted, argument in zip(symbol.arguments, arguments, strict=True):
        found = sort_of(argument, signature, scope)
        if found != _calculable(wanted, signature) and not (found == INT and wanted == REAL):
            raise LogicError(f"{name.name} takes a {wanted} where a {found} stands")
    return symbol.result


def _calculable(sort: str, signature: Signature) -> str:
    return INT if sort != REAL and numeric(sort, signature) else sort


def _common(sorts: list[str]) -> str:
    found = set(sorts)
    if len(found) == 1:
        return sorts[0]
    if found == {INT, REAL}:
        return REAL
    raise LogicError(f"a {sorts[0]} is compared with a {next(s for s in sorts if s != sorts[0])}")
