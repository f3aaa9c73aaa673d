"""Questions that fit a computable template, and the answer's final result held against what they ask."""

from collections.abc import Iterator

from verifiers.claims import Claim
from verifiers.extraction.document import Document
from verifiers.extraction.results import finder, function_sets

__all__ = ["find"]


def find(document: Document) -> Iterator[Claim]:
    """Values, and sets that functions have."""
    yield from function_sets.find(document)
    yield from finder.find(document)
