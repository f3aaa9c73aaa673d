"""Chances of draws agree with counting every way to draw."""

from collections.abc import Callable
from fractions import Fraction
from itertools import permutations, product

import pytest

from verifiers.extraction.results.populations import Draw, bag, deck

COUNTS = {"red": 2, "blue": 3, "green": 1}
COLOURS = [colour for colour, count in COUNTS.items() for _ in range(count)]


def share(many: int, replaced: bool, meets: Callable[[list[str]], bool]) -> Fraction:
    every = product(range(6), repeat=many) if replaced else permutations(range(6), many)
    drawn = [meets([COLOURS[thing] for thing in things]) for things in every]
    return Fraction(sum(drawn), len(drawn))


@pytest.mark.parametrize("replaced", [False, True])
@pytest.mark.parametrize("many", [1, 2, 3])
def test_chances_of_a_bag(many: int, replaced: bool) -> None:
    population = bag(COUNTS, "balls?")
    draw = Draw(population, many, replaced)
    red, blue = (population.part(colour) or frozenset() for colour in ("red", "blue balls"))
    assert draw.hits(red, (1,)) == share(many, replaced, lambda c: c.count("red") == 1)
    assert draw.hits(red, range(1, many + 1)) == share(many, replaced, lambda c: "red" in c)
    assert draw.in_turn([blue] * many) == share(many, replaced, lambda c: set(c) == {"blue"})
    if many == 2:
        assert draw.together([(red, 1), (blue, 1)]) == share(2, replaced, lambda c: set(c) == {"red", "blue"})
        assert draw.in_turn([red, blue]) == share(2, replaced, lambda c: c == ["red", "blue"])
    if many > 1:
        assert draw.alike("color") == share(many, replaced, lambda c: len(set(c)) == 1)
        assert draw.unlike("color") == share(many, replaced, lambda c: len(set(c)) == many)


@pytest.mark.parametrize(
    ("phrase", "size"),
    [
        ("an ace", 4),
        ("red", 26),
        ("hearts", 13),
        ("red king", 2),
        ("queen of spades", 1),
        ("face cards", 12),
        ("a king or a heart", 16),
        ("not a club", 39),
        ("black face card", 6),
        ("7s", 4),
    ],
)
def test_parts_of_a_deck(phrase: str, size: int) -> None:
    assert len(deck().part(phrase) or ()) == size


@pytest.mark.parametrize("phrase", ["a joker", "lucky", "cards", "a number card", "an ace and a king"])
def test_names_that_mean_no_part_of_a_deck(phrase: str) -> None:
    assert deck().part(phrase) is None
