"""What the options of a question say of its items, and which of them is right."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from verifiers.claims import Formula
from verifiers.extraction.reasoning.posed import number_of
from verifiers.verdicts import Label


class Item(msgspec.Struct, frozen=True):
    """A conclusion, statement or option on its own. It holds where all of its formulas are supported."""

    label: str
    text: str
    formulas: tuple[Formula, ...]


class OptionSaid(msgspec.Struct, frozen=True):
    """What an option says of the items: which hold and which do not. Without `wants` it was not read."""

    letter: str
    text: str
    wants: tuple[tuple[str, bool], ...] = ()


class Posed(msgspec.Struct, frozen=True):
    items: tuple[Item, ...]
    options: tuple[OptionSaid, ...]


def item_label(labels: Sequence[Label]) -> Label:
    """Whether an item holds, from the labels of its formulas."""
    if not labels:
        return Label.UNDECIDED
    if any(label is Label.REFUTED for label in labels):
        return Label.REFUTED
    return Label.SUPPORTED if all(label is Label.SUPPORTED for label in labels) else Label.UNDECIDED


def option_label(option: OptionSaid, items: Mapping[str, Label]) -> Label:
    """Whether an option is right: supported where every item is as it says."""
    if not option.wants:
        return Label.UNDECIDED
    found = [
        Label.UNDECIDED
        if (label := items.get(name, Label.UNDECIDED)) is Label.UNDECIDED
        else Label.SUPPORTED
        if (label is Label.SUPPORTED) is wanted
        else Label.REFUTED
        for name, wanted in option.wants
    ]
    return item_label(found)


def chosen(posed: Posed, items: Mapping[str, Label]) -> str:
    """The letter of the one right option: the only one supported, or the only one left. Empty where it is open."""
    labels = {option.letter: option_label(option, items) for option in posed.options}
    right = [letter for letter, label in labels.items() if label is Label.SUPPORTED]
    left = [letter for letter, label in labels.items() if label is not Label.REFUTED]
    if len(right) == 1:
        return right[0]
    return left[0] if not right and len(left) == 1 and len(labels) > 1 else ""


def combination(text: str, numbers: tuple[int, ...]) -> frozenset[int] | None:
    """Which of the numbers an option names as right: "Only I and II", "Neither 1 nor 2", "Both conclusions"."""
    plain = " ".join(text.replace("-", " ").split()).strip(" .*")
    if not numbers or len(plain) > 120 or re.search(r"\beither\b", plain, re.IGNORECASE):
        return None
    everyone = frozenset(numbers)
    named = frozenset(number_of(n) for n in re.findall(NUMERAL, plain))
    if not named <= everyone:
        return None
    rest = re.sub(NUMERAL, " ", plain)
    words = set(re.findall(r"[a-z]+", rest.lower()))
    if not words <= _COMBINING:
        return None
    if words & {"neither", "none", "no"}:
        return frozenset() if not named or named == everyone else None
    if "both" in words or "all" in words:
        return everyone if not named or named == everyone else None
    return named or None


NUMERAL: Final = r"\b(?:\d|I{1,3}|IV|VI{0,3}|V|i{1,3}|iv)\b"
_COMBINING: Final = frozenset(
    {
        "only",
        "and",
        "both",
        "neither",
        "nor",
        "none",
        "no",
        "all",
        "conclusion",
        "conclusions",
        "statement",
        "statements",
    }
    | {
        "follow",
        "follows",
        "is",
        "are",
        "the",
        "of",
        "valid",
        "correct",
        "true",
        "given",
        "above",
        "these",
        "logically",
    }
    | {"from", "a", "can", "be", "drawn", "right", "implicit", "conclude", "or", "does", "do"}
)


def word_starts(text: str, start: int, end: int) -> list[int]:
    """Where the words of a stretch begin: one choice that says several things is a claim from each of them on."""
    return [start + m.start() for m in re.finditer(r"\S+", text[start:end])]
