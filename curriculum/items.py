"""Items: the questions of a pack. The tag of a struct is the `type` it has in a file.

What follows from an item's own data (options that are always the same, the key of judged statements) is not written
but computed: see `choices.py`.
"""

from fractions import Fraction
from typing import Final, Literal, TypeAlias

import msgspec

from verifiers.expr import decode_hook, encode_hook


class Option(msgspec.Struct, frozen=True, omit_defaults=True):
    text: str
    misconception: str = ""
    """What a student who chooses it gets wrong."""


class _Item(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", omit_defaults=True):
    id: str
    stem: str
    skills: tuple[str, ...] = ()
    context: str = ""
    """Text that several questions are about, shown before the stem."""
    explanation: str = ""
    hints: tuple[str, ...] = ()
    source: str = ""
    difficulty: int | None = None
    """1 easy to 5 hard, as the author judges."""
    marks: Fraction = Fraction(1)
    passages: tuple[str, ...] = ()
    """Passages that prove the key."""


class SingleChoice(_Item, frozen=True, kw_only=True, tag="single_choice"):
    options: tuple[Option, ...]
    key: str
    """Letter of the right option."""


class MultipleChoice(_Item, frozen=True, kw_only=True, tag="multiple_choice"):
    options: tuple[Option, ...]
    keys: tuple[str, ...]


class Tolerance(msgspec.Struct, frozen=True):
    amount: Fraction
    relative: bool = False
    """A share of the value (`2%` is 1/50) instead of an amount in its unit."""


class Numeric(_Item, frozen=True, kw_only=True, tag="numeric"):
    value: str
    """As written, `3/4` or `12.5`; its value is rational."""
    tolerance: Tolerance | None = None
    unit: str = ""


class Expression(_Item, frozen=True, kw_only=True, tag="expression"):
    value: str
    variables: tuple[str, ...] = ()


class ShortAnswer(_Item, frozen=True, kw_only=True, tag="short_answer"):
    accepted: tuple[str, ...]


class Judged(msgspec.Struct, frozen=True):
    """A statement and whether it is true."""

    text: str
    holds: bool


class StatementSet(_Item, frozen=True, kw_only=True, tag="statement_set"):
    statements: tuple[Judged, ...]
    ask: Literal["which", "how_many"] = "which"
    options: tuple[Option, ...] = ()
    key: str = ""


class AssertionReason(_Item, frozen=True, kw_only=True, tag="assertion_reason"):
    assertion: Judged
    reason: Judged
    explains: bool = False
    """Whether the reason is why the assertion is true."""


class Matching(_Item, frozen=True, kw_only=True, tag="matching"):
    left: tuple[str, ...]
    right: tuple[str, ...]
    pairs: tuple[tuple[int, str], ...]
    """`(1, "c")`: the first entry on the left belongs to the third on the right. Every left entry has one."""
    options: tuple[Option, ...] = ()
    key: str = ""


class Ordering(_Item, frozen=True, kw_only=True, tag="ordering"):
    entries: tuple[str, ...]
    """In the right order; `choices.shown_order` says in which they are shown."""


class Steps(_Item, frozen=True, kw_only=True, tag="steps"):
    parts: tuple[
        "SingleChoice | MultipleChoice | Numeric | Expression | ShortAnswer | StatementSet | AssertionReason | Matching"
        " | Ordering",
        ...,
    ]
    """Answered one after the other; a part's id is the item's with `/1`, `/2` …"""


Part: TypeAlias = (
    SingleChoice
    | MultipleChoice
    | Numeric
    | Expression
    | ShortAnswer
    | StatementSet
    | AssertionReason
    | Matching
    | Ordering
)
Item: TypeAlias = Part | Steps

TYPES: Final = (
    "single_choice", "multiple_choice", "numeric", "expression", "short_answer", "statement_set", "assertion_reason",
    "matching", "ordering", "steps",
)  # fmt: skip

_DECODER: Final = msgspec.json.Decoder(Item, dec_hook=decode_hook)


def item_to_json(item: Item) -> bytes:
    return msgspec.json.encode(item, enc_hook=encode_hook, order="deterministic")


def item_from_json(data: bytes | str) -> Item:
    """An item of `item_to_json`.

    Raises:
        msgspec.ValidationError: not an item.
    """
    item: Item = _DECODER.decode(data)
    return item
