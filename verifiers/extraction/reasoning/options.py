"""What the options of a question say of its items, and which of them is right."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from verifiers.claims import Formula
from verifiers.extraction.reasoning.numerals import NUMERAL, number_of
from verifiers.verdicts import Label

CARDINALS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven")

class Item(msgspec.Struct, frozen=True):
    """A conclusion, statement or option on its own. It holds where all of its formulas are supported."""

    label: str
    text: str
    formulas: tuple[Formula, ...]


class OptionSaid(msgspec.Struct, frozen=True):
    """What an option says of the items: which hold and which do not, or how many of those in `counts` hold. With
    neither it was not read.
    """

    letter: str
    text: str
    wants: tuple[tuple[str, bool], ...] = ()
    count: int | None = None
    counts: tuple[str, ...] = ()


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
    if option.count is not None:
        known = [items.get(name, Label.UNDECIDED) for name in option.counts]
        right, open_ = known.count(Label.SUPPORTED), known.count(Label.UNDECIDED)
        if not right <= option.count <= right + open_:
            return Label.REFUTED
        return Label.UNDECIDED if open_ else Label.SUPPORTED
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


def of_numbered(letter: str, text: str, numbers: tuple[int, ...], *, denied: bool = False) -> OptionSaid:
    """An option that names or counts numbered items: where the question is `denied`, those that do not hold."""
    said = combination(text, numbers)
    if said is not None:
        return OptionSaid(letter, text, tuple((str(n), (n in said) is not denied) for n in numbers))
    count = counted(text, numbers)
    if count is None:
        return OptionSaid(letter, text)
    many = len(numbers) - count if denied else count
    return OptionSaid(letter, text, count=many, counts=tuple(map(str, numbers)))


def counted(text: str, numbers: tuple[int, ...]) -> int | None:
    """How many of the numbered items an option says hold: "Only two", "All three", "None"."""
    plain = " ".join(text.replace("-", " ").lower().split()).strip(" .*;,")
    match = _COUNT.fullmatch(plain)
    if not numbers or match is None:
        return None
    if match["none"]:
        return 0
    if match["all"]:
        return len(numbers) if match["of"] in (None, CARDINALS[len(numbers) % len(CARDINALS)]) else None
    count = CARDINALS.index(match["many"])
    return count if count <= len(numbers) else None


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


_COUNT: Final = re.compile(
    rf"(?:(?:only |exactly |just )?(?P<many>{'|'.join(CARDINALS[1:])})(?: only)?|(?P<all>all)(?: (?:the )?"
    rf"(?P<of>{'|'.join(CARDINALS[2:])}))?|(?P<none>none|zero|no))"
    r"(?: of)?(?: (?:the|these|them|above|given))*(?: (?:statements?|conclusions?))?(?: given)?(?: above)?"
    r"(?: (?:is|are) (?:correct|true|valid))?"
)
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
