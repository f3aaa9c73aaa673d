"""Counts of sets that overlap: who plays cricket, who plays football, who plays both. Each region of the Venn diagram
is a whole number, each statement a linear equation between them.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Final, Literal, TypeAlias

import msgspec

from verifiers.expr import Apply, Expr, Num, Sym, num
from verifiers.logic.problems import Problem, Statement
from verifiers.logic.signature import INT, REAL, Signature, Symbol

MOST_SETS: Final = 4
Region: TypeAlias = frozenset[str]
"""The sets that those in it belong to; they belong to no other."""


class Group(msgspec.Struct, frozen=True):
    """Part of the population, by the sets its members belong to.

    - `all`: to all of `sets`, and to none of `without`; with no sets everyone
    - `any`: to at least one of `sets`
    - `exactly`: to just `number` of `sets`; `least`: to at least so many
    """

    how: Literal["all", "any", "exactly", "least"]
    sets: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    number: int = 0

    def holds(self, region: Region) -> bool:
        if region & self.without:
            return False
        inside = len(self.sets & region)
        if self.how == "all":
            return self.sets <= region
        if self.how == "any":
            return inside > 0
        return inside == self.number if self.how == "exactly" else inside >= self.number


class Diagram(msgspec.Struct, frozen=True):
    """The sets, and what is said of the sizes of groups: `(group, relation, number, words)`."""

    sets: tuple[str, ...]
    facts: tuple[tuple[Group, str, Fraction, str], ...]
    whole: bool = True
    """Whether regions have whole numbers of members; else parts of a hundred are counted."""

    def regions(self) -> Iterable[Region]:
        for size in range(len(self.sets), -1, -1):
            for chosen in combinations(self.sets, size):
                yield frozenset(chosen)

    def name(self, region: Region) -> str:
        inside = [name for name in self.sets if name in region]
        if not inside:
            return "neither" if len(self.sets) == 2 else "none of them"
        told = " and ".join(inside)
        return told if len(inside) == len(self.sets) else f"{told} only"

    def size(self, group: Group) -> Expr:
        """How many belong to the group."""
        terms: list[Expr] = [Sym(self.name(region)) for region in self.regions() if group.holds(region)]
        if not terms:
            return num(0)
        return terms[0] if len(terms) == 1 else Apply("add", tuple(terms))

    def relation(self, group: Group, relation: str, value: Fraction) -> Expr:
        return Apply(relation, (self.size(group), Num(value)))

    def problem(self) -> Problem:
        names = [self.name(region) for region in self.regions()]
        sort = INT if self.whole else REAL
        axioms = tuple(Apply("ge", (Sym(name), num(0))) for name in names)
        premises = tuple(
            Statement(self.relation(group, relation, value), text) for group, relation, value, text in self.facts
        )
        return Problem(Signature((), tuple(Symbol(name, (), sort) for name in names)), premises, axioms)


def intersection(sets: Iterable[str], without: Sequence[str] = ()) -> Group:
    return Group("all", frozenset(sets), frozenset(without))
