"""Relations of the question, and the values a text gives to their sides."""

from fractions import Fraction

import pytest

from verifiers.extraction.words.assignments import counted, owned
from verifiers.extraction.words.computations import computations
from verifiers.extraction.words.relations import Entity, factor, relations


@pytest.mark.parametrize(
    ("text", "subject", "other", "factors", "offset"),
    [
        ("Mona has 4 times as many stickers as Pavel.", "Mona's stickers", "Pavel's stickers", [4], 0),
        ("Ravi has 7 fewer coins than Lena.", "Ravi's coins", "Lena's coins", [1], -7),
        ("Nadia is 5 years older than Tomas.", "Nadia", "Tomas", [1], 5),
        ("Bela scored 3 more than twice as many points as Carlo.", "Bela's points", "Carlo's points", [2], 3),
        ("Ugo ate three times more plums than Wanda.", "Ugo's plums", "Wanda's plums", [3, 4], 0),
        ("The coat costs twice as much as the hat.", "coat", "hat", [2], 0),
        ("There are 30 more gold coins than silver coins.", "gold coins", "silver coins", [1], 30),
        ("They keep half as many goats as sheep.", "goats", "sheep", [Fraction(1, 2)], 0),
        ("The number of men is twice the number of women.", "men", "women", [2], 0),
        ("She has 12 red pens and half as many blue pens.", "blue pens", "red pens", [Fraction(1, 2)], 0),
        ("Una sold 30 cakes and Vera sold twice as many.", "Vera's cakes", "Una's cakes", [2], 0),
        ("Kai picked double the number of pears that Lou picked.", "Kai's pears", "Lou's pears", [2], 0),
        ("Hal raised $1,200 more than Ida.", "Hal", "Ida", [1], 1200),
        ("Elna has 60% more plants than Fritz.", "Elna's plants", "Fritz's plants", [Fraction(8, 5)], 0),
        ("It sold 25% fewer red caps than blue caps.", "red caps", "blue caps", [Fraction(3, 4)], 0),
    ],
)
def test_relation(text, subject, other, factors, offset):
    found = next(iter(relations(text)))
    assert (found.subject.name, found.other.name) == (subject, other)
    assert list(found.factors) == factors
    assert found.offset == offset
    assert text[found.start : found.end].strip() == found.text


@pytest.mark.parametrize(
    "text",
    [
        "In 5 years, Rosa will be twice as old as Sven.",
        "Three years ago, Rosa was twice as old as Sven.",
        "Mona has 4 times as many stickers as Pavel and Nils combined.",
        "He has more than 3 coins.",
        "The jar holds 5 more pieces of candy than the jar of mints.",
        "Twice two is four.",
    ],
)
def test_no_relation(text):
    assert list(relations(text)) == []


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twice", 2), ("thrice", 3), ("half", Fraction(1, 2)), ("one-third", Fraction(1, 3)),
        ("a quarter", Fraction(1, 4)), ("two-thirds", Fraction(2, 3)), ("3 times", 3), ("1/5", Fraction(1, 5)),
        ("25%", Fraction(1, 4)), ("1.5 times", Fraction(3, 2)), ("two and a half times", Fraction(5, 2)),
    ],
)  # fmt: skip
def test_factor(words, value):
    assert factor(words) == value


MONA = Entity("Mona", ("sticker",), "has")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Mona has 24 stickers.", [24]),
        ("Mona has 4 x 6 = 24 stickers.", [24]),
        ("Mona has 4 x 6 = 20 + 4 = 24.", [24]),
        ("Mona has 4 times as many as Pavel, so she has 4 x 6 = 24.", [24]),
        ("Mona has 6 more stickers than Pavel.", []),
        ("Mona has 24 coins.", []),
        ("Pavel and Mona have 30 stickers.", []),
        ("Mona has 24 stickers left.", []),
        ("Mona has 5 stickers per page.", []),
    ],
)
def test_owned(text, values):
    assert [a.value for a in owned(text, 0, MONA, computations(text, 0))] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("There are 30 red pens.", [30]),
        ("30 red pens and 12 blue pens", [30]),
        ("30 pens", []),
        ("30 big red pens", []),
        ("another 30 red pens", []),
        ("30 red pens left", []),
    ],
)
def test_counted(text, values):
    assert [a.value for a in counted(text, 0, Entity("", ("red", "pen")), [])] == values
