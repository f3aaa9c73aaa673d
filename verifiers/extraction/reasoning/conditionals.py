"""What an answer concludes from conditionals that the question states."""

import re
from collections.abc import Iterator
from typing import Final

from verifiers.claims import Claim, Consistency, Deduction, Span
from verifiers.extraction.document import Document
from verifiers.extraction.reasoning.arguments import denied
from verifiers.extraction.reasoning.clashes import Clash, clashes
from verifiers.extraction.reasoning.inference_words import led, pieces
from verifiers.extraction.reasoning.options import Item, OptionSaid, Posed, of_numbered
from verifiers.extraction.reasoning.posed import Question, cut
from verifiers.extraction.reasoning.propositions import Proposition, Propositions
from verifiers.extraction.reasoning.standing import asserting, standing
from verifiers.logic.problems import Statement

_GATE: Final = re.compile(r"\b(?:if|unless|whenever|either|only when)\b", re.IGNORECASE)
_FORMULAS: Final = re.compile(r"[$\\=<>+]|\d")
_LONGEST: Final = 2_500
_MOST: Final = 10
_NONE: Final = re.compile(r"\b(?:none of|no conclusion|neither of)\b", re.IGNORECASE)
_TAIL: Final = re.compile(
    r"^(?:since|because|as|given that) .{4,160}?, (?:so |then |therefore |we (?:can )?conclude that )?"
)
_REFUSED: Final = re.compile(
    r"\b(?:necessarily|cannot (?:conclude|say|know|infer)|can['’]t (?:conclude|say|know|infer)|does(?: not"
    r"|n['’]t) (?:follow|mean"
    r"|imply)|fallacy|whether|assum\w+|contradict\w*|incorrect|wrong|false)\b",
    re.IGNORECASE,
)


class _Given:
    """The conditionals of a question."""

    def __init__(self, parts: Question) -> None:
        self.clauses = Propositions()
        read = [self.clauses.read(s.text) for s in parts.statements]
        tails = self.clauses.left_out()
        if tails:
            self.clauses = Propositions(tails)
            read = [self.clauses.read(s.text) for s in parts.statements]
        self.premises = [p for p in read if p is not None]
        self.numbered = {s.number: p for s, p in zip(parts.statements, read, strict=True) if s.number and p is not None}
        self.judged = parts.judged
        self.complete = len(self.premises) == len(read)
        self.is_one = self.complete and tails is not None and any(not p.is_plain for p in self.premises)

    def deduction(self, found: Proposition, *, necessity: bool) -> Deduction:
        convention = tuple(c for p in self.premises for c in p.convention)
        # What reads in two ways as a conclusion would have to be concluded in both.
        if found.convention:
            necessity = False
        return Deduction(
            problem=self.clauses.problem(self.premises),
            conclusion=Statement(found.sentence, found.text),
            modality="must" if necessity else "is",
            convention=convention,
        )


    def is_new(self, found: Proposition) -> bool:
        return all(found.sentence != p.sentence for p in self.premises)

    def together(self, clash: Clash) -> Consistency | None:
        """That statements can all be true, or not."""
        if self.judged or not set(clash.numbers) <= set(self.numbered):
            return None
        premises = [self.numbered[n] for n in clash.numbers] or self.premises
        convention = tuple(c for p in premises for c in p.convention)
        return Consistency(problem=self.clauses.problem(premises), holds=clash.fits, convention=convention)


def find(document: Document) -> Iterator[Claim]:
    """Clauses of the question that the answer asserts or denies."""
    text = document.question.text
    if len(text) > _LONGEST or not _GATE.search(text) or _FORMULAS.search(re.sub(r"(?:^|\s)\(?\d\)?[.)]", " ", text)):
        return
    parts = cut(text)
    if len(parts.statements) > 10 or not parts.statements:
        return
    given = _Given(parts)
    if not given.is_one:
        return
    yield from standing(document, _asserted(document, given))


def _asserted(document: Document, given: _Given) -> Iterator[Claim]:
    for part in document.steps:
        count = 0
        for start, end, _ in asserting(part):
            sentence = part.text[start:end]
            for clash in clashes(sentence):
                if (together := given.together(clash)) is not None:
                    span = Span(part.step, start + clash.start, start + clash.end)
                    yield Claim(span=span, text=sentence[clash.start : clash.end], formula=together)
            if _REFUSED.search(sentence):
                continue
            for left, right in _clauses(sentence, given):
                count += 1
                found = given.clauses.read(sentence[left:right], new=False)
                if count <= _MOST and found is not None:
                    span = Span(part.step, start + left, start + right)
                    formula = given.deduction(found, necessity=False)
                    yield Claim(span=span, text=sentence[left:right], formula=formula)


def _clauses(sentence: str, given: _Given) -> Iterator[tuple[int, int]]:
    """What a sentence asserts beyond what is given: the whole of it, or its clauses where all of them are read."""
    lead = _TAIL.match(sentence.lower())
    offset = lead.end() if lead else 0
    whole = given.clauses.read(sentence[offset:], new=False)
    if whole is not None:
        if not whole.convention and given.is_new(whole):
            yield offset, len(sentence)
        return
    cuts = [
        (led(sentence, first, last), last)
        for left, right in pieces(sentence)
        for first, last in _joined(sentence, left, right)
    ]
    found = [given.clauses.read(sentence[left:right], new=False) for left, right in cuts]
    if len(cuts) > 1 and all(clause is not None and not clause.convention for clause in found):
        yield from (cut for cut, clause in zip(cuts, found, strict=True) if clause is not None and given.is_new(clause))


def _joined(text: str, left: int, right: int) -> Iterator[tuple[int, int]]:
    """Clauses joined by "and"."""
    for joint in re.finditer(r",? and ", text[:right]):
        if joint.start() > left:
            yield left, joint.start()
            left = joint.end()
    yield left, right


def posed_conditionals(parts: Question) -> Posed | None:
    """A question on conditionals whose options, or numbered conclusions, are clauses or conditionals themselves."""
    text = " ".join(s.text for s in parts.statements)
    if (
        not _GATE.search(text)
        or len(parts.statements) > 10
        or not re.search(r"conclu|infer|follow|valid|must|correct|true", parts.asking)
    ):
        return None
    given = _Given(parts)
    if not given.is_one:
        return None
    if denied(parts) and not parts.conclusions:
        return None
    labelled = [(str(c.number), c.text) for c in parts.conclusions] or list(parts.options)
    items = []
    for label, told in labelled:
        found = None if _NONE.search(told) else given.clauses.read(told)
        if found is not None:
            items.append((label, told, found))
    # Symbols are complete only now: a conclusion may bring clauses of its own.
    made = tuple(Item(label, told, (given.deduction(found, necessity=True),)) for label, told, found in items)
    read = {item.label for item in made}
    options = []
    for letter, told in parts.options:
        if parts.conclusions:
            numbers = tuple(c.number for c in parts.conclusions)
            options.append(of_numbered(letter, told, numbers, denied=denied(parts)))
            continue
        if _NONE.search(told):
            wants = tuple((other, False) for other, _ in parts.options if other != letter)
        else:
            wants = ((letter, True),) if letter in read else ()
        options.append(OptionSaid(letter, told, wants))
    return Posed(made, tuple(options)) if made else None
