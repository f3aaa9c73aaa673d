"""One problem, asked again and again: is this consistent, in what model, and if not, because of which premises."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, Final

import z3

from verifiers.expr import Expr, Sym
from verifiers.kinds._z3 import Lowering, plain, symbol_arguments
from verifiers.logic.models import Interpretation, Model
from verifiers.logic.problems import Problem
from verifiers.logic.signature import BOOL, LogicError, Symbol
from verifiers.logic.wording import describe
from verifiers.protocol import Budget

SIZES: Final = (1, 2, 3, 4)
"""Members of every open sort in the models looked for when the solver gives up."""

SHARE: Final = 5
"""The first attempt gets this part of the resource limit, before small models are looked for."""

MOST_ENTRIES: Final = 4_096
"""Entries of a model's table before it is left out."""


class Satisfiability(Enum):
    """SMT-LIB's three answers."""

    SAT = "sat"
    UNSAT = "unsat"
    UNKNOWN = "unknown"


class Oracle:
    """The premises of a problem, each switched on by a literal of its own. Deterministic: a fixed seed, a context of
    its own, and Z3's resource limit instead of a clock.

    Raises:
        LogicError: the problem has no counterpart in Z3 (it is checked before: `Problem.fault`).
    """

    def __init__(self, problem: Problem, budget: Budget, size: int | None = None) -> None:
        self.problem = problem
        self.budget = budget
        self.lowering = Lowering(problem.signature, size)
        self.solver: Any = z3.SimpleSolver(self.lowering.context)
        self.solver.set(random_seed=0)
        for axiom in self.lowering.background():
            self.solver.add(axiom)
        for sentence in problem.axioms:
            self.solver.add(self.lowering.sentence(sentence))
        self.literals = []
        for index, statement in enumerate(problem.premises):
            literal = z3.Bool(f"premise!{index}", self.lowering.context)
            self.solver.add(z3.Implies(literal, self.lowering.sentence(statement.sentence)))
            self.literals.append(literal)
        self.found: tuple[Lowering, Any] | None = None
        self.used: tuple[int, ...] = ()
        self.smaller: list[Oracle] | None = None

    def check(self, premises: Sequence[int] | None = None, *more: Expr) -> Satisfiability:
        """Whether these premises (all, where none are named), the axioms and `more` have a model."""
        answer = self._check(premises, more, self.budget.rlimit // SHARE)
        if answer is not Satisfiability.UNKNOWN:
            return answer
        # Quantifiers in turns (every x has a y) can keep the solver busy for ever though a tiny model exists.
        for oracle in self._bounded():
            if oracle._check(premises, more) is Satisfiability.SAT:
                self.found = oracle.found
                return Satisfiability.SAT
        return self._check(premises, more)

    def _bounded(self) -> "list[Oracle]":
        """The same problem in small universes, if it has an open sort."""
        if self.smaller is None:
            signature = self.problem.signature
            opened = self.lowering.size is None and any(not sort.elements for sort in signature.sorts)
            try:
                self.smaller = [Oracle(self.problem, self.budget, size) for size in SIZES] if opened else []
            except LogicError:
                self.smaller = []
        return self.smaller

    def _check(self, premises: Sequence[int] | None, more: Sequence[Expr], rlimit: int = 0) -> Satisfiability:
        self.solver.set(rlimit=rlimit or self.budget.rlimit)
        active = self.literals if premises is None else [self.literals[i] for i in premises]
        if more:
            self.solver.push()
            for sentence in more:
                self.solver.add(self.lowering.sentence(sentence))
        answer = self.solver.check(*active)
        self.found = (self.lowering, self.solver.model()) if answer == z3.sat else None
        if answer == z3.unsat:
            names = {str(literal) for literal in self.solver.unsat_core()}
            self.used = tuple(i for i, literal in enumerate(self.literals) if str(literal) in names)
        if more:
            self.solver.pop()
        return Satisfiability(str(answer))

    def core(self, *more: Expr) -> tuple[int, ...]:
        """A minimal set of premises that, with the axioms and `more`, has no model, after `check` said there is none:
        leaving out any of them is not known to keep it so. Deletion in the order of the premises.
        """
        kept = list(self.used)
        for index in self.used:
            if index not in kept:
                continue
            trial = [i for i in kept if i != index]
            if self._check(trial, more) is Satisfiability.UNSAT:
                kept = [i for i in trial if i in self.used]
        return tuple(kept)

    def model(self) -> Model:
        """The model of the last `check` that found one, individuals named by the constants that stand for them."""
        assert self.found is not None
        lowering, found = self.found
        return _Reader(self.problem, lowering, found).model()


class _Reader:
    """Z3's model as ours."""

    def __init__(self, problem: Problem, lowering: Lowering, found: Any) -> None:
        self.problem = problem
        self.lowering = lowering
        self.found = found
        self.names: dict[str, Sym] = {str(term): Sym(name) for name, term in lowering.elements.items()}
        self.members: dict[str, list[Any]] = {}
        self._name_individuals()

    def model(self) -> Model:
        signature = self.problem.signature
        universe = tuple(
            (sort.name, sort.elements or tuple(plain(term, self.names) for term in self.members[sort.name]))
            for sort in signature.sorts
        )
        tables = tuple(table for symbol in signature.symbols if (table := self._table(symbol)) is not None)
        return describe(Model(universe, tables), signature)

    def _value(self, term: Any) -> Any:
        return self.found.eval(term, model_completion=True)

    def _name_individuals(self) -> None:
        signature = self.problem.signature
        taken = {symbol.name for symbol in signature.symbols} | set(signature.elements)
        constants: Mapping[str, list[tuple[str, Any]]] = {sort.name: [] for sort in signature.sorts}
        for symbol in signature.symbols:
            if not symbol.arguments and symbol.result in constants:
                constants[symbol.result].append((symbol.name, self._value(self.lowering.symbols[symbol.name, 0])))
        for sort in signature.sorts:
            if sort.elements:
                self.members[sort.name] = [self.lowering.sentence(element) for element in sort.elements]
                continue
            for name, value in constants[sort.name]:
                self.names.setdefault(str(value), Sym(name))
            universe = self.lowering.bounded.get(sort.name) or self.found.get_universe(self.lowering.sorts[sort.name])
            values = list(universe or [])
            known = {str(value) for value in values}
            for _, value in constants[sort.name]:
                if str(value) not in known:
                    known.add(str(value))
                    values.append(value)
            if not values:
                values = [self._value(z3.Const("any!", self.lowering.sorts[sort.name]))]
            number = 0
            for value in sorted(values, key=lambda v: _order(str(v))):
                if str(value) not in self.names:
                    number += 1
                    while f"{sort.name}{number}" in taken:
                        number += 1
                    self.names[str(value)] = Sym(f"{sort.name}{number}")
            self.members[sort.name] = sorted(values, key=lambda v: _order(str(v)))
        self.members[BOOL] = [z3.BoolVal(v, self.lowering.context) for v in (False, True)]

    def _table(self, symbol: Symbol) -> Interpretation | None:
        declared = self.lowering.symbols[symbol.name, len(symbol.arguments)]
        try:
            if not symbol.arguments:
                return Interpretation(symbol.name, 0, (((), plain(self._value(declared), self.names)),))
            if all(sort in self.members for sort in symbol.arguments):
                return Interpretation(symbol.name, len(symbol.arguments), tuple(self._entries(symbol, declared)))
            return self._partial(symbol, declared)
        except LogicError:
            return None

    def _entries(self, symbol: Symbol, declared: Any) -> list[tuple[tuple[Expr, ...], Expr]]:
        entries: list[tuple[tuple[Expr, ...], Expr]] = []
        for arguments in symbol_arguments(symbol, self.members):
            if len(entries) >= MOST_ENTRIES:
                raise LogicError("a table too large to write down")
            value = plain(self._value(declared(*arguments)), self.names)
            entries.append((tuple(plain(a, self.names) for a in arguments), value))
        return entries

    def _partial(self, symbol: Symbol, declared: Any) -> Interpretation:
        """A function of numbers: the values Z3 names, and one for all others."""
        table = self.found[declared]
        if table is None:
            default: Expr = plain(
                self._value(declared(*(z3.IntVal(0, self.lowering.context) for _ in symbol.arguments))), self.names
            )
            return Interpretation(symbol.name, len(symbol.arguments), (), default)
        entries = tuple(
            (tuple(plain(row.arg_value(k), self.names) for k in range(row.num_args())), plain(row.value(), self.names))
            for row in (table.entry(k) for k in range(table.num_entries()))
        )
        return Interpretation(symbol.name, len(symbol.arguments), entries, plain(table.else_value(), self.names))


def _order(name: str) -> tuple[int, str]:
    """`thing!val!10` behind `thing!val!9`."""
    return len(name), name
