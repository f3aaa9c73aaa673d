"""What answers and options say of sets that overlap, held against the question."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

import msgspec

from verifiers.claims import Claim, Deduction, Span
from verifiers.extraction.document import Document, Part
from verifiers.extraction.reasoning.arguments import denied
from verifiers.extraction.reasoning.choices import claims
from verifiers.extraction.reasoning.count_phrases import NUMBER, clause
from verifiers.extraction.reasoning.inference_words import led, pieces
from verifiers.extraction.reasoning.options import Item, OptionSaid, Posed, of_numbered
from verifiers.extraction.reasoning.posed import Question, cut
from verifiers.extraction.reasoning.set_counts import ASKS, LEAD, Counted, levelled, members_of, read_counts
from verifiers.extraction.reasoning.standing import standing
from verifiers.extraction.reasoning.venn import Group
from verifiers.logic.problems import Statement

_LONGEST: Final = 1_500
_GATE: Final = re.compile(
    r"\b(?:both|neither|at least one|exactly one|only one|either|none|all three|as well as|how many .{3,60} and )\b",
    re.I,
)
_RESULT: Final = re.compile(
    rf"(?:\banswer(?: is|:)|\\boxed\{{|####|\bfinal answer\b\W*(?:is)?)\s*(?:\*\*|\$|\\boxed\{{"
    rf"|\()*\s*(?P<n>{NUMBER})\b(?!\s*[/*×+−-]\s*\d)"
    r"(?P<unit>\s*(?:\\?%|percent))?",
    re.IGNORECASE,
)


def find(document: Document) -> Iterator[Claim]:
    """The result of such a question, and sentences that tell the size of a group."""
    text = document.question.text
    if not _GATE.search(text) or not ASKS.search(text) or len(text) > _LONGEST or "\\" in text:
        return
    counted = read_counts(cut(text))
    if counted is None:
        return
    yield from standing(document, (claim for part in document.steps for claim in _told(part, counted)))
    last = next(((p, m) for p in reversed(document.steps) for m in list(_RESULT.finditer(p.text))[::-1]), None)
    if last is not None and counted.asked is not None:
        part, match = last
        value = Fraction(match["n"].replace(",", "")) if match["n"][0].isdigit() else None
        if value is not None and (not match["unit"] or counted.percent):
            said = _asked(counted, "eq", value, match.group().strip())
            yield from claims(part, match.start(), match.end(), said)


def posed_counts(parts: Question) -> Posed | None:
    """Such a question with options: numbers, or statements to be judged."""
    text = f"{' '.join(s.text for s in parts.statements)} {parts.asking}"
    if not re.search(r"\d", text):
        return None
    counted = read_counts(parts)
    if counted is None:
        return None
    items: list[Item] = []
    options: list[OptionSaid] = []
    if parts.conclusions:
        for conclusion in parts.conclusions:
            formula = _statement(counted, conclusion.text, necessity=True)
            if formula is not None:
                items.append(Item(str(conclusion.number), conclusion.text, (formula,)))
        numbers = tuple(c.number for c in parts.conclusions)
        for letter, text in parts.options:
            options.append(of_numbered(letter, text, numbers, denied=denied(parts)))
        return Posed(tuple(items), tuple(options)) if items else None
    if denied(parts):
        return None
    for letter, text in parts.options:
        match = re.match(rf"^\W*(?P<n>{NUMBER})(?: ?%)?(?: \w+)?(?P<or> or (?:more|less|fewer))?\W*$", text.lower())
        if match and counted.asked is not None:
            relation = {"": "eq", " or more": "ge"}.get(match["or"] or "", "le")
            formulas = tuple(_asked(counted, relation, Fraction(match["n"].replace(",", "")), text, necessity=True))
        else:
            told = _statement(counted, text, necessity=True)
            formulas = (told,) if told is not None else ()
        if formulas:
            items.append(Item(letter, text, formulas))
        options.append(OptionSaid(letter, text, ((letter, True),) if formulas else ()))
    return Posed(tuple(items), tuple(options)) if items else None


def _deduction(
    counted: Counted, members: Group, relation: str, value: Fraction, text: str, *, necessity: bool
) -> Deduction:
    conclusion = Statement(counted.diagram.relation(members, relation, value), text)
    return Deduction(problem=counted.diagram.problem(), conclusion=conclusion, modality="must" if necessity else "is")


def _asked(
    counted: Counted, relation: str, value: Fraction, text: str, *, necessity: bool = False
) -> Iterator[Deduction]:
    """That the number asked for is this; a least or greatest number must hold and can be reached."""
    assert counted.asked is not None
    if not counted.bound or relation != "eq":
        yield _deduction(counted, counted.asked, relation, value, text, necessity=necessity)
        return
    yield _deduction(counted, counted.asked, counted.bound, value, text, necessity=True)
    reached = _deduction(counted, counted.asked, "eq", value, text, necessity=False)
    yield msgspec.structs.replace(reached, modality="can")


def _statement(counted: Counted, text: str, words: str = "", *, necessity: bool = False) -> Deduction | None:
    """A clause about one of the question's groups, and the words it stands for."""
    found = clause(LEAD.sub("", levelled(text)))
    if found is None or found.percent is not counted.percent or not (found.verb or found.phrase):
        return None
    members = members_of(found.subject, found.phrase, counted.diagram.sets, counted.population)
    if members is None:
        return None
    return _deduction(counted, members, found.relation, found.number, words or text, necessity=necessity)


