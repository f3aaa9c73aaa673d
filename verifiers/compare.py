"""Are two answers the same? The final answer of each text, and the equality kinds on what was found."""

from collections.abc import Callable
from typing import Literal, TypeAlias

import msgspec

from verifiers.claims import Formula
from verifiers.expr import Expr
from verifiers.verdicts import Verdict, Witness

Prove: TypeAlias = Callable[[Formula], Verdict]
"""Decides what the cheap comparisons leave open."""


class CompareOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How two answers are read and what counts as the same.

    `decimals` is how many decimals count where a decimal stands for a number that has no finite one; a decimal with
    fewer digits than that is only equal to what it is exactly. `decimal_comma` reads `1,22` as 1.22; `None` tries it
    where the text allows both. `relation_as_set` lets an interval equal an inequality. `renaming` lets letters be
    renamed throughout.
    """

    notation: Literal["auto", "latex", "plain"] = "auto"
    decimals: int = 6
    decimal_comma: bool | None = None
    relation_as_set: bool = True
    renaming: bool = False


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """`reason` is one word or a short phrase; `witness` a point or value at which the two differ."""

    label: Literal["equal", "different", "undecided"]
    reason: str
    witness: Witness | None = None


def compare_with(gold: str, pred: str, options: CompareOptions, prove: Prove) -> Comparison:
    """Whether two texts give the same final answer; `prove` is asked for what takes more than arithmetic."""
    return Comparison(label="undecided", reason="unsupported")


def compare_exprs(a: Expr, b: Expr, options: CompareOptions, prove: Prove) -> Comparison:
    """Whether two trees are the same answer. Symmetric."""
    return Comparison(label="undecided", reason="unsupported")
