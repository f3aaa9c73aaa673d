"""The options an item is shown with and which of them are right, computed where the item does not write them out."""

import random
import re
from collections.abc import Sequence
from typing import Final

from curriculum.items import (
    AssertionReason,
    Item,
    Matching,
    MultipleChoice,
    Option,
    Ordering,
    SingleChoice,
    StatementSet,
)

LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
ASSERTION_REASON: Final = (
    Option("Both (A) and (R) are true and (R) is the correct explanation of (A)"),
    Option("Both (A) and (R) are true but (R) is not the correct explanation of (A)"),
    Option("(A) is true but (R) is false"),
    Option("(A) is false but (R) is true"),
)
_COUNTS: Final = {
    1: ("None", "Only one"),
    2: ("None", "Only one", "Both"),
    3: ("None", "Only one", "Only two", "All three"),
    4: ("None", "Only one", "Only two", "Only three", "All four"),
    5: ("None", "Only one", "Only two", "Only three", "Only four", "All five"),
}
_USUAL: Final = {
    2: ((1,), (2,), (1, 2), ()),
    3: ((1, 2), (2, 3), (1, 3), (1, 2, 3)),
    4: ((1, 2, 3), (1, 3, 4), (2, 4), (1, 2, 3, 4)),
    5: ((1, 2, 3), (2, 4, 5), (1, 3, 4, 5), (1, 2, 3, 4, 5)),
}
_NUMBER: Final = r"(?:\d|I{1,3}|IV|V)"
_SET: Final = re.compile(
    rf"(?:only|both|neither|(?:all of the above|all of these)|(?:none of the above|none of these)|statements?|and|nor|"
    rf"only|{_NUMBER}|[\s,&.()])+",
    re.IGNORECASE,
)
_ROMAN: Final = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}
_WORDS: Final = {"none": 0, "zero": 0, "one": 1, "two": 2, "both": 2, "three": 3, "four": 4, "five": 5}


def choices(item: Item) -> tuple[Option, ...]:
    """The options, in the order of their letters; empty for an item that has none."""
    match item:
        case SingleChoice() | MultipleChoice():
            return item.options
        case StatementSet():
            return item.options or _computed(item)
        case AssertionReason():
            return ASSERTION_REASON
        case Matching():
            return item.options
        case _:
            return ()


def right_letters(item: Item) -> frozenset[str]:
    """Letters of the right options; empty for an item without options."""
    match item:
        case SingleChoice():
            return frozenset(item.key)
        case MultipleChoice():
            return frozenset(item.keys)
        case StatementSet():
            return frozenset(item.key or _key_of(item))
        case AssertionReason():
            return frozenset(_assertion_key(item))
        case Matching():
            return frozenset(item.key)
        case _:
            return frozenset()


def true_numbers(item: StatementSet) -> tuple[int, ...]:
    """Numbers of the true statements, from 1."""
    return tuple(number for number, statement in enumerate(item.statements, 1) if statement.holds)


def meant(item: StatementSet, text: str) -> tuple[int, ...] | int | None:
    """What an option says: numbers of statements (`which`), a count (`how_many`), None where it is neither."""
    plain = " ".join(text.lower().replace("only", " ").split()).strip(" .")
    total = len(item.statements)
    if item.ask == "how_many":
        plain = re.sub(r"\b(?:of (?:the )?(?:above|these|statements|them)|statements?|pairs?)\b", " ", plain).strip()
        plain = " ".join(plain.split())
        if plain == "all":
            return total
        named = plain.removeprefix("all ")
        count = _WORDS.get(named, int(named) if named.isdigit() and len(named) == 1 else None)
        return count if count is not None and count <= total and (named == plain or count == total) else None
    if plain in ("none of the above", "none of these", "none"):
        return ()
    if plain in ("all of the above", "all of these", "all"):
        return tuple(range(1, total + 1))
    if not _SET.fullmatch(text):
        return None
    found = [_number(word) for word in re.findall(rf"\b{_NUMBER}\b", text, re.IGNORECASE)]
    if not found or any(number > total for number in found) or len(set(found)) < len(found):
        return None
    return () if plain.startswith("neither") else tuple(sorted(found))


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _ROMAN[word.upper()]


def right_options(item: StatementSet, options: Sequence[Option]) -> tuple[str, ...]:
    """Letters of the options that say what the statements' truth makes right."""
    numbers = true_numbers(item)
    wanted: tuple[int, ...] | int = len(numbers) if item.ask == "how_many" else numbers
    return tuple(letter for letter, option in zip(LETTERS, options, strict=False) if meant(item, option.text) == wanted)


def can_compute(item: StatementSet) -> bool:
    """Whether there are usual options for so many statements."""
    return len(item.statements) in (_COUNTS if item.ask == "how_many" else _USUAL)


def _computed(item: StatementSet) -> tuple[Option, ...]:
    total = len(item.statements)
    numbers = true_numbers(item)
    if item.ask == "how_many":
        texts = _COUNTS[total]
        # UPSC leaves "none" out of five; it stays where it is right.
        return tuple(Option(text) for text in (texts if len(texts) <= 4 or not numbers else texts[1:]))
    sets = list(_USUAL[total])
    if numbers not in sets:
        sets[len(numbers) % len(sets)] = numbers
        sets.sort(key=lambda numbers: (len(numbers) == 0, len(numbers), numbers))
    return tuple(Option(_said(numbers, total)) for numbers in sets)


def _said(numbers: tuple[int, ...], total: int) -> str:
    if not numbers:
        return "Neither 1 nor 2" if total == 2 else "None of the above"
    if len(numbers) == 1:
        return f"{numbers[0]} only"
    listed = ", ".join(map(str, numbers[:-1])) + f" and {numbers[-1]}"
    if len(numbers) == total:
        return f"Both {listed}" if total == 2 else listed
    return f"{listed} only"


def _key_of(item: StatementSet) -> str:
    found = right_options(item, choices(item))
    return found[0] if len(found) == 1 else ""


def _assertion_key(item: AssertionReason) -> str:
    if item.assertion.holds and item.reason.holds:
        return "a" if item.explains else "b"
    if item.assertion.holds:
        return "c"
    return "d" if item.reason.holds else ""


def shown_order(item: Ordering | Matching, seed: int = 0) -> tuple[int, ...]:
    """The order in which an ordering's entries (a matching's right side) are shown: places in the item, from 0.

    The same for the same item and seed, and never the right order itself where there is another.
    """
    count = len(item.entries if isinstance(item, Ordering) else item.right)
    places = list(range(count))
    generator = random.Random(f"{item.id}:{seed}")
    while count > 1 and places == list(range(count)):
        generator.shuffle(places)
    return tuple(places)


def folded(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(".")


def says_the_same(one: str, other: str) -> bool:
    """Whether two options are the same words. Letters keep their case where that is all there is, as in x and X."""
    if len(one.strip()) <= 3 or any(sign in one for sign in "\\$=^"):
        return " ".join(one.split()) == " ".join(other.split())
    return folded(one) == folded(other)
