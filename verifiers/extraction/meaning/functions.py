"""Functions and dependent letters that a document gives by one formula: `f(x) = x^2 + 1`, `y = x^3`."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from verifiers.expr import Apply, Expr, Sym, free_symbols, heads, num, substitute, walk
from verifiers.extraction.document import Chain, Document, Mood
from verifiers.extraction.meaning.polynomials import difference
from verifiers.extraction.meaning.values import rough, same

CONSTANTS: Final = frozenset("abckmnpqrABC")
"""Letters that stand for constants beside a variable; any other may depend on it."""
_UNFIT: Final = frozenset(
    {"derivative", "prime", "integral", "limit", "matrix", "determinant", "call", "pm", "mp", "ellipsis", "list", "set"}
    | {"quantity", "tuple", "or", "and"}
)
_DEPENDENT: Final = frozenset({"y", "u", "v", "w", "s", "f", "g", "h"})
_CONSIDERED: Final = re.compile(r"\bconsider(?:ing)?(?: the)?(?: \w+)?\s*$")
_MEANT: Final = (Mood.ASSERTED, Mood.DEFINED, Mood.QUOTED)


class Function(msgspec.Struct, frozen=True):
    """`name` is `body`, a formula in `letter` and constants."""

    letter: str
    body: Expr


def functions_of(document: Document) -> Mapping[str, Function]:
    """The functions by name. One with two different formulas, or with one that could not be read, is left out."""
    found: dict[str, Function | None] = {}
    for part in (document.question, *document.steps):
        for chain in part.chains:
            meant = part.is_question or chain.mood in _MEANT or _CONSIDERED.search(chain.lead)
            if not meant or not chain.relations or chain.relations[0] != "eq":
                continue
            for name, function in _defined(chain):
                known = found.setdefault(name, function)
                if known is None or function is None or not _agree(known, function):
                    found[name] = None
    return {name: function for name, function in found.items() if function is not None}


def _defined(chain: Chain) -> Iterator[tuple[str, Function | None]]:
    first, body = chain.terms[0].expr, chain.terms[1].expr
    if isinstance(first, Sym) and first.name in _DEPENDENT and body is not None:
        letter = next((x for x in ("x", "t") if x in free_symbols(body)), None)
        if letter is not None and first.name not in free_symbols(body):
            yield first.name, _function(letter, body)
    if not isinstance(first, Apply) or first.head != "call" or len(first.args) != 2:
        return
    name, letter_ = first.args
    if isinstance(name, Sym) and isinstance(letter_, Sym):
        if body is None:
            yield name.name, None
        elif letter_.name in free_symbols(body) and not isinstance(body, Sym):
            yield name.name, _function(letter_.name, body)


def _function(letter: str, body: Expr) -> Function | None:
    fits = free_symbols(body) - {letter} <= CONSTANTS and not heads(body) & _UNFIT and isinstance(body, Apply)
    return Function(letter, body) if fits else None


def _agree(one: Function, other: Function) -> bool:
    """The same formula, perhaps written in another way."""
    body = substitute(other.body, {other.letter: Sym(one.letter)})
    if one.body == body:
        return True
    found = difference(one.body, body)
    if found is not None:
        return not found[0]
    for point in ("17/11", "31/7"):
        values = [rough(substitute(side, {one.letter: num(point)})) for side in (one.body, body)]
        if values[0] is None or values[1] is None or not same(values[0], values[1]):
            return False
    return True


def unfolded(expr: Expr, functions: Mapping[str, Function]) -> Expr:
    """The tree with the applications of known functions written out."""
    if not isinstance(expr, Apply) or not functions:
        return expr
    args = tuple(unfolded(a, functions) for a in expr.args)
    if expr.head == "call" and len(args) == 2 and isinstance(args[0], Sym) and args[0].name in functions:
        function = functions[args[0].name]
        return substitute(function.body, {function.letter: args[1]})
    return expr if args == expr.args else Apply(expr.head, args)


def called(expr: Expr) -> set[str]:
    """Names of the functions that are applied in the tree."""
    if "call" not in heads(expr):
        return set()
    return {
        n.args[0].name for n in walk(expr) if isinstance(n, Apply) and n.head == "call" and isinstance(n.args[0], Sym)
    }


def calls_of(expr: Expr, name: str) -> Iterator[Apply]:
    """The applications of one function in the tree, outer ones first."""
    for node in walk(expr):
        if isinstance(node, Apply) and node.head == "call" and node.args[0] == Sym(name):
            yield node
