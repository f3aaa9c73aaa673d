"""Answers graded exactly: a share of the marks and why, or that it could not be decided."""

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final, TypeAlias

from curriculum.choices import LETTERS, choices, meant, right_letters, shown_order
from curriculum.grades import Grade, Outcome, partly, right, unanswered, undecided, wrong
from curriculum.items import (
    AssertionReason,
    Expression,
    Item,
    Matching,
    MultipleChoice,
    Numeric,
    Option,
    Ordering,
    ShortAnswer,
    SingleChoice,
    StatementSet,
    Steps,
)
from curriculum.numeric_answers import grade_expression, grade_number
from curriculum.short_answers import Compare, grade_short
from verifiers import compare as _compare

Response: TypeAlias = str | Sequence[Any] | None
"""Letters of options for choices (`"b"`, `"a, c"`), a text for numbers, expressions and short answers, `"1-c, 2-a"`
for a matching, letters as shown (or the entries themselves) for an ordering, a list with one for each part for steps.
None or an empty text is no answer.
"""

_LETTER: Final = re.compile(
    r"\s*(?:option|choice|answer|ans)?\s*[:.]?\s*[(\[]?\s*([A-Za-z])\s*[)\].:]?\s*", re.IGNORECASE
)
_SPLIT: Final = re.compile(r"\s*(?:[,;/&+]|\band\b|\s)\s*")
_PAIR: Final = re.compile(
    r"\(?\s*([0-9]{1,2}|[ivx]{1,4})\s*\)?\s*(?:-|–|—|→|->|:|=|\.)?\s*\(?\s*([a-z])\s*\)?", re.IGNORECASE
)
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


def grade(item: Item, response: Response, *, seed: int = 0, compare: Compare = _compare) -> Grade:
    """The grade of an answer. `seed` is the one the item was shown with; `compare` decides expressions.

    Never raises on any response.
    """
    if _is_empty(response):
        return unanswered()
    if isinstance(item, Steps):
        return _steps(item, response, seed, compare)
    if isinstance(item, Ordering):
        return _ordering(item, response, seed)
    if isinstance(item, Matching) and not item.options:
        return _matching(item, response)
    if isinstance(item, MultipleChoice):
        return _multiple(item, response)
    if not isinstance(response, str):
        if not (isinstance(response, Sequence) and len(response) == 1 and isinstance(response[0], str)):
            return undecided("one answer is expected, not several")
        response = response[0]
    match item:
        case Numeric():
            return grade_number(item, response, compare)
        case Expression():
            return grade_expression(item, response, compare)
        case ShortAnswer():
            return grade_short(item.accepted, response, f"{item.context} {item.stem}", compare)
        case StatementSet() if _letters(response, choices(item)) is None:
            return _said_of_statements(item, response)
        case SingleChoice() | StatementSet() | AssertionReason() | Matching():
            return _single(item, response)


def _is_empty(response: Response) -> bool:
    if response is None:
        return True
    if isinstance(response, str):
        return not response.strip() or response.strip() in ("-", "–", "—")
    return isinstance(response, Sequence) and all(_is_empty(one) for one in response)


def _letters(response: str, options: Sequence[Option]) -> tuple[str, ...] | None:
    """The letters that a response names; None where it names none."""
    if found := _LETTER.fullmatch(response):
        return (found[1].lower(),)
    same = [LETTERS[n] for n, option in enumerate(options) if _plain(option.text) == _plain(response)]
    if len(same) == 1:
        return tuple(same)
    labelled = re.match(r"\s*\(?([A-Za-z])[).:]\s+(\S.*)", response, re.DOTALL)
    if labelled and (place := LETTERS.find(labelled[1].lower())) < len(options):
        return (LETTERS[place],) if _plain(options[place].text) == _plain(labelled[2]) else None
    parts = [part for part in _SPLIT.split(response.strip()) if part]
    found_all = [_LETTER.fullmatch(part) for part in parts]
    if len(parts) > 1 and all(found_all):
        return tuple(dict.fromkeys(part[1].lower() for part in found_all if part))
    if len(parts) == 1 and 1 < len(response.strip()) <= len(options) and response.strip().isupper():
        together = tuple(response.strip().lower())
        if len(set(together)) == len(together) and all(letter in LETTERS[: len(options)] for letter in together):
            return together
    return None


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(".")


def _single(item: SingleChoice | StatementSet | AssertionReason | Matching, response: str) -> Grade:
    options = choices(item)
    letters = _letters(response, options)
    if letters is None:
        return undecided(f"“{response.strip()}” names no option")
    if any(letter not in LETTERS[: len(options)] for letter in letters):
        return undecided(f"there is no option ({letters[-1]})")
    key = right_letters(item)
    if not key:
        return undecided("the item has no key")
    if len(letters) > 1:
        return wrong(f"names {len(letters)} options; one is right")
    (letter,) = letters
    if letter in key:
        return right(f"({letter}) is right")
    slip = options[LETTERS.index(letter)].misconception
    return wrong(f"({letter}) is wrong{': ' + slip if slip else ''}; ({min(key)}) is right")


