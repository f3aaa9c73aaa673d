"""Claims made in words: one finder for each kind of statement, all on sentences marked once."""

from collections.abc import Iterator

from verifiers.claims import Claim
from verifiers.extraction.document import Document
from verifiers.extraction.prose import calendar, geometry, number, percentage, quantity, spoken, statistics
from verifiers.extraction.prose.phrases import phrases


def find(document: Document) -> Iterator[Claim]:
    for phrase in phrases(document):
        for finder in _FINDERS:
            yield from finder(phrase)


_FINDERS = (number.find, geometry.find, statistics.find, percentage.find, spoken.find, calendar.find, quantity.find)
