"""Values that phrases and whole questions of known wordings ask for, as closed trees over their numbers.

"the area of the region enclosed by x^2 + y^2 = 6x", "the coefficient of x^3 in (1 + x)^5", "seconds in 2.5 minutes".
"""

from collections.abc import Iterator
from typing import Final

from verifiers.expr import Expr
from verifiers.extraction.results import (
    clocks,
    coins,
    conversions,
    curves,
    draws,
    letters,
    numerals,
    points,
    polygons,
    sequences,
    terms,
    unnamed,
    ways,
)
from verifiers.extraction.results.skeleton import Skeleton
from verifiers.extraction.results.template import matches

_PHRASES: Final = (
    *conversions.PHRASES, *curves.PHRASES, *points.PHRASES, *terms.PHRASES, *letters.PHRASES, *polygons.PHRASES,
)  # fmt: skip
_QUESTIONS: Final = (
    *points.QUESTIONS, *numerals.QUESTIONS, *terms.QUESTIONS, *coins.QUESTIONS, *polygons.QUESTIONS,
    *sequences.QUESTIONS, *ways.QUESTIONS, *clocks.QUESTIONS, *draws.QUESTIONS, *unnamed.QUESTIONS,
)  # fmt: skip


def figures(phrase: str, skeleton: Skeleton) -> Iterator[Expr]:
    """Every value that a phrase (lower case, over slots) can be read as."""
    for found in matches(_PHRASES, phrase, skeleton):
        yield from found


def whole_question(text: str, skeleton: Skeleton) -> tuple[Expr, ...]:
    """Readings of the value a whole question asks for, its sentences joined by " // "."""
    return next(filter(None, matches(_QUESTIONS, text, skeleton)), ())
