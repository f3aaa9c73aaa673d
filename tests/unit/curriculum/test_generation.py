"""Items of templates: the same for a seed, with values that were computed, and options that differ."""

from fractions import Fraction

import pytest

from curriculum.generation import Drawn, NotDrawn, different, distinct, draw
from curriculum.installed import BUILT_IN
from curriculum.items import Numeric, SingleChoice
from curriculum.numbers import exact_number
from curriculum.packs import Pack, load_pack, pack_of
from curriculum.templates import Template
from tests.unit.curriculum.drawn import faults
from tests.unit.curriculum.small_pack import FILES
from verifiers.notation import Unread, read

LINES = r"""
- id: t/equation
  type: single_choice
  stem: "Solve {a*}x {+b} = {c}."
  parameters: {a: {integers: [2, 9]}, b: {integers: [-9, 9]}, c: {integers: [-9, 30]}}
  where: ["b != 0"]
  key: (c - b)/a
  check: ["a*key + b = c"]
  distractors:
    - {value: (c + b)/a, misconception: moves b without changing its sign}
    - {value: c - b, misconception: forgets to divide}
    - {value: (c - b)*a, misconception: multiplies}
    - {value: c - b - a, misconception: subtracts the factor}
- id: t/square
  type: single_choice
  stem: "Expand $(x {+a})^2$."
  parameters: {a: {integers: [-5, 5]}}
  where: [a != 0]
  key: x^2 + 2*a*x + a^2
  distractors: [{value: x^2 + a^2}, {value: x^2 + a*x + a^2}, {value: x^2 - 2*a*x + a^2}]
- id: t/diagonal
  type: expression
  stem: "How long is the diagonal of a square with side {side}?"
  parameters: {side: {integers: [2, 20]}}
  key: side*sqrt(2)
- id: t/share
  type: numeric
  stem: "{who} saves {share}% of {amount} rupees. How many rupees?"
  parameters:
    who: {words: [Asha, Ravi]}
    share: {values: ["12.5", "25", "5"]}
    amount: {integers: [100, 900]}
  let: {part: share/100}
  key: part*amount
  show: decimal
  explanation: "{part} × {amount} = {key}"
"""
NEVER = """
- id: t/never
  type: numeric
  stem: "{a}?"
  parameters: {a: {integers: [1, 9]}}
  key: KEY
  WHERE
"""


def templates(text: str) -> dict[str, Template]:
    pack = pack_of({**FILES, "templates/more.yaml": text})
    assert isinstance(pack, Pack), pack
    return dict(pack.templates)


ALL = templates(LINES)


@pytest.mark.parametrize("name", ALL)
def test_a_seed_gives_the_same_item_and_others_give_others(name: str) -> None:
    drawn = [draw(ALL[name], seed) for seed in range(40)]
    assert all(isinstance(one, Drawn) for one in drawn)
    assert drawn == [draw(ALL[name], seed) for seed in range(40)]
    assert len(list(distinct(ALL[name], range(40)))) > 5


@pytest.mark.parametrize("name", [name for name in ALL if ALL[name].type == "single_choice"])
def test_the_key_is_right_and_every_other_option_is_different(name: str) -> None:
    for seed in range(100):
        drawn = draw(ALL[name], seed)
        assert isinstance(drawn, Drawn)
        item = drawn.item
        assert isinstance(item, SingleChoice)
        trees = [read(option.text) for option in item.options]
        right = "abcd".index(item.key)
        for place, tree in enumerate(trees):
            assert not isinstance(tree, Unread)
            assert different(tree, drawn.key) == (place != right), item


def test_the_checked_relation_is_what_the_stem_asks() -> None:
    for seed in range(50):
        drawn = draw(ALL["t/equation"], seed)
        assert isinstance(drawn, Drawn)
        values = {name: tree.value for name, tree in drawn.values}  # type: ignore[union-attr]
        assert isinstance(drawn.item, SingleChoice)
        for letter, option in zip("abcd", drawn.item.options, strict=True):
            x = Fraction(option.text)
            assert (values["a"] * x + values["b"] == values["c"]) == (letter == drawn.item.key)


def test_words_stay_out_of_expressions_and_values_keep_their_writing() -> None:
    drawn = draw(ALL["t/share"], 3)
    assert isinstance(drawn, Drawn)
    assert isinstance(drawn.item, Numeric)
    assert drawn.item.stem.split()[0] in ("Asha", "Ravi")
    assert exact_number(drawn.item.value) == read_value(drawn)
    assert drawn.item.explanation.endswith(f"= {drawn.item.value}")


def read_value(drawn: Drawn) -> Fraction:
    values = {name: tree.value for name, tree in drawn.values}  # type: ignore[union-attr]
    share: Fraction = values["share"] * values["amount"] / 100
    return share


@pytest.mark.parametrize(
    ("key", "where", "why"),
    [
        ("a", 'where: ["a > 9"]', "a > 9 does not hold"),
        ("1/(a - a)", "", "has no value"),
        ("sqrt(a + 1/2)", "", "rational"),
        ("a", 'check: ["key = a + 1"]', "does not meet"),
        ("7^(a + 99)", "", "too many digits"),
        ("10^(10^(a + 8))", "", "rational"),
    ],
)
def test_what_cannot_be_drawn_says_why(key: str, where: str, why: str) -> None:
    found = draw(templates(NEVER.replace("KEY", key).replace("WHERE", where))["t/never"], 1)
    assert isinstance(found, NotDrawn)
    assert why in found.why


def test_signs_and_factors_are_written_as_one_writes_them() -> None:
    text = LINES.split("- id: t/square")[0].replace("[2, 9]", "[-1, 1]").replace('"b != 0"', '"b != 0", "a != 0"')
    stems = {drawn.item.stem for drawn in distinct(templates(text)["t/equation"], range(60))}
    assert all(not any(odd in stem for odd in ("+ -", "- -", "1x")) for stem in stems), stems


STARTER = load_pack(BUILT_IN / "algebra_arithmetic")


def test_items_of_the_starter_pack_are_proved() -> None:
    """A few of every template; `tests/bench/templates.py` takes ten thousand."""
    assert isinstance(STARTER, Pack), STARTER
    for template in STARTER.templates.values():
        for seed in range(100, 105):
            drawn = draw(template, seed)
            assert isinstance(drawn, Drawn), (template.id, drawn)
            assert faults(template, drawn) == [], drawn.item
