"""Reasoning questions with options, as an exam puts them: what each option says, in claims that decide it.

posed = read_question(question, options)          # None: no reader takes it up
labels = {item.label: item_label([verdict of f for f in item.formulas]) for item in posed.items}
option_label(posed.options[0], labels)            # supported: this option is right
chosen(posed, labels)                             # "C", or "" where it is left open
"""

from collections.abc import Callable, Sequence
from typing import Final

from verifiers.extraction.reasoning.arguments import posed_syllogism
from verifiers.extraction.reasoning.comparisons import posed_comparisons
from verifiers.extraction.reasoning.conditionals import posed_conditionals
from verifiers.extraction.reasoning.options import Item, OptionSaid, Posed, chosen, item_label, option_label
from verifiers.extraction.reasoning.posed import Question, cut
from verifiers.extraction.reasoning.posed_arrangements import posed_arrangement
from verifiers.extraction.reasoning.set_answers import posed_counts
from verifiers.extraction.reasoning.statements import posed_statements

__all__ = ["Item", "OptionSaid", "Posed", "chosen", "item_label", "option_label", "read_question"]

READERS: Final[tuple[Callable[[Question], Posed | None], ...]] = (
    posed_counts,
    posed_comparisons,
    posed_syllogism,
    posed_conditionals,
    posed_statements,
)


def read_question(question: str, options: Sequence[tuple[str, str]] | None = None) -> Posed | None:
    """What the options of a question say, None where no reader takes it up. Options that are not given are looked for
    in the question.
    """
    parts = cut(question, options)
    arranged = posed_arrangement(question, options or ())
    if arranged is not None:
        return arranged
    for reader in READERS:
        posed = reader(parts)
        if posed is None or not posed.items:
            continue
        if not posed.options or any(option.wants or option.count is not None for option in posed.options):
            return posed
    return None
