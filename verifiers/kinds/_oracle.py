"""One problem, asked again and again: is this consistent, in what model, and if not, because of which premises."""

from collections.abc import Sequence
from enum import Enum
from typing import Any, Final

import z3

from verifiers.expr import Expr
from verifiers.kinds._z3 import Lowering
from verifiers.kinds._z3_model import read_model
from verifiers.logic.models import Model
from verifiers.logic.problems import Problem
from verifiers.logic.signature import LogicError
from verifiers.protocol import Budget

SIZES: Final = (1, 2, 3, 4)
"""Members of every open sort in the models looked for when the solver gives up."""

SHARE: Final = 5
"""The first attempt gets this part of the resource limit, before small models are looked for."""


class Satisfiability(Enum):
    """SMT-LIB's three answers."""

    SAT = "sat"
    UNSAT = "unsat"
    UNKNOWN = "unknown"


class State:
    """A model in Z3's hands; written down only when it is shown, for that costs more than finding it."""

    def __init__(self, problem: Problem, lowering: Lowering, found: Any) -> None:
        self._problem = problem
        self._lowering = lowering
        self._found = found

    def model(self) -> Model:
        return read_model(self._problem, self._lowering, self._found)

    def holds(self, sentence: Expr) -> bool | None:
        """Whether the sentence is true here, where Z3 sees it without a search."""
        value = self._found.eval(self._lowering.sentence(sentence), model_completion=True)
        return True if z3.is_true(value) else False if z3.is_false(value) else None


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

    def state(self) -> "State":
        """What the last `check` found."""
        assert self.found is not None
        return State(self.problem, *self.found)

    def model(self) -> Model:
        """The model of the last `check` that found one, individuals named by the constants that stand for them."""
        return self.state().model()
