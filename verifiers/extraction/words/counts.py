"""Impossible counts: people, animals and other things that come whole, counted below zero or broken."""

import re
from collections.abc import Iterator
from typing import Final, Literal

from verifiers.claims import Claim
from verifiers.expr import Const, Num, Sym, app, num
from verifiers.extraction.document import Document, Part
from verifiers.extraction.words.asking import Asked, asked, asking_sentence
from verifiers.extraction.words.computations import Computation
from verifiers.extraction.words.flow import Flow, Outcome, mentions, unmarked
from verifiers.extraction.words.nouns import DIVISIBLE, SIGNED, UNITS, WHOLE
from verifiers.extraction.words.statements import claim, plain

_SHARED: Final = re.compile(
    r"\b(?:averages?|mean|per|each|every|rate|ratio|probability|expect\w*|equivalent|worth)\b|/ ?[a-z]", re.IGNORECASE
)
_ROUNDED: Final = re.compile(
    r"round|whole|fraction|can(?:'t|’t|not)|could(?:n't|n’t| not)|only|at least|nearest|half a|enough|≈|approximately"
    r"|about",
    re.IGNORECASE,
)
_EXISTING: Final = re.compile(
    r"\b(?:there (?:are|were|is|was)|had|has|have)(?: a total of| only)?\s*$|\bwhich is\s*$", re.IGNORECASE
)
_APPROXIMATE: Final = re.compile(r"≈|\b(?:approximately|about|roughly|around|almost|nearly)\b", re.IGNORECASE)
_SIGNED_ASKED: Final = re.compile(
    r"\b(?:profit|loss|lose|lost|change|differ\w*|temperatures?|degrees?|points?|scores?|below|debt|owes?|balance|altitude"
    r"|elevation|net|gain\w*|above|average)\b",
    re.IGNORECASE,
)
_LESS_ASKED: Final = re.compile(r"\b(?:more|fewer|less)\b", re.IGNORECASE)
_AMOUNT_ASKED: Final = re.compile(r"\bhow (?:many|long|old|far|tall|heavy|big|wide|deep)\b", re.IGNORECASE)
_EXCESS_ASKED: Final = re.compile(
    r"\bhow (?:much|many) (?:more|fewer|less|longer|older|farther|further)\b", re.IGNORECASE
)
_WINDOW: Final = 160


def count_claims(document: Document, flow: Flow) -> Iterator[Claim]:
    """The broken or negative counts of the steps, or else of the result."""
    wanted = asked(document.question.text)
    found = False
    for computation in flow.results:
        head = _impossible(document, computation, wanted)
        if head is not None:
            found = True
            yield _computed(document.steps[computation.step], computation, head)
    if not found and flow.final is not None:
        yield from _final(document, flow.final, wanted)


def _impossible(document: Document, computation: Computation, wanted: Asked | None) -> Literal["ge", "in"] | None:
    result = computation.result
    if result is None or not result.noun or result.noun in SIGNED or result.money or result.percent or result.per:
        return None
    if result.value < 0:
        return "ge" if result.noun in WHOLE or (wanted is not None and result.noun in wanted.nouns) else None
    if result.value.denominator > 1 and result.noun in WHOLE and not _meant(document, computation, result.until):
        return "in"
    return None


def _meant(document: Document, computation: Computation, end: int) -> bool:
    """Whether a broken count is a mean or a rate, or a quotient on the way to a whole number.

    "They need 70/24 = 2.92 boxes" is on its way to 3 boxes; "there are 41/2 = 20.5 cars" is not, whatever follows.
    """
    text = document.steps[computation.step].text
    start = max(text.rfind(". ", 0, computation.start), text.rfind("\n", 0, computation.start)) + 1
    sentence = unmarked(text)[start : end + 24]
    if _SHARED.search(sentence):
        return True
    if _EXISTING.search(text[start : computation.start]):
        return _APPROXIMATE.search(text[start : end + _WINDOW]) is not None
    after = text[end : end + _WINDOW]
    if len(after) < _WINDOW and computation.step + 1 < len(document.steps):
        after += " " + document.steps[computation.step + 1].text[:_WINDOW]
    assert computation.result is not None
    below = computation.result.value.__floor__()
    written = {m.value for m in mentions(after, 0)}
    return bool(written & {below, below + 1}) or _ROUNDED.search(after + sentence) is not None


def _computed(part: Part, computation: Computation, head: Literal["ge", "in"]) -> Claim:
    result = computation.result
    assert result is not None
    name = " ".join(result.words)
    relation = app("ge", Sym(name), num(0)) if head == "ge" else app("in", Sym(name), Const("integers"))
    values = [(name, Num(result.value))]
    return claim(part, result.start, result.until, "count", relation, values, part.text[result.start : result.until])


def _final(document: Document, final: Outcome, wanted: Asked | None) -> Iterator[Claim]:
    part = document.steps[final.step]
    sentence = asking_sentence(document.question.text)
    name = wanted.text if wanted else "result"
    values = [(name, Num(final.value))]
    stated = f"{plain(final.value)} {wanted.text}" if wanted else plain(final.value)
    if final.value < 0 and not _SIGNED_ASKED.search(sentence):
        counted = wanted is not None and not wanted.measured and wanted.head not in SIGNED
        measured = _AMOUNT_ASKED.search(sentence) is not None and not _LESS_ASKED.search(sentence)
        if counted or measured or _EXCESS_ASKED.search(sentence):
            yield claim(part, final.start, final.end, "count", app("ge", Sym(name), num(0)), values, stated)
    elif wanted is not None and final.value.denominator > 1 and _whole(wanted) and not _SHARED.search(sentence):
        relation = app("in", Sym(name), Const("integers"))
        yield claim(part, final.start, final.end, "count", relation, values, stated)


def _whole(wanted: Asked) -> bool:
    return not wanted.measured and wanted.head not in DIVISIBLE and wanted.head not in UNITS
