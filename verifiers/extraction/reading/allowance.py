"""What reading one answer may cost, in counts: the same text is read to the same place on every machine."""

from typing import Final

LONGEST_SENTENCE: Final = 4_000
"""Code points of a sentence; a longer one is left unread."""
MOST_SENTENCES: Final = 5_000
MOST_FORMULAS: Final = 2_000
MOST_RELATIONS: Final = 4_000
MOST_VISITS: Final = 1_000_000
"""Tokens looked at for formulas in prose, each time anew where a formula broke off."""


class Allowance:
    """Counts down while an answer is read, over all of its steps."""

    def __init__(self) -> None:
        self.sentences = MOST_SENTENCES
        self.formulas = MOST_FORMULAS
        self.relations = MOST_RELATIONS
        self.visits = MOST_VISITS

    @property
    def spent(self) -> bool:
        return min(self.sentences, self.formulas, self.relations, self.visits) <= 0
