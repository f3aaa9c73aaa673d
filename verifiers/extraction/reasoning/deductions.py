"""What an answer says of a syllogism: the conclusions it draws, which of the numbered ones it says follow, the option
it chooses, the statements it calls contradictory.

A sentence that quotes a conclusion, supposes it, asks for it or takes it back asserts nothing.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from verifiers.claims import Claim, Consistency, Deduction, Formula, Span
from verifiers.extraction.document import Document, Part
from verifiers.extraction.reasoning.arguments import Argument, argument, posed_syllogism
from verifiers.extraction.reasoning.categorical import Categorical, read
from verifiers.extraction.reasoning.options import NUMERAL, Posed, word_starts
from verifiers.extraction.reasoning.posed import Question, cut, number_of
from verifiers.extraction.reasoning.standing import standing
from verifiers.extraction.reasoning.syllogisms import deduction, opposite, problem_of, read_all
from verifiers.logic.problems import negation

MOST_CLAIMS: Final = 40
_MOST_IN_STEP: Final = 10
_LONGEST: Final = 400
_LONGEST_QUESTION: Final = 6_000

_GATE: Final = re.compile(
    r"\b(?:all|every|each|no|some|only|none|few|most|not all)\s+(?:[\w'’-]+\s+){1,8}?(?:are|is|can|have|has|do|does)\b",
    re.IGNORECASE,
)
_SILENT: Final = re.compile(
    r"\?\W*$|\b(?:if|whether|suppose|supposing|assum\w+|imagine|would|might|could|need to|want to|let['’]?s"
    r"|let us|unless"
    r"|to (?:check|see|verify|determine|test|decide)|consider|checking|for (?:example|instance)|e\.g\.|hypothetical\w*"
    r"|scenario|not sure|wait|perhaps|options?:)",
    re.IGNORECASE,
)

_SUPPOSING: Final = re.compile(
    r"\b(?:suppose|supposing|assum(?:e|ing)|imagine|for (?:example|instance)|let['’]?s say|consider a|counter-?example"
    r"|picture|contrary|venn|scenario|case)\b",
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
_CLAUSE: Final = re.compile(
    r"(?:[,;:]\s+|\b)(?:(?:and |but )?(?:so|therefore|thus|hence|then|that|means|implies|consequently),?\s+"
    r"|(?<=[,;:] ))"
    r"(?=(?:all|every|each|any|no|some|not all|none of the|at least one|[A-Z]\w+ is)\s)",
    re.IGNORECASE,
)
_VERDICT: Final = re.compile(
    r"(?P<who>(?:\b(?:only|both|neither|none of the|all(?: of the| the)?|conclusions?|statements?|nor|and|the)\b|"
    + NUMERAL
    + r"|[\s,*_()\-–]){2,40}?)[\s*_]*\b(?P<verb>(?:logically |definitely |necessarily )*(?:follows?|(?:does|do) not"
    r" (?:logically |necessarily |definitely )*follow|(?:doesn['’]t|don['’]t) (?:logically |necessarily )*follow"
    r"|is valid"
    r"|are valid|is (?:not valid|invalid)|are (?:not valid|invalid)|can be (?:drawn|concluded)|cannot be (?:drawn"
    r"|concluded)))\b",
    re.IGNORECASE,
)
_NEGATIVE: Final = re.compile(r"not\b|n['’]t\b|invalid", re.IGNORECASE)
_ALTERNATIVE: Final = re.compile(r"(?:\b(?:either|or)|/)[\s*_(]*$", re.IGNORECASE)
"""Before a verdict on one of two: "either I or II follows" tells of neither by itself."""
_LETTER: Final = re.compile(
    r"\b[Aa]nswer\s*(?:is|:)\s*(?:[Oo]ption\s*)?(?:\\boxed\{|\*\*|\$)*\s*(?:\(?([A-E])\)?(?![\w'’])|\(([a-e])\))"
    r"|\b(?:[Oo]ption|[Cc]hoice)\s*(?:is|:)\s*(?:\*\*)?\s*(?:\(?([A-E])\)?(?![\w'’])|\(([a-e])\))"
    r"|\\boxed\{\s*(?:\\text\{)?\s*\(?([A-E])\)?\s*\}?\s*\}"
    r"|\b[Oo]ption (?:\(?([A-E])\)?|\(([a-e])\))(?:\*\*)? is (?:the )?(?:correct|right)"
)
_CLASH: Final = re.compile(
    rf"\b(?:statements?|premises?|conclusions?)\s+(?P<a>{NUMERAL})\s+(?:and\s+(?:(?:statements?|premises?"
    rf"|conclusions?)\s+)?"
    rf"(?P<b>{NUMERAL})\s+(?P<said>contradict each other|are (?:contradictory|inconsistent|contraries|incompatible"
    rf"|consistent|compatible)|(?:cannot|can(?:no|['’])t|can) both be true)"
    rf"|(?P<one>contradicts|is inconsistent with|is compatible with|is consistent with)\s+"
    rf"(?:statement|premise|conclusion)\s+(?P<c>{NUMERAL}))",
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
        yield from self._choice(document)

    def _formula(self, found: Categorical, follows: bool, *, necessity: bool) -> Deduction | None:
        """That the conclusion follows (or just holds), or that it does not follow."""
        posed = self.posed
        if not follows:
            if found.modality == "can" or not posed.complete:
                return None
            told = opposite(found)
            found = msgspec.structs.replace(found, sentence=told.sentence, text=told.text, modality="can")
            necessity = False
        return deduction(posed.premises, found, classical=posed.classical, complete=posed.complete, following=necessity)

    def _verdicts(self, part: Part, start: int, text: str) -> Iterator[Claim]:
        """Numbered conclusions said to follow or not."""
        for match in _VERDICT.finditer(text) if self.numbers else ():
            who = match["who"].replace("*", " ").replace("_", " ")
            negative = _NEGATIVE.search(match["verb"]) is not None
            words = set(re.findall(r"[a-z]+", re.sub(NUMERAL, " ", who).lower()))
            mentioned = frozenset(number_of(n) for n in re.findall(NUMERAL, who))
            if words & {"neither", "none"}:
                named: frozenset[int] = frozenset()
            elif words & {"both", "all"}:
                named = mentioned or frozenset(self.numbers)
            else:
                named = mentioned
            if _ALTERNATIVE.search(text, 0, match.start("who")):
                continue
            if not mentioned <= set(self.numbers) or not (mentioned or words & {"neither", "none", "both", "all"}):
                continue
            if "both" in words and len(named) != 2:
                continue
            if negative and words & {"only", "neither", "none", "all", "both"}:
                continue
            exclusive = "only" in words or ("none" in words and not mentioned)
            considered = self.numbers if exclusive else tuple(mentioned or (named or self.numbers))
            places = {number_of(m.group()): m for m in re.finditer(NUMERAL, who)}
            for number in self.numbers:
                holds = (number in named) is not negative
                if number not in considered or number not in self.conclusions:
                    continue
                formula = self._formula(self.conclusions[number], holds, necessity=True)
                if formula is None:
                    continue
                place = places.get(number)
                first = start + match.start("who") + (place.start() if place else 0)
                last = start + match.end()
                if place is None:
                    starts = word_starts(part.text, first, last)
                    if self.numbers.index(number) >= len(starts):
                        continue
                    first = starts[self.numbers.index(number)]
                yield Claim(span=Span(part.step, first, last), text=part.text[first:last], formula=formula)

    def _clashes(self, part: Part, start: int, text: str) -> Iterator[Claim]:
        """Statements of the question said to exclude each other, or not to."""
        statements = {s.number: s.text for s in self.parts.statements if s.number}
        for match in _CLASH.finditer(text):
            pair = number_of(match["a"]), number_of(match["b"] or match["c"])
            if not set(pair) <= set(statements) or "conclusion" in match.group().lower():
                continue
            found = [read(statements[number]) for number in pair]
            if found[0] is None or found[1] is None or found[0].weakened or found[1].weakened:
                continue
            said = (match["said"] or match["one"]).lower()
            compatible = re.search(r"\bconsistent|\bcompatible|can both", said) is not None
            problem, _ = problem_of([f for f in found if f is not None], (), classical=self.posed.classical)
            span = Span(part.step, start + match.start(), start + match.end())
            yield Claim(span=span, text=match.group(), formula=Consistency(problem=problem, holds=compatible))

    def _drawn(self, part: Part, start: int, text: str, following: str) -> Iterator[Claim]:
        """A conclusion written out."""
        if _QUOTED.match(text) or _TAKEN_BACK.match(following):
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

    def _choice(self, document: Document) -> Iterator[Claim]:
        """The option named as the answer, the last time one is."""
        last = next(
            ((part, m) for part in reversed(document.steps) for m in list(_LETTER.finditer(part.text))[::-1]), None
        )
        if last is None or self.options is None:
            return
        part, match = last
        letter = next(group for group in match.groups() if group).upper()
        option = next((o for o in self.options.options if o.letter == letter), None)
        items = {item.label: item for item in self.options.items}
        if option is None:
            return
        wanted = [(items[name].formulas, holds) for name, holds in option.wants if name in items]
        formulas = [f for found, holds in wanted for f in _wanted(found, holds)]
        for start, formula in zip(word_starts(part.text, match.start(), match.end()), formulas, strict=False):
            span = Span(part.step, start, match.end())
            yield Claim(span=span, text=part.text[start : match.end()], formula=formula)


def _wanted(formulas: Sequence[Formula], holds: bool) -> Iterator[Formula]:
    """Formulas that say that an item holds, or that it does not, where one formula can say it."""
    if holds:
        yield from formulas
    elif len(formulas) == 1 and isinstance(formulas[0], Deduction):
        formula = formulas[0]
        turned = {"must": "can", "can": "must"}.get(formula.modality)
        if turned:
            conclusion = msgspec.structs.replace(
                formula.conclusion,
                sentence=negation(formula.conclusion.sentence),
                text=f"not: {formula.conclusion.text}",
            )
            yield msgspec.structs.replace(formula, conclusion=conclusion, modality=turned)


def asserting(part: Part) -> Iterator[tuple[int, int, str]]:
    """Sentences that assert, with what comes after them."""
    supposing = False
    for index, sentence in enumerate(part.sentences):
        start, end = sentence.start, sentence.end
        text = part.text[start:end]
        if index and "\n\n" in part.text[part.sentences[index - 1].end : start]:
            supposing = False
        if _SUPPOSING.search(text):
            supposing = True
        if supposing or end - start > _LONGEST or _SILENT.search(text):
            continue
        yield start, end, part.text[end : end + 120].lstrip()


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
