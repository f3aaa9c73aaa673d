"""Near-duplicates: the same question in nearly the same words, and nothing that differs in what it asks."""

import random

import pytest

from curriculum.duplicates import ALIKE, Twins, twins
from curriculum.items import Judged, Numeric, Option, SingleChoice, StatementSet

STEM = (
    "Which Article of the Constitution of India provides for the proclamation of a national emergency by the President?"
)


def choice(name: str, stem: str, *options: str) -> SingleChoice:
    return SingleChoice(id=name, stem=stem, options=tuple(map(Option, options)), key="a")


BASE = choice("one", STEM, "Article 352", "Article 356", "Article 360", "Article 368")
TWIN = [
    choice("two", STEM, "Article 360", "Article 352", "Article 368", "Article 356"),
    choice("two", STEM.upper(), "Article 352", "Article 356", "Article 360", "Article 368"),
    choice("two", STEM.replace("by the President", "by President"), "Article 352", "Article 356", "Article 360",
           "Article 368"),
]  # fmt: skip
OTHER = [
    choice("two", STEM, "Article 352", "Article 356", "Article 360", "Article 370"),
    choice(
        "two", STEM.replace("provides", "does not provide"), "Article 352", "Article 356", "Article 360", "Article 368"
    ),
    choice("two", STEM.replace("national", "financial"), "Article 352", "Article 356", "Article 360", "Article 368"),
    choice("two", "What is the capital?", "Delhi", "Mumbai"),
]


@pytest.mark.parametrize("other", TWIN, ids=lambda item: item.stem[:60])
def test_twins_are_named(other: SingleChoice) -> None:
    (found,) = twins([BASE, other])
    assert (found.first, found.second) == ("one", "two")
    assert found.alike >= ALIKE


@pytest.mark.parametrize("other", OTHER, ids=lambda item: item.stem[:60])
def test_other_questions_are_no_twins(other: SingleChoice) -> None:
    assert list(twins([BASE, other])) == []


def test_the_same_words_with_other_numbers_are_another_question() -> None:
    items = [
        Numeric(id=str(n), stem=f"What is the sum of the first {n} odd numbers?", value=str(n * n)) for n in range(9)
    ]
    assert list(twins(items)) == []


def test_statement_sets_are_told_apart_by_their_statements() -> None:
    stem = "Which of the statements given above is/are correct?"
    one = StatementSet(id="one", stem=stem, statements=(Judged("The Lok Sabha sits for five years.", True),) * 1)
    other = StatementSet(
        id="two", stem=stem, statements=(Judged("The Rajya Sabha elects its chairman itself.", False),)
    )
    assert list(twins([one, other])) == []


def test_no_pair_is_missed() -> None:
    """The index finds what comparing every pair finds."""
    generator = random.Random(5)
    words = [f"word{letter}" for letter in "abcdefghijklmno"]
    stems = [" ".join(generator.choices(words, k=30)) for _ in range(40)]
    stems += [" ".join([*stem.split()[:-1], stem.split()[0]]) for stem in stems[:20]]
    items = [Numeric(id=str(n), stem=stem, value="1") for n, stem in enumerate(stems)]
    found = {(twin.first, twin.second) for twin in twins(items)}
    alone = [pair for pair in ((a, b) for n, b in enumerate(items) for a in items[:n]) if list(twins(pair))]
    assert {second for _, second in found} == {b.id for _, b in alone}
    assert all(isinstance(twin, Twins) for twin in twins(items))
