"""Counts told in words: "the number of ways to choose 3 of 10 books is 120"."""

import re
from collections.abc import Iterator
from typing import Final

from verifiers.claims import Claim, Counting, Span
from verifiers.expr import num
from verifiers.extraction.document import Document, Mood

_N: Final = r"\$?(\d{1,5})\$?"
_RESULT: Final = r"(?: is| equals| =)(?: equal to)? \$?(\d{1,15}(?:,\d{3})*)\$?(?= ?(?:[.;!]|,(?!\d)|$|\n))(?!\.\d)"
_CHOSEN: Final = re.compile(
    rf"number of ways (?:to|of) (?:choose|choosing|select|selecting|pick|picking) {_N}(?: [a-z]{{2,20}})? (?:of"
    rf"|out of|from|from among)"
    rf"(?: the| a (?:group|set|total) of)? {_N}(?: (?:different|distinct))?(?: [a-z]{{2,20}})?{_RESULT}"
)
_ARRANGED: Final = re.compile(
    rf"number of ways (?:to|of) (?:arrange|arranging|order|ordering) {_N} (?:different|distinct) [a-z]{{2,20}}"
    rf"(?: in a (?:row|line))?{_RESULT}"
)


def find(document: Document) -> Iterator[Claim]:
    """Asserted sentences only."""
    for part in document.steps:
        for sentence in part.sentences:
            if sentence.mood is not Mood.ASSERTED or sentence.end - sentence.start > 600:
                continue
            text = part.text[sentence.start : sentence.end]
            for pattern, model in ((_CHOSEN, "combinations"), (_ARRANGED, "arrangements")):
                for match in pattern.finditer(text):
                    *parameters, result = (num(group.replace(",", "")) for group in match.groups())
                    chosen = tuple(reversed(parameters))
                    span = Span(part.step, sentence.start + match.start(), sentence.start + match.end())
                    yield Claim(
                        span=span, text=match.group(), formula=Counting(model=model, parameters=chosen, result=result)
                    )
