"""Grading: what is said in another way stays right, and nothing that says something else is ever right."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.generation import Drawn, draw
from curriculum.grades import Grade, Outcome
from curriculum.grading import grade
from curriculum.installed import BUILT_IN
from curriculum.items import Expression, Item, Numeric, ShortAnswer, SingleChoice, item_from_json, item_to_json
from curriculum.packs import Pack, load_pack
from curriculum.said import roman
from curriculum.templates import Template
from verifiers.comparison import CompareOptions, Comparison, compare_with
from verifiers.verdicts import Reason, undecided

MONTHS = [date(2000, month, 1).strftime("%B") for month in range(1, 13)]
NAMES = ["Jawaharlal Nehru", "Rajya Sabha", "Chief Justice of India", "photosynthesis", "Fundamental Rights"]
PACK = load_pack(BUILT_IN / "algebra_arithmetic")
assert isinstance(PACK, Pack)
TEMPLATES = list(PACK.templates.values())
numbers = st.fractions(min_value=-1000, max_value=1000, max_denominator=99)


def compare(gold: str, pred: str) -> Comparison:
    return compare_with(gold, pred, CompareOptions(), lambda _: undecided(Reason.INCONCLUSIVE))


def graded(item: Item, response: str) -> Grade:
    return grade(item, response, compare=compare)


def number(value: Fraction) -> Numeric:
    return Numeric(id="x", stem="How much is it?", value=str(value))


def short(*accepted: str) -> ShortAnswer:
    return ShortAnswer(id="x", stem="What is it?", accepted=accepted)


@given(numbers, st.sampled_from(["{}", " {} ", "The answer is {}.", "x = {}", "= {}", "${}$"]))
def test_a_number_is_right_in_any_dress(value: Fraction, dress: str) -> None:
    assert graded(number(value), dress.format(value)).outcome is Outcome.RIGHT


@given(numbers, numbers)
def test_another_number_is_wrong(value: Fraction, other: Fraction) -> None:
    found = graded(number(value), str(other)).outcome
    assert found is (Outcome.RIGHT if value == other else Outcome.WRONG)


@given(numbers, st.sampled_from(["not {}", "it is not {}", "it isn't {}", "never {}", "about {}", "more than {}"]))
def test_a_denied_or_hedged_number_is_never_right(value: Fraction, dress: str) -> None:
    for item in (number(value), short(str(value)), Expression(id="x", stem="How much is it?", value=str(value))):
        assert graded(item, dress.format(value)).outcome is not Outcome.RIGHT


@given(st.dates(), st.dates())
def test_dates_are_the_same_day_or_wrong(one: date, other: date) -> None:
    first = f"{one.day} {MONTHS[one.month - 1]} {one.year:04d}"
    for written in (
        f"{MONTHS[other.month - 1]} {other.day}, {other.year:04d}",
        f"the {other.day}th of {MONTHS[other.month - 1][:3]} {other.year:04d}",
        other.isoformat(),
    ):
        found = graded(short(first), written).outcome
        assert found is (Outcome.RIGHT if one == other else Outcome.WRONG), (first, written)


@given(st.integers(1, 395), st.integers(1, 395), st.sampled_from(["", "A", "B"]), st.sampled_from(["", "A", "B"]))
def test_article_numbers_are_the_same_or_wrong(one: int, other: int, a: str, b: str) -> None:
    item = short(f"Article {one}{a}")
    for written in (f"Article {other}{b}", f"Art. {other}{b}", f"{other}{b}", f"it is article {other}{b}."):
        found = graded(item, written).outcome
        assert found is (Outcome.RIGHT if (one, a) == (other, b) else Outcome.WRONG), written


@given(st.sampled_from(NAMES), st.sampled_from(["not {}", "It is not {}.", "never {}", "{} or Delhi"]))
def test_a_denied_or_doubled_name_is_never_right(name: str, dress: str) -> None:
    assert graded(short(name), dress.format(name)).outcome is not Outcome.RIGHT


@given(st.sampled_from(NAMES), st.data())
def test_a_name_with_a_slip_is_neither_right_nor_silently_wrong(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(name) - 2))
    slipped = name[:at] + name[at + 1 :]
    if slipped.split() != name.split() and len(slipped.split()) == len(name.split()):
        assert graded(short(name), slipped).outcome in (Outcome.UNDECIDED, Outcome.WRONG, Outcome.RIGHT)
        assert graded(short(name), slipped).outcome is not Outcome.RIGHT or slipped.casefold() + "s" == name.casefold()


@settings(max_examples=300)
@given(st.text(max_size=60), st.sampled_from([number(Fraction(3, 4)), short("Article 352"), short("Nehru")]))
def test_no_text_crashes_or_is_right_by_accident(text: str, item: Item) -> None:
    found = graded(item, text)
    assert found.why
    if found.outcome is Outcome.RIGHT:
        assert any(sign in text.casefold() for sign in ("3", "75", "352", "nehru", "¾", "６", "㉄", "½")), text


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.id)
def test_keys_of_drawn_items_are_right_and_their_options_are_not(template: Template) -> None:
    drawn = draw(template, 5)
    assert isinstance(drawn, Drawn)
    item = drawn.item
    assert item_from_json(item_to_json(item)) == item
    if isinstance(item, SingleChoice):
        for letter, option in zip("abcdefgh", item.options, strict=False):
            expected = Outcome.RIGHT if letter == item.key else Outcome.WRONG
            assert graded(item, letter).outcome is expected
            assert graded(item, option.text).outcome is expected
    else:
        assert graded(item, item.value).outcome is Outcome.RIGHT


@given(st.integers(1, 99))
def test_roman_numerals_number_schedules(value: int) -> None:
    letters = next(text for text in _romans() if roman(text) == value)
    if letters not in ("C", "L"):
        assert graded(short(f"Schedule {value}"), f"Schedule {letters}").outcome is Outcome.RIGHT


def _romans() -> list[str]:
    tens = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"]
    units = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
    return [ten + unit for ten in tens for unit in units if ten + unit]
