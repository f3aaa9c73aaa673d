"""Exam questions on arrangements: what each option says of the order, the seats or who has what."""

import re
from collections.abc import Sequence
from typing import Final

from verifiers.claims import Deduction
from verifiers.extraction.reasoning.arrangement_answers import chosen
from verifiers.extraction.reasoning.arrangement_puzzles import arrangement
from verifiers.extraction.reasoning.options import Item, OptionSaid, Posed
from verifiers.logic.problems import Statement

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
    items: list[Item] = []
    said: list[OptionSaid] = []
    offered = list(options) or [(letter.upper(), text) for letter, text in puzzle.options]
    for letter, text in offered:
        if _OPEN.search(text):
            said.append(OptionSaid(letter, text, tuple((other, False) for other, _ in offered if other != letter)))
            continue
        fact = chosen(text.strip(" ."), puzzle)
        if fact is None or (puzzle.loose and fact.modality == "can"):
            said.append(OptionSaid(letter, text))
            continue
        modality = fact.modality
        if modality == "is" and not puzzle.loose:
            modality = "must"
        elif modality == "must" and puzzle.loose:
            modality = "is"
        formula = Deduction(problem=problem, conclusion=Statement(fact.sentence, text), modality=modality)
        items.append(Item(letter, text, (formula,)))
        said.append(OptionSaid(letter, text, ((letter, True),)))
    return Posed(tuple(items), tuple(said)) if items else None
