"""What an answer says of the numbered statements or conclusions of a question: "statement 2 is incorrect", "only two of
them are correct", "the answer is (b)".
"""

import re
from collections.abc import Iterator
from typing import Final

from verifiers.claims import Claim, Span
from verifiers.extraction.document import Document, Part
from verifiers.extraction.reasoning.arrangement_puzzles import arrangement
from verifiers.extraction.reasoning.choices import chosen_option, how_many, item_said
from verifiers.extraction.reasoning.numbered import count_told, told
from verifiers.extraction.reasoning.options import Posed
from verifiers.extraction.reasoning.posed import cut
from verifiers.extraction.reasoning.questions import read_question
from verifiers.extraction.reasoning.standing import asserting, standing

_LONGEST: Final = 6_000
_MOST: Final = 40
_GATE: Final = re.compile(r"\b(?:which|how many|statements?|conclusions?)\b", re.IGNORECASE)
_SAYS: Final = re.compile(r"\b(?:correct|incorrect|true|false|right|wrong|valid|invalid|holds?|follows?)\b", re.I)
_POSSIBLE: Final = re.compile(
    r"\b(?:possib\w+|probabl\w+|likely|could|might|may|sufficient|necessary|assum\w+|weaken\w*|strengthen\w*)\b",
    re.IGNORECASE,
)
_TURNED: Final = re.compile(r"\b(?:not|cannot|never|except|incorrect|false|wrong|can)\b|n['’]t\b", re.IGNORECASE)
_LISTED: Final = re.compile(r"\W*[A-Ea-e][).:]\W")
"""An option written out, which may or may not be the one chosen."""
_CHOOSES: Final = re.compile(r"\b(?:answer|option|choice)\b|\\boxed", re.IGNORECASE)


def find(document: Document) -> Iterator[Claim]:
    """Verdicts on numbered statements, one by one or counted, and the option chosen."""
    question = document.question.text
    if len(question) > _LONGEST or not _GATE.search(question):
        return
    text = "\n".join(part.text for part in document.steps)
    if not _SAYS.search(text) and not _CHOOSES.search(text):
        return
    parts = cut(question)
    if not parts.conclusions and (not parts.options or arrangement(question) is not None):
        return  # what an option of a puzzle says depends on what is asked; `arrangements` sees to that
    posed = read_question(question)
    if posed is None or _POSSIBLE.search(parts.asking):
        return
    numbers = tuple(c.number for c in parts.conclusions if c.number)
    noun = "statement" if parts.judged else "conclusion"
    found = (claim for part in document.steps for claim in _said(part, posed, numbers, noun))
    for at, claim in enumerate(standing(document, found)):
        if at < _MOST:
            yield claim
    if parts.conclusions or not _TURNED.search(parts.asking):
        yield from chosen_option(document, posed)


def _said(part: Part, posed: Posed, numbers: tuple[int, ...], noun: str) -> Iterator[Claim]:
    items = {item.label: item.formulas for item in posed.items}
    for start, end, _ in asserting(part):
        text = part.text[start:end]
        if _LISTED.match(text):
            continue
        for said in told(text, numbers, "hold", noun):
            formulas = items.get(str(said.number), ())
            claimed = list(item_said(str(said.number), formulas, holds=said.holds))
            if len(claimed) > 1 and (whole := how_many([(f"{noun} {said.number}", formulas)], 1)) is not None:
                claimed = [whole]
            span, words = Span(part.step, start + said.start, start + said.end), text[said.start : said.end]
            if not claimed:
                yield Claim(span=span, text=words, problem=f"{noun} {said.number} of the question is not read exactly")
            for formula in claimed:
                yield Claim(span=span, text=words, formula=formula)
        count = count_told(text, numbers)
        if count is not None:
            tally = how_many([(f"{noun} {n}", items.get(str(n), ())) for n in numbers], count.count)
            if tally is not None:
                span = Span(part.step, start + count.start, start + count.end)
                yield Claim(span=span, text=text[count.start : count.end], formula=tally)
