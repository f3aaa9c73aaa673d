"""The starter packs: they load without an error, every question is taught and proved, and no two are the same."""

import re
from collections import Counter
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

import curriculum
from curriculum.choices import choices, right_letters
from curriculum.generation import Drawn, different, distinct, draw
from curriculum.grades import Outcome
from curriculum.grading import Response, grade
from curriculum.items import (
    AssertionReason,
    Expression,
    Item,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    ShortAnswer,
    SingleChoice,
    StatementSet,
    Steps,
)
from curriculum.packs import Pack, load_pack
from verifiers.notation import Unread, read

STARTER = Path(curriculum.__file__).parent / "starter"
NAMES = ("algebra_arithmetic", "civil_services")


def loaded(name: str) -> Pack:
    pack = load_pack(STARTER / name)
    assert isinstance(pack, Pack), [str(error) for error in pack]
    return pack


PACKS = {name: loaded(name) for name in NAMES}
ALGEBRA, CIVIL = (PACKS[name] for name in NAMES)
SUBJECTS = {
    "polity": (60, 60),
    "csat": (60, 60),
    "history": (20, 15),
    "geography": (20, 15),
    "economy": (20, 15),
    "science": (20, 15),
    "environment": (20, 15),
    "current_affairs": (20, 15),
}
"""Least numbers of passages and items."""


def words(item: Item) -> frozenset[str]:
    """What an item asks, as its words."""
    said = [item.context, item.stem, *(option.text for option in choices(item))]
    match item:
        case StatementSet():
            said += [statement.text for statement in item.statements]
        case AssertionReason():
            said += [item.assertion.text, item.reason.text]
        case Matching():
            said += [*item.left, *item.right]
        case Ordering():
            said += item.entries
        case Steps():
            said += [part.stem for part in item.parts]
    return frozenset(re.findall(r"[\w^/*+−-]+", " ".join(said).lower()))


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_subject_holds_what_it_promises(subject: str) -> None:
    passages = [name for name in CIVIL.passages if name.startswith(f"{subject}/")]
    items = [name for name in CIVIL.items if name.startswith(f"{subject}-")]
    least = SUBJECTS[subject]
    assert len(passages) >= least[0]
    assert len(items) >= least[1]


def test_algebra_and_arithmetic_hold_what_they_promise() -> None:
    assert len(ALGEBRA.skills) >= 25
    assert len(ALGEBRA.passages) >= 25
    assert len(ALGEBRA.templates) >= 40
    assert len(ALGEBRA.items) >= 40


def test_current_affairs_are_dated_and_follow_one_another() -> None:
    dated = [passage for name, passage in CIVIL.passages.items() if name.startswith("current_affairs/")]
    assert all(passage.valid_from is not None for passage in dated)
    counts = {
        day: [
            passage.text.split(".")[0]
            for passage in dated
            if passage.valid_on(day) and passage.id.startswith("current_affairs/states-")
        ]
        for day in (date(2014, 6, 1), date(2018, 1, 1), date(2019, 12, 1), date(2020, 2, 1))
    }
    assert list(counts.values()) == [
        [],
        ["India has 29 States and 7 Union territories"],
        ["India has 28 States and 9 Union territories"],
        ["India has 28 States and 8 Union territories"],
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_question_has_a_skill_an_explanation_and_passages_that_prove_it(name: str) -> None:
    pack = PACKS[name]
    for item in (*pack.items.values(), *pack.templates.values()):
        assert item.skills, item.id
        assert item.explanation, item.id
        assert item.passages, item.id
        taught = {skill for passage in item.passages for skill in pack.passages[passage].skills}
        assert taught & set(item.skills), item.id


@pytest.mark.parametrize("name", NAMES)
def test_every_skill_is_taught_and_asked(name: str) -> None:
    pack = PACKS[name]
    taught = {skill for passage in pack.passages.values() for skill in passage.skills}
    asked = {skill for item in (*pack.items.values(), *pack.templates.values()) for skill in item.skills}
    assert set(pack.skills) == taught == asked


@pytest.mark.parametrize("name", NAMES)
def test_passages_are_short_and_free(name: str) -> None:
    for passage in PACKS[name].passages.values():
        assert 40 <= len(passage.text.split()) <= 180, passage.id
        assert passage.licence == "CC0-1.0", passage.id


@pytest.mark.parametrize("name", NAMES)
def test_no_two_questions_are_nearly_the_same(name: str) -> None:
    said = [(item.id, words(item)) for item in PACKS[name].items.values()]
    twins = [(one, two) for (one, a), (two, b) in combinations(said, 2) if len(a & b) > 0.85 * len(a | b)]
    assert not twins


@pytest.mark.parametrize("name", NAMES)
def test_no_place_is_the_right_one_more_than_half_the_time(name: str) -> None:
    keys = Counter(
        letter
        for item in PACKS[name].items.values()
        if isinstance(item, SingleChoice)
        for letter in right_letters(item)
    )
    assert max(keys.values()) <= keys.total() / 2, keys


@pytest.mark.parametrize("name", NAMES)
def test_multiple_choice_has_right_and_wrong_options(name: str) -> None:
    for item in PACKS[name].items.values():
        if isinstance(item, MultipleChoice):
            assert 0 < len(item.keys) < len(item.options), item.id


def own(item: Item) -> Response:
    """The answer that the item itself calls right."""
    match item:
        case Steps():
            return [own(part) for part in item.parts]
        case Numeric() | Expression():
            return item.value
        case ShortAnswer():
            return item.accepted[0]
        case Ordering():
            return list(item.entries)
        case Matching():
            return ", ".join(f"{number}-{letter}" for number, letter in item.pairs)
        case _:
            return ", ".join(sorted(right_letters(item)))


@pytest.mark.parametrize("name", NAMES)
def test_what_an_item_calls_right_is_graded_right_and_nothing_else_is(name: str) -> None:
    for item in PACKS[name].items.values():
        assert grade(item, own(item)).outcome is Outcome.RIGHT, (item.id, grade(item, own(item)))
        if isinstance(item, ShortAnswer):
            assert all(grade(item, text).outcome is Outcome.RIGHT for text in item.accepted), item.id
        right = right_letters(item)
        for letter, _ in zip("abcdefgh", choices(item), strict=False):
            if right and letter not in right:
                assert grade(item, letter).outcome is Outcome.WRONG, (item.id, letter)


def test_templates_give_thousands_of_questions() -> None:
    found = sum(len(list(distinct(template, range(60)))) for template in ALGEBRA.templates.values())
    assert found > 3000


@pytest.mark.parametrize("name", ALGEBRA.templates)
def test_every_draw_is_valid(name: str) -> None:
    template = ALGEBRA.templates[name]
    for seed in range(1000, 1010):
        drawn = draw(template, seed)
        assert isinstance(drawn, Drawn), drawn
        assert "- (" not in " ".join(option.text for option in choices(drawn.item))
        if isinstance(drawn.item, SingleChoice):
            assert len(drawn.item.options) == 4
            texts = [option.text.removesuffix(template.unit).strip() for option in drawn.item.options]
            trees = [read(text) for text in texts]
            for letter, tree in zip("abcd", trees, strict=True):
                assert not isinstance(tree, Unread), texts
                assert different(tree, drawn.key) == (letter != drawn.item.key), drawn.item


def test_every_wrong_option_of_a_template_names_its_misconception() -> None:
    for template in ALGEBRA.templates.values():
        assert all(distractor.misconception for distractor in template.distractors), template.id