_OPENING: Final = re.compile(
    r"(?:(?:so|therefore|thus|hence|then|this means|that means|finally|consequently|in conclusion|we (?:get"
    r"|find|see|have)"
    r"|as a result)\b,?\s*(?:that\s+)?)*",
    re.IGNORECASE,
)
_HEDGED: Final = re.compile(
    r"\b(?:if|suppose|assume|would|could|might|should|counted|counting|twice|double|total of|sum|including"
    r"|overlap|wait)\b|\?",
    re.IGNORECASE,
)


_EXPLICIT: Final = re.compile(
    r"\b(?:both|neither|only|at least one|exactly one|exactly two|none|but not|all three)\b"
)
_SUM: Final = re.compile(r"[\d\s+\-−–*×()]{3,80}=\s*")
_LABELLED: Final = re.compile(
    r"(?:^|(?<=[.;,\n]\s)|(?<=[-•*]\s))(?P<phrase>(?:[Oo]nly|[Bb]oth|[Nn]either|[Nn]one|[Ee]xactly (?:one|two)"
    r"|[Aa]t least one|[Aa]ll three)\b[^:=\d\n.;,]{0,60}?|[A-Z]?[a-z]+ only)"
    r"\s*[:=]\s*(?:[\d\s+\-−–*×()]{3,80}=\s*)?[*$]*"
    r"(?P<n>\d{1,6})[*$]*(?=\s*(?:[.;,\n]|$))"
)
"""A region's label with its size: "Only tea: 60 - 20 = 40"."""


def _told(part: Part, counted: Counted) -> Iterator[Claim]:
    """Clauses and labels that tell the size of a group in so many words."""
    for sentence in part.sentences[:40]:
        text = part.text[sentence.start : sentence.end]
        if _HEDGED.search(levelled(text)):
            continue
        for found in _LABELLED.finditer(text):
            formula = _statement(counted, f"{found['n']} {found['phrase'].strip().lower()}", found.group())
            if formula is not None:
                yield _claim(part, sentence.start + found.start(), sentence.start + found.end(), formula)
        for left, right in pieces(text):
            left = led(text, left, right)
            opening = _OPENING.match(text, left, right)
            start = opening.end() if opening else left
            if (computed := _SUM.match(text, start, right)) is not None:
                start = computed.end()
            plain = levelled(text[start:right])
            # "Only 40 study maths" may be meant for "40 study only maths".
            if len(plain) > 120 or plain.startswith("only") or not _EXPLICIT.search(plain):
                continue
            formula = _statement(counted, text[start:right])
            if formula is not None:
                yield _claim(part, sentence.start + start, sentence.start + right, formula)


def _claim(part: Part, start: int, end: int, formula: Deduction) -> Claim:
    return Claim(span=Span(part.step, start, end), text=part.text[start:end], formula=formula)
