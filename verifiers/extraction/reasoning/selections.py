"""Answers to puzzles of choosing a team: who is said to be in it, held against the conditions."""

import re
from collections.abc import Iterator
from typing import Final

from verifiers.claims import Claim, Deduction, Span
from verifiers.extraction.document import Document, Part
from verifiers.extraction.reasoning.inference_words import HEDGE, SILENT, SUPPOSED, TAKEN_BACK, led, pieces
from verifiers.extraction.reasoning.selection_puzzles import Selection, selection
from verifiers.extraction.reasoning.standing import standing
from verifiers.logic.problems import Statement

_MOST: Final = 10
_LONGEST: Final = 600
_CONDITION: Final = re.compile(r"\bif\b|\bwhen\b|\bunless\b", re.IGNORECASE)
_FINAL: Final = re.compile(
    r"\W*(?:(?:so|hence|therefore|thus|finally),? )?(?:the )?(?:\w+ )?(?:team|committee|group|panel|delegation"
    r"|squad|crew) (?:is|must be|consists of|must consist of)\b",
    re.IGNORECASE,
)
"""The last sentence may give the answer, whatever was supposed before."""
UNREAD: Final = "what this says of the choice is not read exactly"


def find(document: Document) -> Iterator[Claim]:
    """Who is chosen and who is not, as sentences say it; behind a supposition nothing is claimed."""
    posed = selection(document.question.text)
    if posed is None:
        return
    found = (claim for part, start, end in _asserted(document) for claim in _said(part, start, end, posed))
    counts: dict[int, int] = {}
    for claim in standing(document, found):
        counts[claim.span.step] = counts.get(claim.span.step, 0) + 1
        if counts[claim.span.step] <= _MOST:
            yield claim


def _asserted(document: Document) -> Iterator[tuple[Part, int, int]]:
    supposed = False
    for part in document.steps:
        for at, sentence in enumerate(part.sentences):
            text = part.text[sentence.start : sentence.end]
            after = part.sentences[at + 1] if at + 1 < len(part.sentences) else None
            taken_back = after is not None and TAKEN_BACK.match(part.text, after.start, after.end)
            if SUPPOSED.search(text) or taken_back:
                supposed = True
            if supposed and not (after is None and part is document.steps[-1] and _FINAL.match(text)):
                continue
            if len(text) <= _LONGEST and not SILENT.search(text):
                yield part, sentence.start, sentence.end


def _said(part: Part, start: int, end: int, posed: Selection) -> Iterator[Claim]:
    text = part.text[start:end]
    if "<" not in posed.level(text):
        return
    if posed.unread:
        yield Claim(
            span=Span(part.step, start, end), text=text, problem=f"the puzzle is not understood: “{posed.unread}”"
        )
        return
    given = {statement.sentence for statement in posed.premises}
    cuts = [(led(text, 0, len(text)), len(text))]
    if posed.read(posed.level(text[cuts[0][0] :])) is None:
        cuts = [(led(text, left, right), right) for left, right in pieces(text)]
    read = [posed.read(posed.level(text[left:right])) for left, right in cuts]
    if any(found is None and HEDGE.search(text[left:right]) for (left, right), found in zip(cuts, read, strict=True)):
        read = [None] * len(read)
    if not any(read) and not _CONDITION.search(text):
        yield Claim(span=Span(part.step, start, end), text=text, problem=UNREAD)
    for (left, right), found in zip(cuts, read, strict=True):
        # What can be is said of the conditions looked at so far, perhaps.
        if found is None or found.sentence in given or found.convention or found.modality == "can":
            continue
        words = text[left:right]
        formula = Deduction(
            problem=posed.problem(),
            conclusion=Statement(found.sentence, words),
            modality=found.modality,
            convention=posed.convention,
        )
        yield Claim(span=Span(part.step, start + left, start + right), text=words, formula=formula)
