"""Where an answer goes through cases: "for p = 2: …" and then "for p = 3: …", "Case 1" and then "Case 2"."""

import re
from collections.abc import Iterator
from typing import Final

from verifiers.extraction.document import Document

Place = tuple[int, int]
"""Step and offset; the question comes first."""

_ORDER: Final = (
    r"(?:(?:first(?:ly)?|second(?:ly)?|third(?:ly)?|next|finally|now|then|also|otherwise|similarly|alternatively|so|and)"
    r"\b[,:]?\s*){0,2}"
)
_LOOK: Final = (
    r"(?:for|if|when|suppose|supposing|assume|assuming|consider|take|try|trying|testing|checking"
    r"|let(?:'s|’s| us) (?:see|try|consider|check|test|look at|take|suppose|assume)"
    r"|we (?:see|try|consider|check|test|look at|take|suppose|assume))"
)
_FOR: Final = r"(?:\s+(?:that|when|if|the case|the value|what happens|happens|where|whether|with|of|for)){0,4}"
_IS: Final = (
    r"(?:=|≥|≤|>|<|≡|\\(?:ge|le|geq|leq|gt|lt|equiv)(?![a-z])|is (?:odd|even|prime|positive|negative|zero|non))"
)
_OPENS: Final = re.compile(
    rf"(?:^|\n)[\s*#>\-•]{{0,6}}(?:\(?\w{{1,3}}[.)]\s*)?{_ORDER}"
    rf"(?:(?P<case>(?:sub-?)?case\b)|{_LOOK}{_FOR}[\s\\($]{{1,6}}(?P<letter>[a-z])(?:_\{{?\w\}}?)?[\s\\)$]{{0,6}}{_IS})",
    re.IGNORECASE,
)
"""The opening of a line that takes up a case: the letter it fixes, or the word itself."""
_MOST: Final = 64


def branches(document: Document) -> Iterator[tuple[Place, Place]]:
    """Pairs of places: a case opens at the first, the next case of the same letter (or number) at the second."""
    opened: dict[str, Place] = {}
    found = 0
    for part in document.steps:
        for match in _OPENS.finditer(part.text):
            kind = (match.group("letter") or "case").lower()
            place = (part.step, match.start())
            if kind in opened:
                yield opened[kind], place
                found += 1
            if found >= _MOST:
                return
            opened[kind] = place
