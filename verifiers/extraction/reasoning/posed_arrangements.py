"""Exam questions on arrangements: what each option says of the order, the seats or who has what."""

import re
from collections.abc import Sequence
from typing import Final

from verifiers.claims import Deduction
from verifiers.extraction.reasoning.arguments import denied
from verifiers.extraction.reasoning.arrangement_answers import chosen
from verifiers.extraction.reasoning.arrangement_puzzles import Puzzle, arrangement, level
from verifiers.extraction.reasoning.facts import Fact, Facts
from verifiers.extraction.reasoning.options import Item, OptionSaid, Posed, of_numbered
from verifiers.extraction.reasoning.posed import Question, cut
from verifiers.logic.problems import Problem, Statement

_OPEN: Final = re.compile(
    r"\b(?:cannot be (?:determined|told)|can['’]t be determined|(?:data|information) (?:is|are) (?:inadequate|not"
    r" sufficient|insufficient)|not sufficient|impossible to (?:tell|say)|none of|nothing can)\b",
    re.IGNORECASE,
)


def posed_arrangement(question: str, options: Sequence[tuple[str, str]]) -> Posed | None:
    """The options as conclusions from the clues; where no option need hold, one that says so is right."""
    listed = "\n".join(f"({letter}) {text}" for letter, text in options)
    puzzle = arrangement(f"{question}\n{listed}" if listed else question)
    if puzzle is None or puzzle.unread:
        return None
    problem = puzzle.frame.problem(puzzle.premises)
    parts = cut(question, options or None)
    if parts.conclusions:
        return _numbered(parts, puzzle, problem)
    items: list[Item] = []
    said: list[OptionSaid] = []
    offered = list(options) or [(letter.upper(), text) for letter, text in puzzle.options]
    for letter, text in offered:
        if _OPEN.search(text):
            said.append(OptionSaid(letter, text, tuple((other, False) for other, _ in offered if other != letter)))
            continue
        formulas = _formulas(chosen(text.strip(" ."), puzzle), text, puzzle, problem)
        if formulas:
            items.append(Item(letter, text, formulas))
        said.append(OptionSaid(letter, text, ((letter, True),) if formulas else ()))
    return Posed(tuple(items), tuple(said)) if items else None


def _numbered(parts: Question, puzzle: Puzzle, problem: Problem) -> Posed | None:
    """Numbered statements of which it is asked whether they are correct."""
    facts = Facts(puzzle.frame)
    items = []
    for statement in parts.conclusions:
        fact = facts.read(level(statement.text, puzzle.frame))
        if formulas := _formulas(fact, statement.text, puzzle, problem):
            items.append(Item(str(statement.number), statement.text, formulas))
    numbers = tuple(c.number for c in parts.conclusions)
    options = [of_numbered(letter, text, numbers, denied=denied(parts)) for letter, text in parts.options]
    return Posed(tuple(items), tuple(options)) if items else None


def _formulas(fact: Fact | None, text: str, puzzle: Puzzle, problem: Problem) -> tuple[Deduction, ...]:
    if fact is None or (puzzle.loose and fact.modality == "can"):
        return ()
    modality = fact.modality
    if modality == "is" and not puzzle.loose:
        modality = "must"
    elif modality == "must" and puzzle.loose:
        modality = "is"
    return (Deduction(problem=problem, conclusion=Statement(fact.sentence, text), modality=modality),)
