"""Puzzles whose setting is not understood (two rows, a team to be chosen, people who face different ways): what an
answer says of the people in them is told to be unchecked.
"""

import re
from collections.abc import Iterator
from typing import Final

from verifiers.claims import Claim, Span
from verifiers.extraction.document import Document
from verifiers.extraction.reasoning.inference_words import SILENT, SUPPOSED

PROBLEM: Final = "the setting of the puzzle is not understood"
_LONGEST: Final = 6_000
_MOST: Final = 10
_PROPER: Final = r"[A-Z][\w’'-]*"
_LIST: Final = re.compile(rf"\b{_PROPER}(?:, {_PROPER})+,? (?:and|or|&) {_PROPER}(?![\w’'-])")
_PLACED: Final = re.compile(
    r"\b(?:(?:immediate|immediately|directly) (?:to the )?(?:left|right|above|below|before|after|behind)"
    r"|(?:left|right) of|next to|adjacent|opposite|faces?|facing|(?:left|right|extreme) end|sits?|sitting|seated"
    r"|stands?|floor|seat|neighbou?rs?|middle|row|chosen|selected|team|committee|first|second|third|fourth|fifth|last)\b",
    re.IGNORECASE,
)
_CLUE: Final = re.compile(
    r"\b(?:left|right|next to|adjacent|opposite|between|above|below|before|after|faces|chosen|selected|in the team)\b",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(
    r"\bhow (?:many|much|long|far|old|fast)\b|\bprobab|[$\\=]|\bways\b|\bratio\b|\bangle|\btriangle|\bpoints?\b"
    r"|\bpath\b|\bkm\b|\bmetres?\b|\bmeters?\b",
    re.IGNORECASE,
)


def unread(document: Document) -> Iterator[Claim]:
    """Sentences of the answer about people whom such a puzzle places."""
    question = document.question.text
    if len(question) > _LONGEST or len(_CLUE.findall(question)) < 2 or _OTHER.search(question):
        return
    listed = _LIST.search(question)
    if listed is None:
        return
    names = re.findall(_PROPER, listed[0])
    named = re.compile(rf"(?<![\w’'-])(?:{'|'.join(map(re.escape, names))})(?![\w’'-])")
    clues = [s for s in re.split(r"[.?!;\n]", question) if _CLUE.search(s) and named.search(s)]
    if len(names) < 3 or len(clues) < 2:
        return
    for part in document.steps:
        told = 0
        for sentence in part.sentences:
            text = part.text[sentence.start : sentence.end]
            if SILENT.search(text) or SUPPOSED.search(text) or not (named.search(text) and _PLACED.search(text)):
                continue
            told += 1
            if told <= _MOST:
                yield Claim(span=Span(part.step, sentence.start, sentence.end), text=text, problem=PROBLEM)
