"""The final answer to an arrangement puzzle: the option chosen by its letter, or the object named."""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from verifiers.expr import Expr
from verifiers.extraction.reasoning.arrangement_puzzles import Puzzle, level
from verifiers.extraction.reasoning.facts import Fact, Facts
from verifiers.logic.problems import negation

_LETTER: Final = re.compile(
    r"\b(?i:answer)\s*(?:is|:)?\s*(?:\\boxed\{|\*\*|\$|\()*\s*(?:option )?\(?([A-J])\)?"
    r"(?![\w'’])(?! (?:is|was|are)\b)"
    r"|\\boxed\{\(?([A-J])\)?\}|\b(?i:option|choice|answer) \(?([A-J])\)? is (?:the )?(?:correct|right|answer)\b"
    r"|\bcorrect (?:option|choice|answer|one) is:? \**\(?([A-J])\)?(?![\w'’])"
)
_NAMED: Final = re.compile(r"\banswer(?: is|:)\s*(?:\*\*|\$|\\boxed\{)*\s*(?P<name>[^.\n]{1,80})", re.IGNORECASE)
_TENTATIVE: Final = re.compile(
    r"\b(?:if|whether|not|isn['’]t|could|might|would|suppose|rule out|eliminate|wrong|incorrect|false|says)\b|\?",
    re.IGNORECASE,
)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    start: int
    end: int
    fact: Fact


def answers(text: str, posed: Puzzle) -> Iterator[Answer]:
    """What a sentence gives as the answer."""
    if not posed.question.known or _TENTATIVE.search(text):
        return
    options = {letter.upper(): option for letter, option in posed.options}
    for found in _LETTER.finditer(text):
        option = options.get(next(filter(None, found.groups()), ""))
        fact = chosen(option, posed) if option else None
        if fact is not None:
            yield Answer(start=found.start(), end=found.end(), fact=fact)
            return
    for found in _NAMED.finditer(text):
        fact = chosen(found["name"], posed)
        if fact is not None:
            yield Answer(start=found.start(), end=found.end(), fact=fact)
            return


def chosen(option: str, posed: Puzzle) -> Fact | None:
    """What is claimed by an option, a sentence or the name of one asked for."""
    facts = Facts(posed.frame)
    levelled = level(option, posed.frame)
    sentence: Expr | None = None
    if re.fullmatch(r"(?:N )?<\d+>(?: N)?", levelled):
        if posed.question.asked:
            sentence = facts.sentence(f"{levelled} {posed.question.asked}")
    else:
        fact = facts.read(levelled)
        if fact is not None and fact.modality == "can":
            return fact
        sentence = None if fact is None else fact.sentence
    if sentence is None:
        return None
    if posed.question.denied:
        sentence = negation(sentence)
    return Fact(sentence=sentence, modality=posed.question.modality)
