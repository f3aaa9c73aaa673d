"""Over which numbers letters range, as a question says it in words, and whether angles are in degrees."""

import re
from collections.abc import Iterator
from typing import Final

from verifiers.claims import Domain
from verifiers.extraction.document import Document

_DOMAIN: Final = re.compile(
    r"\b(positive (?:integer|real|rational)s?(?: numbers?)?|non-?negative (?:integer|real)s?(?: numbers?)?"
    r"|natural numbers?|real numbers?|reals|integers?|prime numbers?|primes?|complex numbers?|rational numbers?)\s+"
    r"((?:[$\\(),\s]|and|[a-z](?![a-zA-Z])|_\{?\w{1,3}\}?|\\[lc]?dots){1,60})"
)
_LETTER: Final = re.compile(r"(?<![a-zA-Z\\])[a-z](?:_\{?\w{1,3}\}?)?(?![a-zA-Z])")


def domains(question: str) -> Iterator[tuple[str, Domain]]:
    seen: set[str] = set()
    for found in _DOMAIN.finditer(question[:20_000]):
        words = found.group(1)
        domain: Domain
        if words.startswith(("positive integer", "natural")):
            domain = "natural"
        elif words.startswith("positive"):
            domain = "positive"
        elif words.startswith(("nonnegative real", "non-negative real")):
            domain = "nonnegative"
        elif "integer" in words:
            domain = "integer"
        elif words.startswith("prime"):
            domain = "prime"
        elif words.startswith("complex"):
            domain = "complex"
        elif words.startswith("rational"):
            domain = "rational"
        else:
            domain = "real"
        for letter in _LETTER.findall(found.group(2)):
            if letter not in seen:
                seen.add(letter)
                yield letter, domain


def conventions(document: Document) -> Iterator[tuple[str, str]]:
    texts = (document.question.text, *(s.text for s in document.steps))
    if any("°" in t or "^\\circ" in t or "^{\\circ}" in t for t in texts):
        yield "angle", "degrees"
