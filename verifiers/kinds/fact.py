"""Statements of fact against passages: a passage says it, says otherwise, or says neither. Never by likeness.

Passages of one verdict are all read: if one says it and another denies it, that is a conflict, not a choice.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from verifiers.claims import Excerpt, Fact
from verifiers.expr import Text, app
from verifiers.facts import topics
from verifiers.facts.alignment import Differs, Outcome, Says, compare
from verifiers.facts.clauses import Clause, clauses, whole
from verifiers.facts.lexicon import LIGHT
from verifiers.facts.sentences import Unit, units
from verifiers.facts.tokens import tokens
from verifiers.facts.topics import Cited
from verifiers.protocol import Budget
from verifiers.verdicts import Evidence, Label, Quote, Reason, Verdict, Witness, refuted, supported, undecided

METHOD: Final = "passages"
_LONGEST: Final = 2_000
"""Characters of a statement."""
_MOST: Final = 400_000
"""Characters of all passages together."""


class _Found(msgspec.Struct, frozen=True):
    """What one sentence of a passage says to the statement."""

    outcome: Says | Differs
    quotes: tuple[Quote, ...]
    source: str


class _Passage:
    """A passage with its sentences, read as far as they are needed."""

    def __init__(self, excerpt: Excerpt) -> None:
        self.excerpt = excerpt
        self.provision = topics.provision_of(excerpt.source) or topics.provision_of(excerpt.title)
        self.title = topics.words_of(excerpt.title) if excerpt.title else frozenset()
        self.units = units(excerpt.text)
        self.keys = [frozenset(token.key for token in tokens(unit.text)) for unit in self.units]
        self.words = frozenset[str]().union(self.title, *self.keys)

    def quotes(self, unit: Unit) -> tuple[Quote, ...]:
        excerpt = self.excerpt
        return tuple(
            Quote(excerpt.source, excerpt.text[start:end], excerpt.start + start, excerpt.start + end)
            for start, end in unit.spans
        )

    def title_quote(self) -> tuple[Quote, ...]:
        """The first sentence stands for a passage that is meant as a whole."""
        return self.quotes(self.units[0]) if self.units else ()


def verify(formula: Fact, budget: Budget) -> Verdict:
    statement = " ".join(formula.statement.split())
    if len(statement) > _LONGEST or sum(len(one.text) for one in formula.passages) > _MOST:
        return undecided(Reason.TOO_LARGE, "a statement or its passages are too long to be read")
    if statement.endswith("?"):
        return undecided(Reason.UNREADABLE, "a question states nothing")
    cited = topics.cited(statement)
    clause = cited.rest if cited is not None else whole(statement)
    if not (clause.keys - LIGHT) or len(clause.keys) + len(clause.slots) < 2:
        return undecided(Reason.UNREADABLE, "no statement is read in it")
    passages = [_Passage(one) for one in formula.passages if one.text.strip()]
    if not passages:
        return undecided(Reason.NO_EVIDENCE, "no source was given")
    passages = [one for one in passages if topics.narrowed_to(one.excerpt.title) <= clause.keys]
    if cited is not None:
        verdict = _cited(cited, passages)
        return verdict if verdict is not None else undecided(Reason.INCONCLUSIVE, f"{cited.text} does not settle it")
    found = [one for passage in passages for one in _findings(clause, passage)]
    verdict = _decided(found)
    if verdict is not None and verdict.label is Label.SUPPORTED and not _compares_as_told(statement, passages):
        return undecided(Reason.INCONCLUSIVE, "which side of a comparison is which is not read")
    return verdict if verdict is not None else _left_open(clause, passages)


def _compares_as_told(statement: str, passages: Sequence[_Passage]) -> bool:
    """Sides of a comparison are no slots: a passage says one only where it stands there word by word."""
    if _COMPARES.search(statement) is None:
        return True
    words = _WORDS.findall(statement.lower())
    wanted = f" {' '.join(words)} "
    return any(wanted in f" {' '.join(_WORDS.findall(one.excerpt.text.lower()))} " for one in passages)


def _findings(clause: Clause, passage: _Passage) -> Iterator[_Found]:
    wanted = clause.keys - LIGHT
    before: frozenset[str] = frozenset()
    for unit, keys in zip(passage.units, passage.keys, strict=True):
        context = passage.title | before
        before = keys
        if 2 * len(wanted & keys) < len(wanted) or unit.partial:
            continue
        for outcome in _outcomes(clause, unit, context):
            yield _Found(outcome, passage.quotes(unit), passage.excerpt.source)


def _outcomes(clause: Clause, unit: Unit, context: frozenset[str]) -> Iterator[Says | Differs]:
    """What the clauses of a sentence say; one that says it outweighs another of the same sentence that differs."""
    read = clauses(unit.text)
    outcomes: list[Outcome] = [compare(clause, one, context) for one in read]
    if len(read) > 1 and not any(outcomes):
        outcomes.append(compare(clause, whole(unit.text), context))
    said = [outcome for outcome in outcomes if isinstance(outcome, Says)]
    if said:
        yield said[0]
    else:
        yield from (outcome for outcome in outcomes if outcome is not None)


def _decided(found: Sequence[_Found]) -> Verdict | None:
    says = [one for one in found if isinstance(one.outcome, Says)]
    differs = [one for one in found if isinstance(one.outcome, Differs)]
    if says and differs:
        return _conflict(says[0], differs[0])
    if says:
        best = max(says, key=lambda one: one.outcome.direct if isinstance(one.outcome, Says) else 0)
        return supported(Reason.STATED, METHOD, f"{best.source} says so.", *best.quotes)
    if not differs:
        return None
    first = differs[0]
    if any(_at_odds(first.outcome, one.outcome) for one in differs):
        return _conflict(first, next(one for one in differs if _at_odds(first.outcome, one.outcome)))
    assert isinstance(first.outcome, Differs)
    return _refuted(first.outcome, first.source, first.quotes)


def _at_odds(one: Says | Differs, other: Says | Differs) -> bool:
    """Two passages that differ from the statement, and from each other."""
    if not isinstance(one, Differs) or not isinstance(other, Differs) or one.slot != other.slot:
        return False
    if one.values is not None and other.values is not None:
        return one.values != other.values
    return [t.key for t in tokens(one.found)] != [t.key for t in tokens(other.found)]


_COMPARES: Final = re.compile(
    r"\b(?:more|less|fewer|\w+er)(?: \w+){0,3} than (?:the|those|that|in|on|[A-Z])|\bthe same\b|\bas \w+ as\b"
)
_WORDS: Final = re.compile(r"\w+")
_TOLD: Final = {"affirmed": "that it is so", "denied": "that it is not so"}


def _refuted(differs: Differs, source: str, quotes: Sequence[Quote]) -> Verdict:
    if differs.slot == "negation":
        text = f"{source} says {_TOLD[differs.found]}."
    else:
        text = f"{source} has “{differs.found}”, not “{differs.stated}”."
    return refuted(Reason.CONTRADICTS, METHOD, text, _witness(differs.stated, differs.found), *quotes)


def _witness(stated: str, found: str) -> Witness:
    return Witness(conclusion=app("eq", Text(stated), Text(found)), found=Text(found))


def _conflict(one: _Found, other: _Found) -> Verdict:
    text = f"{one.source} and {other.source} do not agree on it."
    if one.source == other.source:
        text = f"{one.source} does not agree with itself on it."
    evidence = Evidence(method=METHOD, text=text, quotes=(*one.quotes, *other.quotes))
    return Verdict(label=Label.UNDECIDED, reason=Reason.CONFLICT, evidence=evidence, detail=text)


def _left_open(clause: Clause, passages: Sequence[_Passage]) -> Verdict:
    wanted = clause.keys - LIGHT
    if any(2 * len(wanted & keys) >= len(wanted) for passage in passages for keys in passage.keys):
        return undecided(Reason.INCONCLUSIVE, "the passages speak of it but neither say it nor deny it")
    return undecided(Reason.NO_EVIDENCE, "no passage speaks of it")


def _cited(cited: Cited, passages: Sequence[_Passage]) -> Verdict | None:
    own = [one for one in passages if one.provision == cited.provision]
    others = [one for one in passages if one.provision is not None and one.provision[0] == cited.provision[0]
              and one.provision != cited.provision]  # fmt: skip
    if cited.topic:
        return _topic(cited, own, others)
    found = [one for passage in own for one in _findings(cited.rest, passage)]
    if (verdict := _decided(found)) is not None:
        return verdict
    elsewhere = [one for passage in others for one in _findings(cited.rest, passage)]
    verdict = _decided(elsewhere)
    if verdict is None or verdict.evidence is None or verdict.label is Label.UNDECIDED:
        # Passages that name no provision say what they say of the whole statement.
        rest = [one for passage in passages if passage.provision is None for one in _findings(cited.rest, passage)]
        return _decided([one for one in rest if isinstance(one.outcome, Differs)])
    if verdict.label is Label.REFUTED:
        return verdict
    if not own or any((cited.rest.keys - LIGHT) <= one.words for one in own):
        return None
    source = next(one.source for one in elsewhere if isinstance(one.outcome, Says))
    return _elsewhere(cited, source, verdict.evidence.quotes)


def _elsewhere(cited: Cited, source: str, quotes: Sequence[Quote]) -> Verdict:
    text = f"It is {source} that says so, not {cited.text}."
    return refuted(Reason.CONTRADICTS, METHOD, text, _witness(cited.text, source), *quotes)


def _topic(cited: Cited, own: Sequence[_Passage], others: Sequence[_Passage]) -> Verdict | None:
    for passage in own:
        if (quotes := _about(cited, passage)) is not None:
            if cited.denied:
                text = f"{passage.excerpt.source} does deal with it: “{passage.excerpt.title}”."
                return refuted(Reason.CONTRADICTS, METHOD, text, _witness("denied", "affirmed"), *quotes)
            return supported(Reason.STATED, METHOD, f"{passage.excerpt.source} is about it.", *quotes)
    if cited.denied or not own or any(_touches(cited.topic, one) for one in own):
        return None
    # The passage whose title is nearest to the topic's words is the one that is meant.
    for passage in sorted(others, key=lambda one: len(one.title ^ cited.topic)):
        if topics.same_topic(cited.topic, passage.title) or _told(cited.topic, passage) is not None:
            quotes = _about(cited, passage)
            if quotes is not None:
                return _elsewhere(cited, passage.excerpt.source, (*quotes, *own[0].title_quote()))
    return None


def _touches(topic: frozenset[str], passage: _Passage) -> bool:
    """Whether the title or a sentence has so many of the topic's words that it may be about it in others."""
    return any(5 * len(topic & keys) >= 3 * len(topic) for keys in (passage.title, *passage.keys))


def _about(cited: Cited, passage: _Passage) -> tuple[Quote, ...] | None:
    """The words by which a passage is about the topic: its title's, given by its first sentence, or a sentence's."""
    if topics.title_covers(cited.topic, passage.title, cited.promoting):
        return passage.title_quote()
    # Two words stand together in many a sentence that is about something else.
    unit = _told(cited.topic, passage) if cited.promoting or len(cited.topic) > 2 else None
    if unit is None or (cited.promoting and whole(unit.text).negated):
        return None
    return passage.quotes(unit)


def _told(topic: frozenset[str], passage: _Passage) -> Unit | None:
    """A sentence that holds the whole topic, which must be more than a word to be told apart."""
    if len(topic) < 2:
        return None
    return next((unit for unit, keys in zip(passage.units, passage.keys, strict=True) if topic <= keys), None)
