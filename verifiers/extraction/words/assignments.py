"""Which value a text gives to a named quantity: "Katie has 4 * 10 = 40 cookies", "there are 30 red pens"."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

import msgspec

from verifiers.extraction.words.computations import Computation
from verifiers.extraction.words.nouns import STOP, singular
from verifiers.extraction.words.quantities import Quantity, phrase, quantities
from verifiers.extraction.words.relations import Entity

_BE: Final = frozenset({"is", "was", "are", "were", "be"})
_HAVE: Final = frozenset({"has", "have", "had", "own", "owns", "owned"})
_FILLER: Final = r"(?:a total of |about |only |exactly |also |currently )?"
_SPOILED: Final = re.compile(
    r"\s*(?:[a-z]+ )?(?:more|fewer|less|times|older|younger|taller|extra|additional|left|remaining|other|%|percent"
    r"|of the|per\b|each|every|for each|for every|and a half|dozen|[-+*/x×÷] ?\d)",
    re.IGNORECASE,
)  # fmt: skip
_BEFORE: Final = re.compile(
    r"(?:another|other|extra|first|each|every|per|of the|additional|remaining|last|next|these|\bthose)\s*$",
    re.IGNORECASE,
)

_LABEL: Final = re.compile(
    r"(?:\b[Tt]he number of |(?:^|[.:,] |- )(?=[A-Z][a-z' ]{2,60} =))"
    r"(?P<noun>(?:[A-Za-z]{2,20} ){0,3}[A-Za-z]{2,20}) (?:is|was|=) ",
    re.MULTILINE,
)
_WERE: Final = re.compile(r" (?:of (?:them|these|those) )?(?:are|were) ")
_OTHER_SUBJECT: Final = r"\b[A-Z][a-z]{1,20} (?:has|have|had|is|was|will|would|gets?|got|can|could|then|also)\b"
"""From here on a clause is about somebody else."""
_JOINT: Final = re.compile(
    r"(?:\b(?:and|or|nor|with|of|than|twice|half|times) "
    r"|\b(?!So,|Therefore,|Thus,|Then,|Now,|Hence,|Finally,|First,|Next,|Also,)[A-Z][a-z]{1,20}, )$"
)


class Assignment(msgspec.Struct, frozen=True):
    """A value said to belong to an entity; `start:end` is where, in the text of `step`."""

    step: int
    start: int
    end: int
    value: Fraction


def _verbs(verb: str) -> str:
    if verb in _BE:
        return "is|was|are|were"
    if verb in _HAVE:
        return "|".join(sorted(_HAVE)) + "|will have"
    stem = verb[:4] if len(verb) > 4 else verb[:3]
    irregular = {"made": "mak", "ate": "eat", "sold": "sell", "bought": "buy", "caught": "catch", "got": "get"}
    stems = {stem, irregular.get(verb, stem)}
    return "|".join(rf"{re.escape(s)}[a-z]*" for s in sorted(stems)) + "|has|had|have"


def _outcome(found: Sequence[Computation], at: int) -> Quantity | None:
    """The result of the sum that starts at `at`, followed through a chain of equalities."""
    for index, computation in enumerate(found):
        if computation.start == at:
            current = computation
            for following in found[index + 1 :]:
                if current.result is not None or following.start > current.end + 3:
                    break
                current = following
            return current.result
    return None


def _fits(noun: tuple[str, ...], words: Sequence[str]) -> bool:
    """Whether the words after a number can be the noun asked for; no words fit any noun."""
    if not words or not noun:
        return not words or not noun
    found = [singular(word) for word in words]
    return found[-1] == noun[-1] or found[0] == noun[-1] or noun[-1] in found


def owned(text: str, step: int, entity: Entity, found: Sequence[Computation]) -> Iterator[Assignment]:
    """Values a text gives to a proper name: "Katie has …", "Katie's score is …"."""
    owner = re.escape(entity.owner)
    if entity.owner[:1].islower():
        owner = rf"(?:[Tt]he|[Aa]n?|[Ee]ach|[Oo]ne|[Hh]is|[Hh]er|[Mm]y) {owner}"
    noun = re.escape(entity.noun[-1]) if entity.noun else "[a-z]+"
    verbs = _verbs(entity.verb)
    said = rf"(?:can |will |could |also |only )?(?:{verbs})"
    measured = rf"['’]s (?:[a-z]+ )?(?:age|weight|height|score|{noun}s?) (?:is|was|are|were)"
    alone = rf"\b{owner}"
    direct = rf"{alone}(?:(?:, who)? {said}|{measured}) {_FILLER}(?=[$\d(.])"
    carried = (
        rf"{alone} {said} (?:(?!{_OTHER_SUBJECT})[^.=;]){{4,100}}?"
        rf"(?:, (?:so|meaning|meaning that|which means|which means that|and) (?:he|she|it|they) {said} "
        rf"|,? (?:for|with|or) a total of |, a total of |, which is |, or ){_FILLER}(?=[$\d(.])"
    )
    for pattern in (direct, carried):
        for match in re.finditer(pattern, text):
            joined = _JOINT.search(text[max(0, match.start() - 24) : match.start()])
            if joined and not match.group().startswith(f"{entity.owner}, who "):
                continue
            yield from _value(text, step, match.end(), entity.noun, found)


def labelled(text: str, step: int, noun: tuple[str, ...], found: Sequence[Computation]) -> Iterator[Assignment]:
    """Values under a label: "The number of red pens is …"."""
    for match in _LABEL.finditer(text):
        if tuple(singular(word) for word in match.group("noun").split()) == noun:
            yield from _value(text, step, match.end(), (), found)


def _value(text: str, step: int, at: int, noun: tuple[str, ...], found: Sequence[Computation]) -> Iterator[Assignment]:
    outcome = _outcome(found, at)
    if outcome is None and text[at : at + 1] == "$":
        outcome = _outcome(found, at + 1)
    if outcome is not None:
        if not outcome.per and not _SPOILED.match(text, outcome.end) and _fits(noun, _clean(outcome.words)):
            yield Assignment(step, outcome.start, outcome.end, outcome.value)
        return
    for quantity in quantities(text[at : at + 60], step):
        if quantity.start > 1:
            return
        after = text[at + quantity.end : at + quantity.end + 40]
        if _SPOILED.match(after) or quantity.per or quantity.percent or re.match(r"\s*(?:\w+\s*){0,3}=", after):
            return
        if _fits(noun, _clean(quantity.words)):
            yield Assignment(step, at + quantity.start, at + quantity.end, quantity.value)
        return


def _clean(words: Sequence[str]) -> tuple[str, ...]:
    kept = []
    for word in words:
        if word in STOP:
            break
        kept.append(word)
    return tuple(kept)


def counted(text: str, step: int, entity: Entity, found: Sequence[Computation]) -> Iterator[Assignment]:
    """Values before a noun phrase: "30 red pens". The words must be those of the entity, no more and no fewer."""
    yield from labelled(text, step, entity.noun, found)
    for quantity in quantities(text, step, numerals=step < 0):
        words, _, end = phrase(text, quantity.end)
        if not words and (linked := _WERE.match(text, quantity.end)):
            words, _, end = phrase(text, linked.end())
        if tuple(singular(word) for word in words) != entity.noun or quantity.per or quantity.percent:
            continue
        if _SPOILED.match(text, end) or _BEFORE.search(text[max(0, quantity.start - 24) : quantity.start]):
            continue
        value = -quantity.value if text[: quantity.start].endswith(("-", "−")) else quantity.value
        yield Assignment(step, quantity.start, quantity.end, value)
