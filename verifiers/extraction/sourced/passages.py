"""Statements about a passage that the question gives: "Passage (Article 56): …". Without one, nothing is claimed."""

import re
from collections.abc import Iterator
from typing import Final

from verifiers.claims import Claim, Excerpt, Fact, Span
from verifiers.extraction.document import Document, Mood
from verifiers.facts.clauses import whole
from verifiers.facts.lexicon import LIGHT
from verifiers.facts.topics import words_of

_PASSAGE: Final = re.compile(
    r"^[ \t]*(?:passage|source)(?:[ \t]*\((?P<source>[^()\n]{1,200})\))?[ \t]*:[ \t]*(?P<text>\S.*?)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_LEAST: Final = 2
"""Content words by which a sentence shows that it is about the passage."""


def find(document: Document) -> Iterator[Claim]:
    """Each asserted sentence that shares most of its words with a passage of the question."""
    passages = tuple(
        Excerpt(source=match["source"] or "the passage", text=match["text"], start=match.start("text"))
        for match in _PASSAGE.finditer(document.question.text)
    )
    if not passages:
        return
    given = frozenset[str]().union(*(words_of(passage.text) for passage in passages))
    for part in document.steps:
        for sentence in part.sentences:
            text = part.text[sentence.start : sentence.end]
            if sentence.mood is not Mood.ASSERTED or len(text) > 1_000:
                continue
            keys = whole(text).keys - LIGHT
            if len(keys & given) >= _LEAST and 2 * len(keys & given) >= len(keys):
                formula = Fact(statement=text.strip(), passages=passages)
                yield Claim(span=Span(part.step, sentence.start, sentence.end), text=text, formula=formula)
