"""Written solutions of arrangement puzzles: what each sentence claims of the order, against the puzzle.

A sentence is taken for what it says: that something is so is refuted only where the puzzle excludes it, that it must
be so also by an arrangement in which it is not. Behind a supposition nothing is claimed but the final answer.
"""

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from verifiers.claims import Arrangements, Claim, Deduction, Span
from verifiers.expr import Apply, Expr
from verifiers.extraction.document import Document, Part
from verifiers.extraction.reasoning.arrangement_answers import answers
from verifiers.extraction.reasoning.arrangement_counts import told
from verifiers.extraction.reasoning.arrangement_puzzles import Puzzle, arrangement, level
from verifiers.extraction.reasoning.facts import Fact, Facts
from verifiers.extraction.reasoning.groups import conj
from verifiers.extraction.reasoning.inference_words import HEDGE, RETRACTING, SILENT, SUPPOSED, TAKEN_BACK, led, pieces
from verifiers.extraction.reasoning.listings import Listing, listing
from verifiers.extraction.reasoning.selection_puzzles import selection
from verifiers.extraction.reasoning.unread_puzzles import unread
from verifiers.logic.problems import Problem, Statement

_LONGEST: Final = 1_500
_MOST_CLAIMS: Final = 10
_MOST_PARTS: Final = 12
_SAYS: Final = re.compile(
    r"[=:→>]|\b(?:is|are|was|were|must|can|cannot|has|have|had|does|did|will|sits?|stands?|lives?|finish\w*|comes?|came"
    r"|goes|gets?|takes?|took|owns?|likes?|faces?|occup\w+|leaves?|left|[a-z]{3,}s)\b"
)
"""Of a sentence: it says something, and does not just name somebody."""
_NUMBERING: Final = re.compile(
    r"\b(?:number|label|call|denot|count|plac|position|seat|spot|chair|slot)(?:e?d|ing|e?s)?\b[^.\n]{0,60}?\b1\b[^.\n]{0,30}?"
    r"\bfrom (?:the )?(?:(?P<low>left|bottom|front|ground)|(?P<high>right|top|back))\b"
    r"|\b(?:number|label|count)(?:ing|ed|s)?\b[^.\n]{0,40}\b(?:seat|place|position|spot|chair|slot)s?\b[^.\n]{0,20}?"
    r"\bfrom (?:the )?(?:(?P<low2>left|bottom|front|ground)|(?P<high2>right|top|back))\b",
    re.IGNORECASE,
)
"""The writer numbers the places."""
_TENTATIVE: Final = re.compile(r"\b(?:if|might|could|may|no,)\b|^\W*no\b", re.IGNORECASE)
UNREAD: Final = "what this says of the puzzle is not read exactly"


def find(document: Document) -> Iterator[Claim]:
    """Conclusions and answers to an arrangement puzzle that the question poses."""
    posed = arrangement(document.question.text)
    if not document.steps:
        return
    if posed is None:
        if selection(document.question.text) is None:
            yield from unread(document)
        return
    if posed.unread:
        yield from _unread(document, posed)
        return
    claims = list(_Solution(posed).read(document))
    last = _retracted(document)
    yield from (claim for claim in claims if (claim.span.step, claim.span.start) >= last)


def _unread(document: Document, posed: Puzzle) -> Iterator[Claim]:
    """Sentences about the objects of a puzzle that is not understood, the first one if none is about them."""
    problem = f"the puzzle is not understood: “{posed.unread}”"
    every = [(part, sentence) for part in document.steps for sentence in part.sentences]
    told = [(part, s) for part, s in every if _is_said(part.text[s.start : s.end], posed)]
    for part, sentence in told[: _MOST_CLAIMS * 2] or every[:1]:
        span = Span(part.step, sentence.start, sentence.end)
        yield Claim(span=span, text=part.text[sentence.start : sentence.end], problem=problem)


def _is_said(text: str, posed: Puzzle) -> bool:
    """Whether a sentence asserts something of the puzzle's objects."""
    if len(text) > _LONGEST or not _SAYS.search(text) or any(p.search(text) for p in (SILENT, SUPPOSED, _TENTATIVE)):
        return False
    return next(iter(posed.frame.names.mentions(text)), None) is not None


