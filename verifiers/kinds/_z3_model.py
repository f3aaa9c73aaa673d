"""Z3's models as ours. Terms are told apart by their ids: printing one costs more than deciding many a problem."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any, Final

import z3

from verifiers.expr import Expr, Num, Sym
from verifiers.kinds._z3 import Lowering
from verifiers.logic.models import FALSE, TRUE, Interpretation, Model
from verifiers.logic.problems import Problem
from verifiers.logic.signature import BOOL, LogicError, Symbol
from verifiers.logic.wording import describe

MOST_ENTRIES: Final = 4_096
"""Entries of a model's table before it is left out."""


def read_model(problem: Problem, lowering: Lowering, found: Any) -> Model:
    """The model of a problem's own symbols. Individuals of open sorts are named by a constant that stands for them,
    or by their sort with a number.
    """
    return _Reader(problem, lowering, found).model()


class _Reader:
    def __init__(self, problem: Problem, lowering: Lowering, found: Any) -> None:
        self.signature = problem.signature
        self.lowering = lowering
        self.found = found
        self.context = lowering.context.ref()
        self.names: dict[int, Sym] = {self._id(term): Sym(name) for name, term in lowering.elements.items()}
        self.kept: list[Any] = []
        self.members: dict[str, tuple[Expr, ...]] = {BOOL: (FALSE, TRUE)}
        self.terms: dict[Expr, Any] = {
            TRUE: z3.BoolVal(True, lowering.context),
            FALSE: z3.BoolVal(False, lowering.context),
        }
        self.defined = {self._id(declared) for declared in found.decls()}
        self._name_individuals()

    def model(self) -> Model:
        universe = tuple((sort.name, self.members[sort.name]) for sort in self.signature.sorts)
        tables = tuple(table for symbol in self.signature.symbols if (table := self._table(symbol)) is not None)
        return describe(Model(universe, tables), self.signature)

    def _id(self, term: Any) -> int:
        return int(z3.Z3_get_ast_id(self.lowering.context.ref(), term.as_ast()))

    def _value(self, term: Any) -> Any:
        return self.found.eval(term, model_completion=True)

    def _plain(self, term: Any) -> Expr:
        """A value of Z3's as an `Expr`.

        Raises:
            LogicError: it is no value.
        """
        ast = term.as_ast()
        if z3.Z3_get_ast_kind(self.context, ast) == z3.Z3_NUMERAL_AST:
            return Num(Fraction(z3.Z3_get_numeral_string(self.context, ast)))
        truth = z3.Z3_get_bool_value(self.context, ast)
        if truth != z3.Z3_L_UNDEF:
            return TRUE if truth == z3.Z3_L_TRUE else FALSE
        name = self.names.get(self._id(term))
        if name is None:
            raise LogicError("no value")
        return name

    def _name_individuals(self) -> None:
        taken = {symbol.name for symbol in self.signature.symbols} | set(self.signature.elements)
        constants: Mapping[str, list[tuple[str, Any]]] = {sort.name: [] for sort in self.signature.sorts}
        for symbol in self.signature.symbols:
            if not symbol.arguments and symbol.result in constants:
                constants[symbol.result].append((symbol.name, self._value(self.lowering.symbols[symbol.name, 0])))
        for sort in self.signature.sorts:
            if sort.elements:
                self.members[sort.name] = sort.elements
                self.terms.update((element, self.lowering.sentence(element)) for element in sort.elements)
                continue
            values: dict[int, Any] = {}
            for name, value in constants[sort.name]:
                values[self._id(value)] = value
                self.names.setdefault(self._id(value), Sym(name))
            lowered = self.lowering.sorts[sort.name]
            for value in self.lowering.bounded.get(sort.name) or self.found.get_universe(lowered) or []:
                values.setdefault(self._id(value), value)
            if not values:
                value = self._value(z3.Const("any!", lowered))
                values[self._id(value)] = value
            # Ids belong to living terms only.
            self.kept.extend(values.values())
            number = 0
            for key in values:
                if key not in self.names:
                    number += 1
                    while f"{sort.name}{number}" in taken:
                        number += 1
                    self.names[key] = Sym(f"{sort.name}{number}")
            self.members[sort.name] = tuple(self.names[key] for key in values)
            self.terms.update((self.names[key], value) for key, value in values.items())

    def _table(self, symbol: Symbol) -> Interpretation | None:
        arity = len(symbol.arguments)
        declared = self.lowering.symbols[symbol.name, arity]
        listed = all(sort in self.members for sort in symbol.arguments)
        try:
            if not arity:
                return Interpretation(symbol.name, 0, (((), self._plain(self._value(declared))),))
            written = self._written(symbol, declared)
            if not listed:
                if written is None:
                    return None
                return Interpretation(symbol.name, arity, tuple(written[0].items()), written[1])
            entries, otherwise = written or ({}, None)
            named = tuple(
                (arguments, value if value is not None else self._looked_up(declared, arguments))
                for arguments in self._arguments(symbol)
                for value in (entries.get(arguments, otherwise),)
            )
            return Interpretation(symbol.name, arity, named)
        except LogicError:
            return None

    def _looked_up(self, declared: Any, arguments: tuple[Expr, ...]) -> Expr:
        return self._plain(self._value(declared(*(self.terms[a] for a in arguments))))

    def _arguments(self, symbol: Symbol) -> Iterator[tuple[Expr, ...]]:
        size = 1
        for sort in symbol.arguments:
            size *= len(self.members[sort])
        if size > MOST_ENTRIES:
            raise LogicError("a table too large to write down")
        return product(*(self.members[sort] for sort in symbol.arguments))

    def _written(self, symbol: Symbol, declared: Any) -> tuple[dict[tuple[Expr, ...], Expr], Expr] | None:
        """Z3's table of a function: values at arguments, and the value at all others. None where it is a term."""
        if self._id(declared) not in self.defined:
            return {}, self._plain(self._value(declared(*(self._any(sort) for sort in symbol.arguments))))
        table = self.found[declared]
        entries = {}
        try:
            for row in (table.entry(k) for k in range(table.num_entries())):
                arguments = tuple(self._plain(row.arg_value(k)) for k in range(row.num_args()))
                entries[arguments] = self._plain(row.value())
            return entries, self._plain(table.else_value())
        except LogicError:
            return None

    def _any(self, sort: str) -> Any:
        return self._value(z3.Const("any!", self.lowering.sorts[sort]))
