"""What an answer says of a syllogism: the conclusions it draws, which of the numbered ones it says follow, the option
it chooses, the statements it calls contradictory.

A sentence that quotes a conclusion, supposes it, asks for it or takes it back asserts nothing.
"""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from verifiers.claims import Claim, Consistency, Deduction, Span
from verifiers.extraction.document import Document, Part
from verifiers.extraction.reasoning.arguments import Argument, argument, posed_syllogism
from verifiers.extraction.reasoning.categorical import Categorical, read
from verifiers.extraction.reasoning.choices import chosen_option
from verifiers.extraction.reasoning.clashes import clashes
from verifiers.extraction.reasoning.numbered import count_told, told
from verifiers.extraction.reasoning.options import Posed
from verifiers.extraction.reasoning.posed import Question, cut
from verifiers.extraction.reasoning.standing import asserting, standing
from verifiers.extraction.reasoning.syllogisms import deduction, opposite, problem_of, read_all

MOST_CLAIMS: Final = 40
_MOST_IN_STEP: Final = 10
_LONGEST_QUESTION: Final = 6_000

_GATE: Final = re.compile(
    r"\b(?:all|every|each|no|some|only|none|few|most|not all)\s+(?:[\w'’-]+\s+){1,8}?(?:are|is|can|have|has|do|does)\b",
    re.IGNORECASE,
)
_REFUSED: Final = re.compile(
    r"\b(?:(?:can|does|do|is|are|need|could|would)(?:n['’]t| ?not) (?:\w+ )?(?:say|conclude\w*|infer\w*|follow"
    r"|imply|mean"
    r"|claim|true|certain|enough|sure|possible|the case|know|given|stated|be)|not (?:necessarily|enough|clear"
    r"|certain|true"
    r"|stated)|no (?:information|reason|way|guarantee|evidence)|nothing|false|wrong|incorrect|invalid|contradict\w*"
    r"|impossible|mistake\w*|fallac\w*|unless|without|never|than)\b",
    re.IGNORECASE,
)
"""In front of a conclusion: it is not drawn."""
_REPORTED: Final = re.compile(
    r"\b(?:options?|(?<!in )conclusions?|choices?|says?|states?|claims?|asserts?|suggests?|asks?|argues?)\b",
    re.IGNORECASE,
)
"""In front of a clause: it is somebody else's."""
_DRAWN: Final = re.compile(
    r"^\W*(?:therefore|thus|hence|consequently|it follows that|we (?:can )?conclude that)\b", re.IGNORECASE
)
_TAKEN_BACK: Final = re.compile(
    r"^\W*(?!it does not follow that)(?:but |however,? |yet )?(?:this|that|it|which|the (?:conclusion"
    r"|statement))\b.{0,40}?"
    r"\b(?:not|n['’]t|cannot|false|incorrect|invalid|wrong|unsupported)|^\W*(?:wait|no,|actually|hmm|but wait"
    r"|false|invalid)",
    re.IGNORECASE,
)
_QUOTED: Final = re.compile(
    r"^\W*(?:(?:statements?|conclusions?|premises?|options?)\s*[-–]?\s*(?:\d|[IVX]{1,4}|[A-E])?\s*\W|\(?[A-Ea-e][).:]\s"
    r"|\(?(?:\d|[IVXivx]{1,4})[).:]\s)",
    re.IGNORECASE,
)
_CONCLUDING: Final = re.compile(
    r"\b(?:therefore|thus|hence|so|consequently|it follows|we (?:can )?(?:conclude|deduce|infer)|this (?:means"
    r"|implies|shows)"
    r"|which means|must|in conclusion|as a result)\b",
    re.IGNORECASE,
)
_NOT_FOLLOWING: Final = re.compile(
    r"\b(?:it )?(?:(?:does|do) not|doesn['’]t|cannot|can['’]t|can not) (?:necessarily )?(?:follow|conclude|imply"
    r"|mean|be"
    r" (?:concluded|inferred|deduced))[^.;,]{0,20}? that ",
    re.IGNORECASE,
)
_CHOICE: Final = re.compile(r"\W*(?:\w+,? ){0,3}(?:option )?\(?[A-Ea-e]\)?\W*")
_CLAUSE: Final = re.compile(
    r"(?:[,;:]\s+|\b)(?:(?:and |but )?(?:so|therefore|thus|hence|then|that|means|implies|consequently),?\s+"
    r"|(?<=[,;:] ))"
    r"(?=(?:all|every|each|any|no|some|not all|none of the|at least one|[A-Z]\w+ is)\s)",
    re.IGNORECASE,
)
def find(document: Document) -> Iterator[Claim]:
    """Deductions in the answer to a syllogism, or from premises the answer gives itself."""
    question = document.question.text
    if len(question) <= _LONGEST_QUESTION and _GATE.search(question) and "$" not in question and "\\" not in question:
        parts = cut(question)
        posed = argument(parts)
        if posed is not None and (parts.is_exam or (posed.complete and len(posed.premises) > 1)):
            yield from _limited(standing(document, _Reading(parts, posed).claims(document)))
            return
    for part in document.steps:
        if _CONCLUDING.search(part.text) and len(_GATE.findall(part.text)) >= 3:
            yield from standing(document, _own(part))


def _limited(claims: Iterator[Claim]) -> Iterator[Claim]:
    count: dict[int, int] = {}
    for claim in claims:
        count[claim.span.step] = count.get(claim.span.step, 0) + 1
        if count[claim.span.step] <= _MOST_IN_STEP and sum(count.values()) <= MOST_CLAIMS:
            yield claim


