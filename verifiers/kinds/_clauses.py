"""Clauses and sums over truth values, handed to Z3 straight through its C interface.

Z3's own Python classes cost more here than the solving: tens of thousands of small terms, each wrapped, cast and
counted. Terms are kept alive until the context goes.
"""

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

import z3
from z3 import z3core

Answer: TypeAlias = Literal["sat", "unsat", "unknown"]
Term: TypeAlias = Any


class Clauses:
    """A solver over truth values in a context of its own, so that the same questions have the same answers.

    `budget`, in Z3's resource units, is for all questions together.
    """

    def __init__(self, budget: int) -> None:
        self.left = budget
        self._context = z3.Context()
        self._ref = self._context.ref()
        # The plain solver counts weights as they are; one for finite domains turns sums into circuits, far slower here.
        self._solver = z3.SimpleSolver(self._context)
        self._solver.set("random_seed", 0)
        self._sort = z3.BoolSort(self._context).ast
        self._opposites: dict[int, Term] = {}
        self._model: Any = None
        self._count = 0
        self.true = self._kept(z3core.Z3_mk_true(self._ref))
        self.false = self._kept(z3core.Z3_mk_false(self._ref))

    def _kept(self, term: Term) -> Term:
        z3core.Z3_inc_ref(self._ref, term)
        return term

    def atom(self) -> Term:
        self._count += 1
        symbol = z3core.Z3_mk_int_symbol(self._ref, self._count)
        return self._kept(z3core.Z3_mk_const(self._ref, symbol, self._sort))

    def negated(self, term: Term) -> Term:
        found = self._opposites.get(term.value)
        if found is None:
            found = self._opposites[term.value] = self._kept(z3core.Z3_mk_not(self._ref, term))
        return found

    def both(self, one: Term, other: Term) -> Term:
        return self._kept(z3core.Z3_mk_and(self._ref, 2, (z3.Ast * 2)(one, other)))

    def implies(self, premises: Sequence[Term], conclusion: Term) -> None:
        """Adds that the conclusion is true where all premises are."""
        literals = [self.negated(premise) for premise in premises]
        literals.append(conclusion)
        clause = self._kept(z3core.Z3_mk_or(self._ref, len(literals), (z3.Ast * len(literals))(*literals)))
        z3core.Z3_solver_assert(self._ref, self._solver.solver, clause)

    def at_most(self, terms: Sequence[tuple[Term, int]], bound: int) -> None:
        """Adds that the weights of the true terms sum to no more than the bound. Weights and bound are below 2^31."""
        if sum(weight for _, weight in terms) <= bound:
            return
        size = len(terms)
        literals = (z3.Ast * size)(*(term for term, _ in terms))
        weights = (z3core.ctypes.c_int * size)(*(weight for _, weight in terms))
        total = self._kept(z3core.Z3_mk_pble(self._ref, size, literals, weights, bound))
        z3core.Z3_solver_assert(self._ref, self._solver.solver, total)

    def check(self, assumed: Sequence[Term]) -> Answer:
        """Whether the assumed atoms can all be true."""
        if self.left <= 0:
            return "unknown"
        self._solver.set("rlimit", self.left)
        before = self._used()
        size = len(assumed)
        answer = z3core.Z3_solver_check_assumptions(self._ref, self._solver.solver, size, (z3.Ast * size)(*assumed))
        self.left -= max(1, self._used() - before)
        if answer == z3core.Z3_L_TRUE:
            self._model = self._solver.model()
            return "sat"
        return "unsat" if answer == z3core.Z3_L_FALSE else "unknown"

    def core(self, assumed: Sequence[Term]) -> list[int]:
        """After `unsat`: indices of assumed atoms that cannot all be true, not always the fewest."""
        found = {term.as_ast().value for term in self._solver.unsat_core()}
        return [index for index, term in enumerate(assumed) if term.value in found]

    def holds(self, term: Term) -> bool:
        """After `sat`: the value of an atom in the model."""
        value = z3.BoolRef(term, self._context)
        return bool(z3.is_true(self._model.eval(value, model_completion=True)))

    def _used(self) -> int:
        statistics = self._solver.statistics()
        return int(statistics.get_key_value("rlimit count")) if "rlimit count" in statistics.keys() else 0  # noqa: SIM118