def _said_of_statements(item: StatementSet, response: str) -> Grade:
    """`1 and 3 only`, said without a letter and not among the options."""
    found = meant(item, response)
    if found is None:
        return undecided(f"“{response.strip()}” names no option")
    holding = tuple(n for n, statement in enumerate(item.statements, 1) if statement.holds)
    wanted: tuple[int, ...] | int = len(holding) if item.ask == "how_many" else holding
    listed = ", ".join(map(str, holding)) or "none"
    if found == wanted:
        return right(f"says which statements hold: {listed}")
    return wrong(f"“{response.strip()}” is wrong; the statements that hold: {listed}")


def _multiple(item: MultipleChoice, response: Response) -> Grade:
    given = [response] if isinstance(response, str) else list(response or ())
    letters: set[str] = set()
    for one in given:
        found = _letters(one, item.options) if isinstance(one, str) else None
        if found is None or any(letter not in LETTERS[: len(item.options)] for letter in found):
            return undecided(f"“{one}” names no option")
        letters |= set(found)
    key = set(item.keys)
    hits, misses = len(letters & key), len(letters - key)
    credit = max(Fraction(0), Fraction(hits - misses, len(key)))
    listed = ") and (".join(sorted(key))
    if letters == key:
        return right(f"({listed}) are right" if len(key) > 1 else f"({listed}) is right")
    return partly(credit, f"{hits} of {len(key)} right options chosen, {misses} wrong; right: ({listed})")


def _matching(item: Matching, response: Response) -> Grade:
    pairs = _pairs(item, response)
    if pairs is None:
        return undecided("the pairs are not read; write them as 1-c, 2-a")
    wanted = dict(item.pairs)
    hits = sum(pairs.get(number) == {letter} for number, letter in wanted.items())
    told = ", ".join(f"{number}-{letter}" for number, letter in item.pairs)
    return partly(Fraction(hits, len(wanted)), f"{hits} of {len(wanted)} pairs right; right: {told}")


def _pairs(item: Matching, response: Response) -> dict[int, set[str]] | None:
    """Letters given to each number; None where something is no pair of the item."""
    if isinstance(response, Mapping):
        response = [f"{number}-{letter}" for number, letter in response.items()]
    texts = [response] if isinstance(response, str) else list(response or ())
    found: dict[int, set[str]] = {}
    for text in texts:
        if isinstance(text, list | tuple) and len(text) == 2:
            text = f"{text[0]}-{text[1]}"
        if not isinstance(text, str):
            return None
        if _PAIR.sub("", text).strip(" ,;.\n\t"):
            return None
        for number, letter in _PAIR.findall(text):
            place = int(number) if number.isdigit() else _ROMAN.get(number.lower(), 0)
            if not 1 <= place <= len(item.left) or letter.lower() not in LETTERS[: len(item.right)]:
                return None
            found.setdefault(place, set()).add(letter.lower())
    return found or None


def _ordering(item: Ordering, response: Response, seed: int) -> Grade:
    places = _places(item, response, seed)
    if places is None:
        return undecided("the order is not read; write each entry's letter once, first to last")
    count = len(item.entries)
    if places == list(range(count)):
        return right("in the right order")
    follow = sum(b == a + 1 for a, b in pairwise(places))
    told = " → ".join(item.entries)
    return partly(Fraction(follow, count - 1), f"{follow} of {count - 1} neighbours follow each other; right: {told}")


def _places(item: Ordering, response: Response, seed: int) -> list[int] | None:
    """Places in the right order, in the order of the response; None unless it names every entry once."""
    order = shown_order(item, seed)
    if isinstance(response, str):
        parts = [part for part in re.split(r"\s*(?:[,;>→]|->|\s-\s|-|\s)\s*", response.strip()) if part]
        if len(parts) == 1 and len(parts[0]) == len(order):
            parts = list(parts[0])
    else:
        parts = [part for part in response or () if isinstance(part, str)]
    by_text = {_plain(entry): place for place, entry in enumerate(item.entries)}
    found: list[int] = []
    for part in parts:
        letter = _LETTER.fullmatch(part)
        if _plain(part) in by_text:
            found.append(by_text[_plain(part)])
        elif letter and LETTERS.index(letter[1].lower()) < len(order):
            found.append(order[LETTERS.index(letter[1].lower())])
        else:
            return None
    return found if sorted(found) == sorted(order) else None


def _steps(item: Steps, response: Response, seed: int, compare: Compare) -> Grade:
    if isinstance(response, str) or response is None:
        given: list[Any] = [response]
    else:
        given = list(response)
    if len(given) > len(item.parts):
        return undecided(f"{len(given)} answers for {len(item.parts)} parts")
    given += [None] * (len(item.parts) - len(given))
    grades = tuple(grade(part, one, seed=seed, compare=compare) for part, one in zip(item.parts, given, strict=True))
    total = sum((part.marks for part in item.parts), Fraction(0))
    doubtful = [number for number, one in enumerate(grades, 1) if one.credit is None]
    if doubtful:
        why = f"part {doubtful[0]} could not be decided: {grades[doubtful[0] - 1].why}"
        return Grade(outcome=Outcome.UNDECIDED, credit=None, why=why, parts=grades)
    earned = sum((part.marks * (one.credit or 0) for part, one in zip(item.parts, grades, strict=True)), Fraction(0))
    hits = sum(one.outcome is Outcome.RIGHT for one in grades)
    whole = partly(earned / total, f"{hits} of {len(grades)} parts right")
    return Grade(outcome=whole.outcome, credit=whole.credit, why=whole.why, parts=grades)


Grader: TypeAlias = Callable[[Item, Response], Grade]
