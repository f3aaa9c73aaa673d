"""What of an answer is asserted, and what of that stands in the end."""

import re
from collections.abc import Iterator
from typing import Final

from verifiers.claims import Claim
from verifiers.extraction.document import Document, Part
from verifiers.extraction.reasoning.inference_words import RETRACTING

_LONGEST: Final = 400
_SILENT: Final = re.compile(
    r"\?\W*$|\b(?:if|whether|suppose|supposing|assum\w+|imagine|would|might|could|need to|want to|let['’]?s"
    r"|let us|unless"
    r"|to (?:check|see|verify|determine|test|decide)|consider|checking|for (?:example|instance)|e\.g\.|hypothetical\w*"
    r"|scenario|not sure|wait|perhaps|options?:)",
    re.IGNORECASE,
)
_SUPPOSING: Final = re.compile(
    r"\b(?:suppose|supposing|assum(?:e|ing)|imagine|for (?:example|instance)|let['’]?s say|consider a|counter-?example"
    r"|picture|contrary|venn|scenario|case)\b",
    re.IGNORECASE,
)


def standing(document: Document, claims: Iterator[Claim]) -> Iterator[Claim]:
    """The claims made after the last sentence that takes something back."""
    for part in reversed(document.steps):
        found = [m.end() for m in RETRACTING.finditer(part.text)]
        if found:
            yield from (c for c in claims if (c.span.step, c.span.start) >= (part.step, found[-1]))
            return
    yield from claims


def asserting(part: Part) -> Iterator[tuple[int, int, str]]:
    """Sentences that assert, with what comes after them."""
    supposing = False
    for index, sentence in enumerate(part.sentences):
        start, end = sentence.start, sentence.end
        text = part.text[start:end]
        if index and "\n\n" in part.text[part.sentences[index - 1].end : start]:
            supposing = False
        if _SUPPOSING.search(text):
            supposing = True
        if supposing or end - start > _LONGEST or _SILENT.search(text):
            continue
        yield start, end, part.text[end : end + 120].lstrip()
