"""Templates: questions with parameters. `generation.py` draws items from them."""

from fractions import Fraction
from typing import Literal, TypeAlias

import msgspec

from curriculum.items import Tolerance


class Integers(msgspec.Struct, frozen=True, tag="integers", tag_field="draw"):
    """A whole number, both ends included."""

    least: int
    most: int


class Values(msgspec.Struct, frozen=True, tag="values", tag_field="draw"):
    """One of some expressions: numbers like `1/2`, or anything the notation reads."""

    values: tuple[str, ...]


class Words(msgspec.Struct, frozen=True, tag="words", tag_field="draw"):
    """One of some words, for the stem only."""

    words: tuple[str, ...]


Parameter: TypeAlias = Integers | Values | Words


class Distractor(msgspec.Struct, frozen=True, omit_defaults=True):
    """A wrong answer as the expression that a named misconception leads to."""

    value: str
    misconception: str = ""


class Template(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`key`, `let`, `where` and the distractors are expressions in the parameters; letters that are no parameters stay
    letters. In `stem`, `explanation` and `hints`, `{a}` is the value of a parameter, `{+a}` the value with its sign
    (`+ 3`, `- 3`), `{a*}` the value as a factor (nothing for 1, `-` for -1), `{key}` the answer.
    """

    id: str
    type: Literal["single_choice", "numeric", "expression"]
    stem: str
    skills: tuple[str, ...] = ()
    parameters: tuple[tuple[str, Parameter], ...] = ()
    let: tuple[tuple[str, str], ...] = ()
    """Values computed from the parameters, in order; a later one may use earlier ones."""
    where: tuple[str, ...] = ()
    """Relations that a draw must meet; one that does not is drawn again."""
    key: str
    check: tuple[str, ...] = ()
    """Relations in the parameters and `key` that the key is proved to meet and every distractor to break: the equation
    that the question asks to solve, say."""
    distractors: tuple[Distractor, ...] = ()
    shown: int = 4
    """Options of a single choice: the key and the first distractors that differ from it and each other."""
    show: Literal["plain", "decimal"] = "plain"
    """How rational values are written: `3/4`, or `0.75` where the decimal is finite."""
    unit: str = ""
    tolerance: Tolerance | None = None
    explanation: str = ""
    hints: tuple[str, ...] = ()
    source: str = ""
    difficulty: int | None = None
    marks: Fraction = Fraction(1)
    passages: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """Parameters and computed values."""
        return frozenset(name for name, _ in (*self.parameters, *self.let))
