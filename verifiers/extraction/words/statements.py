"""How this folder states a claim: the relation, the values the answer gives, and the words that say it."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, TypeAlias

from verifiers.claims import Claim, Span, WordProblem
from verifiers.expr import Expr
from verifiers.extraction.document import Part
from verifiers.extraction.words.computations import Computation
from verifiers.extraction.words.flow import unmarked

Rule: TypeAlias = Literal["relation", "contradiction", "unit", "count"]


def claim(
    part: Part, start: int, end: int, rule: Rule, relation: Expr, values: Sequence[tuple[str, Expr]], stated: str
) -> Claim:
    """The claim at `start:end` of a step."""
    formula = WordProblem(rule=rule, relation=relation, values=tuple(values), stated=stated)
    return Claim(span=Span(part.step, start, end), text=part.text[start:end], formula=formula)


def written(part: Part, computation: Computation) -> str:
    """The words of a sum without calculator marks."""
    return " ".join(unmarked(part.text[computation.start : computation.end]).split())


def plain(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else f"{float(value):g}"
