"""Numbers with their noun phrase, and nouns with their singular."""

from fractions import Fraction

import pytest

from verifiers.extraction.words.asking import asked, is_word_problem
from verifiers.extraction.words.nouns import singular
from verifiers.extraction.words.quantities import quantities


@pytest.mark.parametrize(
    ("text", "value", "noun", "per"),
    [
        ("45 red candles on a cake", 45, "candle", ""),
        ("$3 per hour", 3, "dollar", "hour"),
        ("16 eggs per day", 16, "egg", "day"),
        ("60 miles/hour", 60, "mile", "hour"),
        ("1,234.50 dollars", Fraction("1234.5"), "dollar", ""),
        (".5 liters", Fraction(1, 2), "liter", ""),
        ("12 of them", 12, "", ""),
    ],
)
def test_quantity(text, value, noun, per):
    (found,) = quantities(text, 0)
    assert (found.value, found.noun, found.per) == (value, noun, per)


@pytest.mark.parametrize("text", ["at 8:30", "x2", "3rd", "2x", "v1.2.3", "no number"])
def test_no_quantity(text):
    assert list(quantities(text, 0)) == []


def test_number_words_only_where_asked_for():
    text = "Twenty-five sheep and three goats"
    assert list(quantities(text, 0)) == []
    assert [q.value for q in quantities(text, 0, numerals=True)] == [25, 3]


@pytest.mark.parametrize(
    ("plural", "one"),
    [("boxes", "box"), ("ladies", "lady"), ("people", "person"), ("loaves", "loaf"), ("buses", "bus"), ("fish", "fish"),
     ("class", "class"), ("cookies", "cookie"), ("watches", "watch"), ("girls'", "girl"), ("Tom's", "tom")],
)  # fmt: skip
def test_singular(plural, one):
    assert singular(plural) == one


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Tom had 5 cars. How many cars are left?", "cars"),
        ("How many more white fish did he buy?", "white fish"),
        ("What is the average? How many people come on average per day?", None),
        ("How much money is left?", None),
    ],
)
def test_asked(question, text):
    found = asked(question)
    assert (found.text if found else None) == text


@pytest.mark.parametrize(
    ("question", "is_one"),
    [
        ("Ann has 5 cats and buys 3 more. How many cats has she got now?", True),
        ("Find all real $x$ with $x^2 = 4$ and then the sum of their squares.", False),
        ("Let f(x) be a function with f(2) = 5 and find how many roots it may have.", False),
        ("How many?", False),
        ("", False),
    ],
)
def test_is_word_problem(question, is_one):
    assert is_word_problem(question) is is_one
