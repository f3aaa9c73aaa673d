"""What the names of a logical problem stand for: sorts, and symbols with the sorts they take and give.

Sentences are `Expr` with the operators of logic: a name applied is `call(Sym, …)`, a name alone `Sym`, a quantifier
`forall(in(x, Sort), body)`. Many-sorted first-order logic with equality, linear arithmetic and finite sorts, as in
SMT-LIB 2.6, section 5. A name may have several symbols that differ in the number of arguments.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Final

import msgspec

from verifiers.expr import Expr, Num, Sym

BOOL: Final = "bool"
INT: Final = "int"
REAL: Final = "real"
THING: Final = "thing"
"""The one sort of an untyped first-order problem: any non-empty collection of individuals."""

BUILTIN: Final = frozenset({BOOL, INT, REAL})


class LogicError(ValueError):
    """A sentence or problem that has no meaning, in words that say which name or place is at fault."""


class Sort(msgspec.Struct, frozen=True):
    """A sort. With `elements` it is exactly those, all different: names, or whole numbers, with which one can then
    calculate. Without, any non-empty collection.
    """

    name: str
    elements: tuple[Expr, ...] = ()

    @property
    def numeric(self) -> bool:
        return bool(self.elements) and isinstance(self.elements[0], Num)


class Symbol(msgspec.Struct, frozen=True):
    """A constant (no arguments), function, proposition or predicate (`result` is `bool`).

    `words` is how a value reads in a model: "seat {}" makes "Arun = seat 2" of the value 2, and of a predicate
    "{} is {no}a poet" makes "Arun is not a poet".
    """

    name: str
    arguments: tuple[str, ...] = ()
    result: str = BOOL
    words: str = ""


class Signature(msgspec.Struct, frozen=True, dict=True):
    sorts: tuple[Sort, ...] = ()
    symbols: tuple[Symbol, ...] = ()

    @cached_property
    def by_name(self) -> Mapping[tuple[str, int], Symbol]:
        """Symbols by name and number of arguments."""
        return {(symbol.name, len(symbol.arguments)): symbol for symbol in self.symbols}

    @cached_property
    def elements(self) -> Mapping[str, str]:
        """The sort of each named element."""
        return {element.name: sort.name for sort in self.sorts for element in sort.elements if isinstance(element, Sym)}

    @cached_property
    def by_sort(self) -> Mapping[str, Sort]:
        return {sort.name: sort for sort in self.sorts}

    def fault(self) -> str:
        """What is wrong with the declarations themselves, in words, or nothing."""
        if len(self.by_sort) < len(self.sorts) or BUILTIN & set(self.by_sort):
            return "a sort is declared twice"
        if len(self.by_name) < len(self.symbols):
            return "a symbol is declared twice"
        known = BUILTIN | set(self.by_sort)
        named: set[str] = set()
        for sort in self.sorts:
            for element in sort.elements:
                if isinstance(element, Sym):
                    if element.name in named:
                        return f"{element.name} is an element twice"
                    named.add(element.name)
                elif not (isinstance(element, Num) and element.value.denominator == 1):
                    return f"the elements of {sort.name} must be names or whole numbers"
            if len({type(element) for element in sort.elements}) > 1:
                return f"{sort.name} mixes names and numbers"
            if len(set(sort.elements)) < len(sort.elements):
                return f"an element of {sort.name} is named twice"
        for symbol in self.symbols:
            if not symbol.arguments and symbol.name in named:
                return f"{symbol.name} is declared as an element and as a constant"
            for name in (*symbol.arguments, symbol.result):
                if name not in known:
                    return f"{symbol.name} uses the unknown sort {name}"
        return ""


def numeric(sort: str, signature: Signature) -> bool:
    """Whether one can calculate with values of the sort."""
    return sort in (INT, REAL) or (sort in signature.by_sort and signature.by_sort[sort].numeric)
