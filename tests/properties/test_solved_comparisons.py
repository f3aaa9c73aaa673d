"""Comparisons solved in varied wording: no right sentence is refuted, every wrong one is."""

from itertools import pairwise
from random import Random

import pytest

from verifiers.check import decide
from verifiers.extraction.finders import extract
from verifiers.protocol import QUICK
from verifiers.verdicts import Label

NAMES = ("Asha", "Bilal", "Chen", "Divya", "Elif", "Farid", "Gita", "Hugo")
SCALES = (
    ("taller", "shorter", "tallest", "shortest", "is"),
    ("heavier", "lighter", "heaviest", "lightest", "is"),
    ("older", "younger", "oldest", "youngest", "is"),
    ("richer", "poorer", "richest", "poorest", "is"),
)


def puzzle(random: Random) -> tuple[str, list[str], tuple[str, ...]]:
    """A question that fixes the order of its names, greatest first, the order and the words of its scale."""
    order = random.sample(NAMES, random.randint(3, 7))
    words = random.choice(SCALES)
    more, less, most, _, verb = words
    clues = [
        f"{a} {verb} {more} than {b}." if random.random() < 0.5 else f"{b} {verb} {less} than {a}."
        for a, b in pairwise(order)
    ]
    random.shuffle(clues)
    return f"{' '.join(clues)} Who {verb} the {most}?", order, words


def sentences(order: list[str], words: tuple[str, ...], random: Random) -> list[str]:
    """What can be said of that order."""
    more, less, most, least, verb = words
    at, later = sorted(random.sample(range(len(order)), 2))
    return [
        f"So {order[0]} {verb} the {most}.",
        f"Therefore, {order[-1]} must be the {least}.",
        f"{order[at]} {verb} {more} than {order[later]}.",
        f"Hence {order[later]} {verb} {less} than {order[at]}.",
        f"From {most} to {least}: {', '.join(order)}.",
        " > ".join(order) + ".",
        f"{order[later]} cannot be the {most}.",
    ]


@pytest.mark.parametrize("seed", range(40))
def test_right_sentences_are_supported_and_wrong_ones_refuted(seed: int) -> None:
    random = Random(seed)
    question, order, words = puzzle(random)
    for told, wanted in ((order, Label.SUPPORTED), (order[::-1], Label.REFUTED)):
        for sentence in sentences(list(told), words, random):
            if "cannot" in sentence and wanted is Label.REFUTED and sentence.split()[0] != order[0]:
                continue
            formulas = [c.formula for c in extract(question, [sentence]).claims if c.formula is not None]
            labels = {decide(formula, QUICK).label for formula in formulas}
            # A clue said again, also the other way round, needs no second look.
            again = wanted is Label.SUPPORTED and " than " in sentence and not labels
            assert again or labels == {wanted}, (question, sentence, labels)
