"""A derivation made ready: definitions put in, calls made letters, givens that bear on it, points held to it."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from verifiers.claims import Context, Derivation
from verifiers.expr import ORDER_RELATIONS, Apply, Expr, Num, free_symbols, walk
from verifiers.kinds._closing import close
from verifiers.kinds._domains import admissible
from verifiers.kinds._poly import opaque
from verifiers.kinds._relations import conjuncts, decidable, is_relation, leaves
from verifiers.kinds._rounding import has_decimals
from verifiers.kinds._signs import alternatives
from verifiers.kinds._truth import holds, nearly
from verifiers.verdicts import Witness

MOST_UNTOLD: Final = 4
"""Points at which the step held or could not be told, after which the search is given up."""
ZERO: Final = Num(Fraction(0))


class Step:
    """A derivation with definitions put in, calls made letters and the givens that bear on it."""

    def __init__(self, formula: Derivation) -> None:
        self.context: Context = formula.context
        self.rewrite = formula.link == "rewrite"
        self.problem = ""
        self.untold = 0
        premises = [alternatives(close(p, formula.context)) for p in formula.premises]
        conclusion = alternatives(close(formula.conclusion, formula.context))
        givens = [alternatives(close(g, formula.context)) for g in formula.context.givens]
        if not is_relation(conclusion):
            self.expressions = True
            if len(premises) != 1 or is_relation(premises[0]):
                self.problem = "an expression after a relation"
                premises = [conclusion]
            conclusion = Apply("eq", (premises[0], conclusion))
            premises = []
        else:
            self.expressions = False
        plain = opaque([conclusion, *premises, *givens])
        self.conclusion = plain[0]
        self.premises = [r for p in plain[1 : 1 + len(premises)] for r in conjuncts(p)]
        letters = {name for e in (self.conclusion, *self.premises) for name in free_symbols(e)}
        self.givens = []
        for given in (r for g in plain[1 + len(premises) :] for r in conjuncts(g)):
            if decidable(given) and given not in self.premises:
                self.givens.append(given)
        self.givens = _bearing(self.givens, letters)
        self.letters = letters | {name for g in self.givens for name in free_symbols(g)}
        if not all(decidable(r) for r in (self.conclusion, *self.premises)):
            self.problem = "a relation that is no comparison of numbers"
        elif not letters:
            self.problem = "no letters"

    @property
    def assumed(self) -> list[Expr]:
        return [*self.premises, *self.givens]

    @property
    def decimals(self) -> bool:
        return any(has_decimals(relation) for relation in (self.conclusion, *self.assumed))

    @property
    def scaled(self) -> bool:
        """An inequality that may have been multiplied or divided by something whose sign was taken for granted."""
        relations = (self.conclusion, *self.premises)
        ordered = any(leaf.head in ORDER_RELATIONS for r in relations for leaf in leaves(r))
        below = any(isinstance(n, Apply) and n.head == "div" and free_symbols(n.args[1])
                    for r in relations for n in walk(r))  # fmt: skip
        return ordered and (below or len(self.letters) > 1)

    def fails_at(self, point: Mapping[str, Expr]) -> bool:
        """The point satisfies premises, givens and domains, the conclusion is false there, and not by rounding. Where
        signs were taken for granted it is a point of positive numbers.
        """
        if self.untold >= MOST_UNTOLD or not admissible(point, self.context):
            return False
        if self.scaled and not all(holds(Apply("gt", (v, ZERO)), {}) is True for v in point.values()):
            return False
        for relation in self.assumed:
            truth = holds(relation, point)
            self.untold += truth is None
            if truth is not True:
                return False
        truth = holds(self.conclusion, point)
        self.untold += truth is not False
        return truth is False and not (self.decimals and nearly(self.conclusion, point))

    def gains_at(self, point: Mapping[str, Expr]) -> bool:
        """The point satisfies conclusion, givens and domains, and some premise is false there."""
        return (
            admissible(point, self.context)
            and all(holds(r, point) is True for r in (self.conclusion, *self.givens))
            and any(holds(r, point) is False for r in self.premises)
        )

    def witness(self, point: Mapping[str, Expr]) -> Witness:
        return Witness(
            conclusion=self.conclusion,
            assignment=tuple((name, value) for name, value in sorted(point.items()) if name in self.letters),
            premises=tuple(self.assumed),
        )


def _bearing(givens: Sequence[Expr], letters: set[str]) -> list[Expr]:
    """The givens connected to the letters through shared letters."""
    reached = set(letters)
    kept: list[Expr] = []
    waiting = list(givens)
    while True:
        near = [g for g in waiting if free_symbols(g) & reached]
        if not near:
            return kept
        kept.extend(near)
        waiting = [g for g in waiting if g not in near]
        reached |= {name for g in near for name in free_symbols(g)}
