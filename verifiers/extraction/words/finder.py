"""The finder of word problems: claims their question can contradict, and remarks."""

from collections.abc import Iterator
from typing import Final

from verifiers.claims import Claim
from verifiers.extraction.document import Document
from verifiers.extraction.words.asking import is_word_problem
from verifiers.extraction.words.flow import flow
from verifiers.extraction.words.refutations import claims
from verifiers.extraction.words.remarks import remarks
from verifiers.verdicts import Remark

_LONGEST: Final = 20_000
"""Most characters of an answer; the rules compare every result with every number after it."""


def find(document: Document) -> Iterator[Claim | Remark]:
    """Claims and remarks of an answer to a word problem; nothing where the question is none."""
    if not is_word_problem(document.question.text) or sum(len(part.text) for part in document.steps) > _LONGEST:
        return
    read = flow(document)
    yield from claims(document, read)
    yield from remarks(document, read)