def _retracted(document: Document) -> tuple[int, int]:
    for part in reversed(document.steps):
        if found := [m.end() for m in RETRACTING.finditer(part.text)]:
            return part.step, found[-1]
    return -1, 0


class _Solution:
    """One answer read from front to back."""

    def __init__(self, posed: Puzzle) -> None:
        self.posed = posed
        self.problem = posed.frame.problem(posed.premises)
        self.given = {statement.sentence for statement in posed.premises}
        self.counting = 0
        self.supposed = False
        self.told: dict[Expr, Statement] = {}
        """What the answer has considered so far: clues restated, conclusions drawn."""
        self.free: dict[int, Facts] = {}
        self.claimed: set[Fact] = set()

    def read(self, document: Document) -> Iterator[Claim]:
        for part in document.steps:
            claims = missed = 0
            for sentence, after in zip_longest(part.sentences, part.sentences[1:]):
                if sentence.end - sentence.start > _LONGEST:
                    continue
                if after is not None and TAKEN_BACK.match(part.text, after.start, after.end):
                    self.supposed = True
                for claim in self._sentence(part, sentence.start, sentence.end):
                    missed += claim.formula is None
                    claims += claim.formula is not None
                    if (claims if claim.formula is not None else missed) <= _MOST_CLAIMS:
                        yield claim

    def _facts(self) -> Facts:
        if self.counting not in self.free:
            self.free[self.counting] = Facts(self.posed.frame, self.counting)
        return self.free[self.counting]

    def _sentence(self, part: Part, start: int, end: int) -> Iterator[Claim]:
        text = part.text[start:end]
        self._numbered(text)
        found = False
        for answer in answers(text, self.posed):
            found = True
            span = Span(part.step, start + answer.start, start + answer.end)
            yield self._claim(part, span, answer.fact, self.problem)
        if not self.supposed and not self.posed.loose:
            for counted in told(text, self.posed):
                considered = len(self.given & self.told.keys())
                if isinstance(counted.formula, Arrangements) and 0 < considered < len(self.given):
                    continue  # of the clues considered so far, perhaps
                found = True
                span = Span(part.step, start + counted.start, start + counted.end)
                yield Claim(span=span, text=text[counted.start : counted.end], formula=counted.formula)
        if SUPPOSED.search(text):
            self.supposed = True
        if self.supposed or SILENT.search(text):
            return
        written = listing(text, self.posed.frame)
        if written is not None:
            self.counting = written.counting or self.counting
            yield from self._listing(part, start, end, written)
            return
        facts = self._clauses(text)
        if not facts and not found and _is_said(text, self.posed):
            yield Claim(span=Span(part.step, start, end), text=text, problem=UNREAD)
        if any(_conditional(fact.sentence) and fact.sentence not in self.given for _, _, fact in facts):
            self.supposed = True
        for left, right, fact in facts:
            # A clue said again, or a conclusion, needs no second look.
            if fact.sentence not in self.given and fact not in self.claimed:
                self.claimed.add(fact)
                problem = self.problem
                if fact.modality == "can" and self.told:
                    # What is possible so far: later clues may exclude it.
                    problem = self._so_far(self.told)
                yield self._claim(part, Span(part.step, start + left, start + right), fact, problem)
            if fact.modality != "can":
                self._note(fact.sentence, text[left:right])

    def _numbered(self, text: str) -> None:
        """The places are numbered by the writer where the question does not."""
        frame = self.posed.frame
        if frame.shape == "line" and not frame.counting and (found := _NUMBERING.search(text)) is not None:
            self.counting = -1 if found["low"] or found["low2"] else 1

    def _claim(self, part: Part, span: Span, fact: Fact, problem: Problem) -> Claim:
        text = part.text[span.start : span.end]
        modality = "is" if self.posed.loose and fact.modality == "must" else fact.modality
        formula = Deduction(problem=problem, conclusion=Statement(fact.sentence, text), modality=modality)
        return Claim(span=span, text=text, formula=formula)

    def _note(self, sentence: Expr, text: str) -> None:
        self.told.setdefault(sentence, Statement(sentence, text.strip()))

    def _clauses(self, text: str) -> list[tuple[int, int, Fact]]:
        """The facts of a sentence with their places; none where a part of it that is not understood may turn them."""
        found: list[tuple[int, int, Fact]] = []
        subject = ""
        start = led(text, 0, len(text))
        if (whole := self._facts().read(level(text[start:], self.posed.frame))) is not None:
            return [(start, len(text), whole)]
        for left, right in pieces(text):
            left = led(text, left, right)
            if not re.search(r"\w", text[left:right]):
                continue
            facts = self._piece(text, left, right, subject)
            if facts is None:
                if HEDGE.search(text[left:right]) and found:
                    return []
                if HEDGE.search(text[left:right]):
                    return found
                continue
            found.extend(facts)
            subject = next((fact.subject for _, _, fact in reversed(found) if fact.subject), "")
        return found

    def _piece(self, text: str, left: int, right: int, subject: str) -> list[tuple[int, int, Fact]] | None:
        fact = self._facts().read(level(text[left:right], self.posed.frame), subject)
        if fact is not None:
            return [(left, right, fact)]
        if text.count(",", left, right) > _MOST_PARTS:
            return None
        for cut in re.finditer(r"[,:]\s+", text[left:right]):
            middle, after = left + cut.start(), led(text, left + cut.end(), right)
            levelled = level(text[left:middle], self.posed.frame)
            if cut[0][0] == ":":
                # "That leaves one for this place: …"
                if "<" in levelled or HEDGE.search(levelled):
                    return None
                return self._piece(text, after, right, subject)
            first = self._facts().read(levelled, subject)
            if first is None:
                continue
            second = self._piece(text, after, right, first.subject)
            if second is not None:
                return [(left, middle, first), *second]
        return None

    def _listing(self, part: Part, start: int, end: int, written: Listing) -> Iterator[Claim]:
        text = part.text[start:end]
        if written.order is not None:
            yield self._claim(part, Span(part.step, start, end), Fact(sentence=written.order), self.problem)
            return
        known = self._considered()
        if written.named:
            whole = Fact(sentence=conj(written.named))
            if whole not in self.claimed:
                self.claimed.add(whole)
                yield self._claim(part, Span(part.step, start, end), whole, self.problem)
            fresh = [s for s in written.named if s not in known]
            if written.open and fresh and not self.posed.loose:
                first = written.entries[0].start
                span = Span(part.step, start + first, end)
                yield self._claim(part, span, Fact(sentence=conj(fresh), modality="must"), self._so_far(known))
        yield from self._left_open(part, start, written, known)
        for entry in written.entries:
            for at, said in enumerate(entry.possible):
                # Each of several has a span of its own, and one alone too.
                fact = Fact(sentence=said, modality="can")
                if fact not in self.claimed:
                    self.claimed.add(fact)
                    span = Span(part.step, start + entry.start, start + entry.end - at)
                    yield self._claim(part, span, fact, self._so_far(known))
            if entry.sentence is not None and not entry.loose:
                self._note(entry.sentence, text[entry.start : entry.end])

    def _considered(self) -> dict[Expr, Statement]:
        """What may be used without being said again: what was said, and clues that name a place outright."""
        known = dict(self.told)
        for statement in self.posed.premises:
            if isinstance(statement.sentence, Apply) and statement.sentence.head == "eq":
                known.setdefault(statement.sentence, statement)
        return known

    def _so_far(self, known: dict[Expr, Statement]) -> Problem:
        return self.posed.frame.problem(tuple(known.values()))

    def _left_open(self, part: Part, start: int, written: Listing, known: dict[Expr, Statement]) -> Iterator[Claim]:
        """"Seventh can be any vehicle" though the writer has said which one is seventh."""
        for entry in written.open:
            for place in entry.places:
                taken = [
                    (term, sentence)
                    for sentence in self.told
                    for term in self.posed.frame.terms
                    if sentence == Apply("eq", (term, self.posed.frame.place(place, -1)))
                ]
                if taken:
                    span = Span(part.step, start + entry.start, start + entry.end)
                    said = Apply("ne", (taken[0][0], self.posed.frame.place(place, -1)))
                    yield self._claim(part, span, Fact(sentence=said, modality="can"), self._so_far(known))
                    return


def _conditional(sentence: Expr) -> bool:
    return isinstance(sentence, Apply) and sentence.head == "implies"