class _Reading:
    """The question's argument, held against what the answer says."""

    def __init__(self, parts: Question, posed: Argument) -> None:
        self.parts = parts
        self.posed = posed
        self.options: Posed | None = posed_syllogism(parts) if parts.options else None
        self.conclusions = {number: found for number, found in posed.conclusions if number and found is not None}
        self.numbers = tuple(number for number, _ in posed.conclusions if number)
        offered = read_all([text for _, text in parts.options])
        self.offered = [found for found in (*(c for _, c in posed.conclusions), *offered) if found is not None]
        self.known = frozenset(a for found in (*posed.premises, *self.offered) for a in found.atoms)
        self.names = frozenset(found.individual for found in (*posed.premises, *self.offered) if found.individual)

    def claims(self, document: Document) -> Iterator[Claim]:
        for part in document.steps:
            for start, end, following in asserting(part):
                text = part.text[start:end]
                verdicts = list(self._verdicts(part, start, text))
                yield from verdicts
                yield from self._clashes(part, start, text)
                if not verdicts:
                    yield from self._drawn(part, start, text, following)
        if self.options is not None:
            yield from chosen_option(document, self.options)

    def _formula(self, found: Categorical, follows: bool, *, necessity: bool) -> Deduction | None:
        """That the conclusion follows (or just holds), or that it does not follow."""
        posed = self.posed
        if not follows:
            if found.modality == "can" or not posed.complete:
                return None
            denied = opposite(found)
            found = msgspec.structs.replace(found, sentence=denied.sentence, text=denied.text, modality="can")
            necessity = False
        return deduction(posed.premises, found, classical=posed.classical, complete=posed.complete, following=necessity)

    def _verdicts(self, part: Part, start: int, text: str) -> Iterator[Claim]:
        """Numbered conclusions said to follow or not."""
        for said in told(text, self.numbers, "follow"):
            formula = None
            if said.number in self.conclusions:
                formula = self._formula(self.conclusions[said.number], said.holds, necessity=True)
            span = Span(part.step, start + said.start, start + said.end)
            problem = "" if formula is not None else f"not all that conclusion {said.number} needs is read exactly"
            yield Claim(span=span, text=text[said.start : said.end], formula=formula, problem=problem)

    def _clashes(self, part: Part, start: int, text: str) -> Iterator[Claim]:
        """Statements of the question said to exclude each other, or not to."""
        for clash in clashes(text):
            statements = {s.number: s.text for s in self.parts.statements if s.number}
            if self.parts.judged or not set(clash.numbers) <= set(statements):
                continue
            texts = [statements[n] for n in clash.numbers] or [s.text for s in self.parts.statements]
            found = [sentence for sentence in read_all(texts) if sentence is not None and not sentence.weakened]
            if len(found) < len(texts) or len(found) < 2:
                continue
            problem, taken = problem_of(found, (), classical=self.posed.classical)
            span = Span(part.step, start + clash.start, start + clash.end)
            formula = Consistency(
                problem=problem, holds=clash.fits, convention=() if self.posed.classical else taken
            )
            yield Claim(span=span, text=text[clash.start : clash.end], formula=formula)

    def _judges(self, text: str) -> bool:
        """Whether a sentence draws no conclusion but judges some, counts those that hold, or chooses an option."""
        numbers = tuple(c.number for c in self.parts.conclusions)
        counted = count_told(text, numbers) is not None or any(told(text, numbers, "hold", ""))
        return counted or any(clashes(text)) or _CHOICE.fullmatch(text) is not None

    def _drawn(self, part: Part, start: int, text: str, following: str) -> Iterator[Claim]:
        """A conclusion written out."""
        if _QUOTED.match(text) or _TAKEN_BACK.match(following) or self._judges(text):
            return
        offset, follows = 0, True
        if match := _NOT_FOLLOWING.search(text):
            offset, follows = match.end(), False
        else:
            cuts = [m.end() for m in _CLAUSE.finditer(text)]
            offset = cuts[-1] if cuts and read(text) is None else 0
            if offset and (_REFUSED.search(text[:offset]) or _REPORTED.search(text[:offset])):
                return
        clause = text[offset:]
        span = Span(part.step, start + offset, start + len(text))
        found = read(clause, self.known)
        if found is None or not found.atoms <= self.known or (found.individual and found.individual not in self.names):
            if _DRAWN.match(text):
                yield Claim(span=span, text=clause, problem="the conclusion is not read exactly")
            return
        if any(found.sentence == premise.sentence for premise in self.posed.premises):
            return
        if offset == 0 and not _CONCLUDING.search(text) and any(found.sentence == o.sentence for o in self.offered):
            return
        formula = self._formula(found, follows, necessity=found.modality == "must")
        if formula is not None:
            yield Claim(span=span, text=clause, formula=formula)

def _own(part: Part) -> Iterator[Claim]:
    """A syllogism of the answer's own: premises, then "therefore" and what they are said to give."""
    premises: list[Categorical] = []
    for start, end, following in asserting(part):
        text = part.text[start:end]
        found = read(text)
        if found is None:
            continue
        concluding = _CONCLUDING.search(text) is not None
        if not concluding:
            premises.append(found)
            continue
        known = frozenset(a for p in premises for a in p.atoms)
        if len(premises) > 1 and found.atoms <= known and not _TAKEN_BACK.match(following):
            formula = deduction(premises, found, classical=False, complete=False, following=False)
            if formula is not None:
                yield Claim(span=Span(part.step, start, end), text=text, formula=formula)
        premises.append(found)
