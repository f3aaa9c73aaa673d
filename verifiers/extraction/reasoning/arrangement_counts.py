"""How many arrangements there are, and which clues exclude each other, as answers say it."""

import re
from collections.abc import Iterator
from typing import Final, Literal

import msgspec

from verifiers.claims import Arrangements, Consistency
from verifiers.extraction.reasoning.arrangement_puzzles import Puzzle
from verifiers.extraction.reasoning.clashes import clashes
from verifiers.extraction.reasoning.skeletons import CARDINAL

_NUMBER: Final = r"(?P<count>\d{1,3}|" + "|".join(CARDINAL) + ")"
_WAYS: Final = r"(?:arrangements?|orders?|orderings?|seatings?|line-?ups?|permutations?|seating plans?)"
_KIND: Final = r"(?:(?:possible|valid|different|distinct|consistent|such|full|complete|seating|final) )*"
_WHOLE: Final = (
    r"(?= ?(?:[.,;!]|$|in (?:total|all)\b|altogether|overall|that (?:satisf|fit|meet|obey|work)"
    r"|(?:satisfy|fitt|meet|obey)ing|consistent with (?:all|the)|is\b|are\b|fits?\b|works?\b|satisf))"
)
"""Of the whole puzzle, not of some of its objects ("ways to seat Arun and Bela")."""
_ONLY: Final = re.compile(
    rf"\b(?:(?:this|that|it|the above) is|there is|(?:this|that) must be) (?:the )?(?:exactly "
    rf"|only )(?:one )?{_KIND}{_WAYS}{_WHOLE}"
    rf"|\b(?:this|the|that) {_KIND}{_WAYS} is (?:the only one|unique)\b|\bthe only {_KIND}{_WAYS} is\b",
    re.IGNORECASE,
)
_COUNTED: Final = re.compile(
    rf"\bthere (?:are|is) (?:(?P<how>exactly|only|precisely|at least|at most|more than"
    rf"|in total) )?{_NUMBER} {_KIND}{_WAYS}"
    rf"{_WHOLE}"
    rf"|\b(?P<how2>exactly|only|precisely) {_NUMBER.replace('count', 'count2')} {_KIND}{_WAYS}"
    r" (?:are|is|fits?|satisf\w+|works?)\b",
    re.IGNORECASE,
)
_QUIET: Final = re.compile(r"\?|\b(?:if|whether|suppose|assum\w+|would|might|unless|would be"
    r"|not the only)\b", re.IGNORECASE)


class Told(msgspec.Struct, frozen=True, kw_only=True):
    start: int
    end: int
    formula: Arrangements | Consistency


def told(text: str, posed: Puzzle) -> Iterator[Told]:
    """What a sentence says of all arrangements, or of clues together."""
    if _QUIET.search(text):
        return
    if found := _ONLY.search(text):
        yield Told(start=found.start(), end=found.end(), formula=_count(posed, 1, "exactly"))
    elif found := _COUNTED.search(text):
        word = (found["count"] or found["count2"]).lower()
        count = int(word) if word.isdigit() else CARDINAL[word]
        how = (found["how"] or found["how2"] or "").lower()
        if how == "more than":
            yield Told(start=found.start(), end=found.end(), formula=_count(posed, count + 1, "at_least"))
        elif how in ("at least", "at most"):
            comparison: Literal["at_least", "at_most"] = "at_least" if how == "at least" else "at_most"
            yield Told(start=found.start(), end=found.end(), formula=_count(posed, count, comparison))
        else:
            yield Told(start=found.start(), end=found.end(), formula=_count(posed, count, "exactly"))
    yield from _together(text, posed)


def _count(posed: Puzzle, count: int, comparison: Literal["exactly", "at_least", "at_most"]) -> Arrangements:
    problem = posed.frame.problem(posed.premises)
    return Arrangements(problem=problem, over=posed.frame.objects, count=count, comparison=comparison)


def _together(text: str, posed: Puzzle) -> Iterator[Told]:
    numbered = {int(label): given for label, given in zip(posed.labels, posed.premises, strict=False) if label}
    for clash in clashes(text):
        if not set(clash.numbers) <= set(numbered):
            continue
        given = tuple(numbered[n] for n in clash.numbers) or posed.premises
        formula = Consistency(problem=posed.frame.problem(given), holds=clash.fits)
        yield Told(start=clash.start, end=clash.end, formula=formula)
