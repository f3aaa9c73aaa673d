"""What of an answer stands in the end."""

from collections.abc import Iterator

from verifiers.claims import Claim
from verifiers.extraction.document import Document
from verifiers.extraction.reasoning.inference_words import RETRACTING


def standing(document: Document, claims: Iterator[Claim]) -> Iterator[Claim]:
    """The claims made after the last sentence that takes something back."""
    for part in reversed(document.steps):
        found = [m.end() for m in RETRACTING.finditer(part.text)]
        if found:
            yield from (c for c in claims if (c.span.step, c.span.start) >= (part.step, found[-1]))
            return
    yield from claims
