"""Answer text to claims: the document is read once, each finder looks for claims of its own sort in it.

A new sort of claim is one finder file and one row of `FINDERS`.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from verifiers.claims import Claim
from verifiers.extraction.document import Document, Extraction
from verifiers.verdicts import Remark

Finder: TypeAlias = Callable[[Document], Iterator[Claim | Remark]]

FINDERS: Final[tuple[Finder, ...]] = ()
"""In order of precedence: of two claims about one span the first with a formula is kept."""


def extract(question: str, steps: Sequence[str]) -> Extraction:
    """Finds the claims of an answer. Linear in its length, never raises on any text."""
    return Extraction((), ())
