"""Sentences, formulas and chains, each with its exact place."""

import pytest

from verifiers.claims import QUESTION
from verifiers.expr import Const, walk
from verifiers.extraction.document import Mood
from verifiers.extraction.reading.allowance import MOST_FORMULAS
from verifiers.extraction.reading.maths import LONGEST, delimited
from verifiers.extraction.reading.reader import read_document


def sentences(text):
    part = read_document("", [text]).steps[0]
    return [text[s.start : s.end] for s in part.sentences]


def formulas(text):
    part = read_document("", [text]).steps[0]
    return [text[m.start : m.end].strip() for m in part.maths]


def chains(text):
    part = read_document("", [text]).steps[0]
    return [[text[t.start : t.end] for t in chain.terms] for chain in part.chains]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("It is 3.5 km, e.g. by car. Then stop.", ["It is 3.5 km, e.g. by car.", "Then stop."]),
        ("Dr. Rao has 5. She is glad.", ["Dr. Rao has 5.", "She is glad."]),
        ("# Plan\n- one\n- two", ["# Plan", "- one", "- two"]),
        ("1. First do this.\n2. Then that.", ["1. First do this.", "2. Then that."]),
        ("So 4! = 24 here. Done.", ["So 4! = 24 here.", "Done."]),
        ("We get:\n\\[ x = 5. \\]\nso it ends.", ["We get:\n\\[ x = 5. \\]\nso it ends."]),
        ("We get\n\\[ x = 5. \\]\nThe rest follows.", ["We get\n\\[ x = 5. \\]", "The rest follows."]),
        ("Let $x = 3.$ Then go.", ["Let $x = 3.$", "Then go."]),
        ("", []),
    ],
)
def test_sentences(text, expected):
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$x$ and \\(y\\) and \\[z\\]", ["x", "y", "z"]),
        ("it costs $5 and $6", []),
        ("it costs $5, then 3 more for $x = 2$", ["x = 2"]),
        ("$$a = b$$", ["a = b"]),
        ("open \\( x = 1 and no end", ["x = 1"]),
        ("\\begin{equation} a = b \\end{equation}", ["a = b"]),
        ("so 2x + 3 = 7 there", ["2x + 3 = 7"]),
        ("the total cost = 5 of it", ["= 5"]),
    ],
)
def test_formulas(text, expected):
    assert formulas(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\\[ a = b \\\\ c = d \\]", [["a", "b"], ["c", "d"]]),
        ("\\[ a &= b \\\\ &= c \\]", [["a", "b", "c"]]),
        ("\\[ a = b \\implies c = d \\]", [["a", "b"], ["c", "d"]]),
        ("\\[ x = 1, \\quad y = 2 \\]", [["x", "1"], ["y", "2"]]),
        ("\\[ x = 1 \\text{ and } y = 2 \\]", [["x", "1"], ["y", "2"]]),
        ("$a$ = $b$", [["a", "b"]]),
        ("Total cost = 3 + 4 = 7", [["Total cost", "3 + 4", "7"]]),
        ("1 < x <= 3", [["1", "x", "3"]]),
    ],
)
def test_chains(text, expected):
    assert chains(text) == expected


def test_an_unclosed_formula_is_bounded():
    assert delimited("\\( x = 1 " + "y" * LONGEST + "\\)") == []


def test_a_calculators_mark_is_read_apart():
    assert chains("16 - 3 = <<16-3=13>>13 eggs") == [["16 - 3", "13"], ["16-3", "13"]]


def test_the_words_around_a_formula_are_kept():
    part = read_document("", ["This simplifies to x = 3 for all n."]).steps[0]
    assert (part.chains[0].lead, part.chains[0].trail) == ("this simplifies to ", " for all n.")


def test_the_question_is_a_part_of_its_own():
    document = read_document("Solve x = 2.", ["x = 2"])
    assert document.question.is_question
    assert document.question.step == QUESTION
    assert [s.step for s in document.steps] == [0]


def test_the_formulas_of_one_step_are_bounded():
    part = read_document("", ["1 + 1 = 2. " * (MOST_FORMULAS + 50) + "The end"]).steps[0]
    assert len(part.chains) == MOST_FORMULAS - 1
    assert part.unread[-1][1] == len(part.text)


@pytest.mark.parametrize(("opening", "mood"), [("No, 4 - b = 9.", Mood.REJECTED), ("Now b = 4.", Mood.ASSERTED)])
def test_the_next_step_may_take_back_the_last_sentence(opening, mood):
    document = read_document("", ["We have x = 7. So 4 - b = 0.", opening])
    first, second = document.steps[0].chains
    assert (first.mood, second.mood) == (Mood.ASSERTED, mood)


@pytest.mark.parametrize(
    ("question", "steps", "unit"),
    [
        ("Write the complex number 3i - 4 in polar form.", ["3i is on the axis."], True),
        ("Let i be an integer. What is 3i - 4?", ["3i is a multiple of 3."], False),
        ("Sum the complex numbers a_i.", ["3i is the last."], False),
    ],
)
def test_i_is_the_imaginary_unit_where_the_question_says_so(question, steps, unit):
    document = read_document(question, ["\\( 3i = 5 \\)", *steps])
    tree = document.steps[0].chains[0].terms[0].expr
    assert (Const("i") in walk(tree)) is unit
