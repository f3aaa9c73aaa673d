"""Claims made in words: one finder for each kind of statement, all on sentences marked once."""

from collections.abc import Callable, Iterator
from typing import Final

from verifiers.claims import Claim
from verifiers.extraction.document import Document
from verifiers.extraction.prose import calendar, geometry, number, percentage, quantity, spoken, statistics
from verifiers.extraction.prose.marking import phrases
from verifiers.extraction.prose.phrases import Phrase

_FINDERS: Final[tuple[Callable[[Phrase], Iterator[Claim]], ...]] = (
    number.find, geometry.find, statistics.find, percentage.find, spoken.find, calendar.find, quantity.find,
)  # fmt: skip


def find(document: Document) -> Iterator[Claim]:
    """The claims in words of every step."""
    for phrase in phrases(document):
        for finder in _FINDERS:
            yield from finder(phrase)
