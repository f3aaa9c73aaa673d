"""What the question states, at the values the answer gives: relations between quantities, and givens."""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from typing import Final

from verifiers.claims import Claim
from verifiers.expr import Expr, Num, Sym, app
from verifiers.extraction.document import Document
from verifiers.extraction.words.assignments import Assignment, counted, labelled, owned
from verifiers.extraction.words.computations import Computation
from verifiers.extraction.words.flow import Flow, unmarked
from verifiers.extraction.words.nouns import NUMERALS, singular
from verifiers.extraction.words.quantities import phrase
from verifiers.extraction.words.relations import NAME, Entity, Relation, relations
from verifiers.extraction.words.statements import claim

_CHANGES: Final = re.compile(
    r"\b(?:now|lost|loses?|gave|gives?|after|before|originally|initially|left|remaining|until|then|later|returns?|already)\b",
    re.IGNORECASE,
)
_GIVEN: Final = re.compile(
    r"\b(?P<number>\d{1,6}|" + "|".join(NUMERALS) + r") (?:of (?:them|these|those) )?(?:are|were) "
    r"(?P<noun>[a-z]{2,20} [a-z]{2,20})(?=[.,;])",
    re.IGNORECASE,
)

_SUPPOSED: Final = re.compile(
    rf"\bIf (?P<owner>{NAME}) (?P<verb>[a-z]{{2,12}}) (?P<number>\d{{1,6}}) "
    r"(?P<noun>(?:[a-z]{2,20} )?[a-z]{2,20})(?=,)"
)
_MOST: Final = 12
"""Relations of one question that are looked at."""
_PART: Final = re.compile(r" of\b| in\b| per\b| for\b| from\b| with\b| each\b| more\b| less\b| fewer\b")
_TOTAL: Final = re.compile(
    r"\b(?:total|altogether|in all|now|left|more|combined|together|overall|after|per|each|every)\b"
)


def relation_claims(document: Document, flow: Flow) -> Iterator[Claim]:
    """Each relation of the question at the values the answer gives to both of its sides.

    Values change in the course of a story. The pair that fits is taken where there is one, so that a relation is
    broken only when no two of the values fit; in stories of change both must come from the answer.
    """
    question = document.question
    changing = _CHANGES.search(question.text) is not None
    for relation in islice(relations(question.text), _MOST):
        left = _assigned(document, flow, relation.subject)
        right = _assigned(document, flow, relation.other)
        if changing:
            left, right = ([a for a in side if a.step >= 0] for side in (left, right))
        pairs = [(a, b) for a in left for b in right if a.step >= 0 or b.step >= 0]
        if not pairs:
            continue
        fitting = [(a, b) for a, b in pairs if any(a.value == k * b.value + relation.offset for k in relation.factors)]
        yield _relation_claim(document, relation, *min(fitting or pairs, key=_settled))


def _assigned(document: Document, flow: Flow, entity: Entity) -> list[Assignment]:
    found: list[Assignment] = []
    for part in (document.question, *document.steps):
        sums = _sums(flow, part.step)
        if entity.owner:
            found.extend(owned(part.text, part.step, entity, sums))
        else:
            found.extend(counted(unmarked(part.text), part.step, entity, sums))
    return found


def _settled(pair: tuple[Assignment, Assignment]) -> tuple[int, int]:
    """Where both values of a pair are known."""
    return max((a.step, a.start) for a in pair)


def _relation_claim(document: Document, relation: Relation, subject: Assignment, other: Assignment) -> Claim:
    names = (relation.subject.name, relation.other.name)
    readings = [
        app("eq", Sym(names[0]), _combination(factor, Sym(names[1]), relation.offset)) for factor in relation.factors
    ]
    formula = readings[0] if len(readings) == 1 else app("or", *readings)
    later = max(subject, other, key=lambda a: (a.step, a.start))
    part = document.steps[later.step]
    values = [(names[0], Num(subject.value)), (names[1], Num(other.value))]
    return claim(part, later.start, later.end, "relation", formula, values, relation.text)


def _combination(factor: Fraction, other: Expr, offset: Fraction) -> Expr:
    product = other if factor == 1 else app("mul", Num(factor), other)
    if offset == 0:
        return product
    return app("add", product, Num(offset))


def given_claims(document: Document, flow: Flow) -> Iterator[Claim]:
    """Numbers the question gives outright ("12 of them are red pens", "If Katie ate 10 plums,") where the answer gives
    the same quantity a value.
    """
    question = document.question.text
    for match in _GIVEN.finditer(question):
        word = match.group("number").lower()
        value = Fraction(word) if word.isdigit() else Fraction(NUMERALS[word])
        words = match.group("noun")
        entity = Entity("", tuple(singular(part) for part in words.split()), written=words)
        found = [
            a for part in document.steps for a in labelled(part.text, part.step, entity.noun, _sums(flow, part.step))
        ]
        yield from _given_claim(document, entity, value, found, match.group())
    if _CHANGES.search(question):
        return
    for match in _SUPPOSED.finditer(question):
        noun = tuple(singular(part) for part in match.group("noun").split())
        entity = Entity(match.group("owner"), noun, match.group("verb"), match.group("noun"))
        found = []
        for part in document.steps:
            for assignment in owned(part.text, part.step, entity, _sums(flow, part.step)):
                words, _, end = phrase(part.text, assignment.end)
                whole = tuple(singular(word) for word in words) == noun and not _PART.match(part.text, end)
                if whole and not _TOTAL.search(_sentence(part.text, assignment.start)):
                    found.append(assignment)
        yield from _given_claim(document, entity, Fraction(match.group("number")), found, match.group())


def _sums(flow: Flow, step: int) -> list[Computation]:
    return [c for c in flow.computations if c.step == step]


def _sentence(text: str, at: int) -> str:
    end = text.find(". ", at)
    return text[text.rfind(". ", 0, at) + 1 : end if end >= 0 else len(text)]


def _given_claim(
    document: Document, entity: Entity, value: Fraction, found: list[Assignment], stated: str
) -> Iterator[Claim]:
    """One claim: at the value that fits, where there is one, else at the first."""
    if not found:
        return
    assignment = next((a for a in found if a.value == value), found[0])
    relation = app("eq", Sym(entity.name), Num(value))
    values = [(entity.name, Num(assignment.value))]
    part = document.steps[assignment.step]
    yield claim(part, assignment.start, assignment.end, "contradiction", relation, values, stated)
