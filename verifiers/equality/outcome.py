"""What a comparison is asked and what it answers."""

from collections.abc import Callable, Iterable
from typing import Final, Literal, TypeAlias

import msgspec

from verifiers.claims import Formula
from verifiers.expr import Apply, Expr
from verifiers.verdicts import Verdict, Witness

Prove: TypeAlias = Callable[[Formula], Verdict]
"""Decides what the cheap comparisons leave open."""


class CompareOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How two answers are read and what counts as the same.

    `decimals` is how many decimals count where a decimal stands for a number that has no finite one; a decimal with
    fewer digits than that is only equal to what it is exactly. `decimal_comma` reads `1,22` as 1.22; `None` tries it
    where nothing else can be meant. `relation_as_set` lets an interval equal an inequality. `renaming` lets letters be
    renamed throughout.
    """

    notation: Literal["auto", "latex", "plain"] = "auto"
    decimals: int = 6
    decimal_comma: bool | None = None
    relation_as_set: bool = True
    renaming: bool = False


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """`reason` is a short phrase; `witness` a point or value at which the two differ."""

    label: Literal["equal", "different", "undecided"]
    reason: str
    witness: Witness | None = None


IDENTICAL: Final = Comparison(label="equal", reason="identical")


def equal(reason: str) -> Comparison:
    return Comparison(label="equal", reason=reason)


def different(reason: str, witness: Witness | None = None) -> Comparison:
    return Comparison(label="different", reason=reason, witness=witness)


def undecided(reason: str) -> Comparison:
    return Comparison(label="undecided", reason=reason)


def unequal(a: Expr, b: Expr, assignment: tuple[tuple[str, Expr], ...] = ()) -> Comparison:
    """Two values that are not the same, at a point if they have letters."""
    return different("values differ", Witness(conclusion=Apply("eq", (a, b)), assignment=assignment))


def every(outcomes: Iterable[Comparison], reason: str) -> Comparison:
    """Equal if all are, different as soon as one is."""
    open_one: Comparison | None = None
    for outcome in outcomes:
        if outcome.label == "different":
            return outcome
        if outcome.label == "undecided":
            open_one = open_one or outcome
    return open_one or equal(reason)
