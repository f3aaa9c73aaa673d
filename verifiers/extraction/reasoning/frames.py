"""What a puzzle arranges and where: so many places along a scale, around a table, or values to hand out."""

from functools import cached_property
from typing import Literal

import msgspec

from verifiers.expr import Apply, Expr, Num, Sym, num
from verifiers.extraction.reasoning.names import Names
from verifiers.extraction.reasoning.scales import Scale
from verifiers.logic import Problem, Signature, Sort, Statement, Symbol

PLACE = "place"
VALUE = "value"


class Frame(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """`objects` stand in places 1 to `size` (from the low end of the scale, or clockwise as seen from above), or each
    has one of `values`.
    """

    objects: tuple[str, ...]
    proper: bool
    nouns: frozenset[str] = frozenset()
    shape: Literal["line", "circle", "values"] = "line"
    scale: Scale | None = None
    size: int = 0
    distinct: bool = True
    counting: int = 0
    """The end from which a bare "second" counts: -1 the low one, 1 the high one, 0 unknown."""
    grounded: bool = False
    """Number 1 is the ground floor: which one is the "first floor" is not for us to say."""
    facing: Literal["in", "out", ""] = ""
    slots: tuple[str, ...] = ()
    """Names of the places in order, where they have any (Monday, Tuesday …)."""
    slot_noun: str = "seat"
    values: tuple[str, ...] = ()

    @cached_property
    def names(self) -> Names:
        return Names((*self.objects, *self.values), proper=self.proper)

    @cached_property
    def terms(self) -> tuple[Expr, ...]:
        return tuple(Sym(name) for name in self.objects)

    @property
    def greater(self) -> int:
        """Which way `A > B` points, 0 where nobody can say: of people the older are greater, of buses perhaps not."""
        if self.scale is None:
            return 0
        return -1 if self.scale.name == "age" and self.proper else self.scale.greater

    def is_value(self, index: int) -> bool:
        return index >= len(self.objects)

    def value(self, index: int) -> Expr:
        return Sym(self.values[index - len(self.objects)])

    def problem(self, premises: tuple[Statement, ...]) -> Problem:
        """The problem that says these sentences of the frame's objects."""
        if self.shape == "values":
            sort = Sort(VALUE, tuple(Sym(name) for name in self.values))
            symbols = tuple(Symbol(name, (), VALUE) for name in self.objects)
        else:
            sort = Sort(PLACE, tuple(num(k) for k in range(1, self.size + 1)))
            symbols = tuple(Symbol(name, (), PLACE, self.words) for name in self.objects)
        axioms: tuple[Expr, ...] = (Apply("distinct", self.terms),) if self.distinct else ()
        if self.shape == "circle":
            # A table can be turned: who sits in seat 1 says nothing.
            axioms = (*axioms, Apply("eq", (self.terms[0], Num(num(1).value))))
        return Problem(Signature((sort,), symbols), premises, axioms)

    @property
    def words(self) -> str:
        if self.shape == "circle":
            return "seat {} clockwise"
        if self.slots:
            return f"{self.slot_noun} {{}}"
        return self.scale.words if self.scale is not None else f"{self.slot_noun} {{}}"

    def place(self, ordinal: int, side: int) -> Expr:
        """The `ordinal`-th place from the low (-1) or high (1) end."""
        return num(ordinal if side < 0 else self.size + 1 - ordinal)
