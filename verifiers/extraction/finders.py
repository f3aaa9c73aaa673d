"""Answer text to claims: the document is read once, each finder looks for claims of its own sort in it.

A new sort of claim is one finder file and one row of `FINDERS`.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from verifiers.claims import Claim, Span
from verifiers.extraction import prose, results, words
from verifiers.extraction.document import Document, Extraction
from verifiers.extraction.equations import all_solutions, alternatives, assignments, function_claims, solutions
from verifiers.extraction.figures import measures
from verifiers.extraction.formulas import contradictions, derivations, evaluations, laws, links, restated, rewrites
from verifiers.extraction.operations import calculus, counts, matrices, requested
from verifiers.extraction.reading.reader import read_document
from verifiers.extraction.reasoning import (
    arrangements,
    conditionals,
    deductions,
    judged,
    plans,
    selections,
    set_answers,
    sorting,
    swaps,
)
from verifiers.extraction.sourced import passages
from verifiers.extraction.unclaimed import unclaimed
from verifiers.verdicts import Remark

Finder: TypeAlias = Callable[[Document], Iterator[Claim | Remark]]

FINDERS: Final[tuple[Finder, ...]] = (
    plans.find,
    sorting.find,
    swaps.find,
    arrangements.find,
    selections.find,
    deductions.find,
    conditionals.find,
    judged.find,
    set_answers.find,
    words.find,
    requested.find,
    results.find,
    function_claims.find,
    measures.find,
    calculus.find,
    matrices.find,
    rewrites.find,
    contradictions.find,
    links.find,
    all_solutions.find,
    derivations.find,
    restated.find,
    evaluations.find,
    solutions.find,
    alternatives.find,
    assignments.find,
    prose.find,
    counts.find,
    laws.find,
    passages.find,
)  # fmt: skip
"""In order of precedence: of two claims about one span the first with a formula is kept."""

_CRASHED: Final = "crashed"


def extract(question: str, steps: Sequence[str]) -> Extraction:
    """Finds the claims of an answer. Linear in its length, never raises on any text.

    A finder that breaks loses what it had not yet found, and leaves an unformalized claim whose problem says so.
    """
    document = read_document(question, steps)
    claims: dict[Span, Claim] = {}
    remarks: list[Remark] = []
    for finder in FINDERS:
        for found in _guarded(finder, document):
            if isinstance(found, Remark):
                remarks.append(found)
            elif found.span not in claims or (claims[found.span].formula is None and found.formula is not None):
                claims[found.span] = found
    for left in unclaimed(document, claims.values()):
        claims.setdefault(left.span, left)
    ordered = tuple(claims[span] for span in sorted(claims))
    return Extraction(ordered, tuple(sorted(set(remarks), key=lambda r: (r.span, r.rule, r.text))))


def _guarded(finder: Finder, document: Document) -> Iterator[Claim | Remark]:
    try:
        yield from finder(document)
    except Exception as error:
        if document.steps:
            text = document.steps[0].text[:1]
            name = finder.__module__.rsplit(".", 1)[-1]
            problem = f"{_CRASHED}: {name}: {type(error).__name__}: {error}"[:300]
            yield Claim(span=Span(0, 0, len(text)), text=text, problem=problem)
