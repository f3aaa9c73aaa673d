"""Near-duplicates: items that ask the same in nearly the same words.

Two items are twins where their sets of three-word shingles overlap by four fifths or more (Jaccard; Broder 1997), all
numbers in them are the same, and neither denies what the other says. Candidates are found by prefix filtering
(Chaudhuri et al. 2006), which misses none.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from math import ceil
from typing import Final

import msgspec

from curriculum.choices import choices
from curriculum.items import (
    AssertionReason,
    Expression,
    Item,
    Matching,
    Numeric,
    Ordering,
    ShortAnswer,
    StatementSet,
    Steps,
)
from curriculum.word_lists import NEGATIONS, STOP

ALIKE: Final = 0.8
_SHINGLE: Final = 3
_TOKEN: Final = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s$]")
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")


class Twins(msgspec.Struct, frozen=True):
    first: str
    second: str
    alike: float
    """Overlap of shingles, 0 to 1."""


def text_of(item: Item) -> str:
    """Everything a student reads of an item; options in one order, whatever theirs."""
    parts: list[str] = [item.context, item.stem]
    match item:
        case StatementSet():
            parts += sorted(one.text for one in item.statements)
        case AssertionReason():
            parts += [item.assertion.text, item.reason.text]
        case Matching():
            parts += [*item.left, *item.right]
        case Ordering():
            parts += sorted(item.entries)
        case Steps():
            parts += [text_of(part) for part in item.parts]
        case Numeric() | Expression():
            parts.append(item.value)
        case ShortAnswer():
            parts += item.accepted[:1]
        case _:
            parts += sorted(option.text for option in choices(item))
    return "\n".join(part for part in parts if part)


def twins(items: Iterable[Item]) -> Iterator[Twins]:
    """Pairs of near-duplicates, each later item with the first it is a twin of."""
    texts = {item.id: _tokens(text_of(item)) for item in items}
    shingles = {name: _shingles(tokens) for name, tokens in texts.items()}
    common = Counter(shingle for found in shingles.values() for shingle in found)
    index: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, found in shingles.items():
        rare = sorted(found, key=lambda shingle: (common[shingle], shingle))
        prefix = rare[: len(rare) - ceil(ALIKE * len(rare)) + 1]
        seen: set[str] = set()
        for other in (other for shingle in prefix for other in index[shingle]):
            if other in seen:
                continue
            seen.add(other)
            alike = len(found & shingles[other]) / len(found | shingles[other])
            if alike >= ALIKE and _same_facts(texts[name], texts[other]):
                yield Twins(other, name, alike)
                break
        for shingle in prefix:
            index[shingle].append(name)


def _tokens(text: str) -> list[str]:
    return [token.casefold() for token in _TOKEN.findall(text)]


def _shingles(tokens: list[str]) -> frozenset[tuple[str, ...]]:
    if len(tokens) < _SHINGLE:
        return frozenset({tuple(tokens)})
    return frozenset(tuple(tokens[at : at + _SHINGLE]) for at in range(len(tokens) - _SHINGLE + 1))


def _same_facts(one: list[str], other: list[str]) -> bool:
    """The same numbers, signs and denials, and no more than one content word that the other does not have."""
    if _exact(one) != _exact(other):
        return False
    words = [Counter(t for t in tokens if t.isalpha() and t not in STOP) for tokens in (one, other)]
    return (
        (words[0] - words[1]).total() <= 1
        and (words[1] - words[0]).total() <= 1
        and not ((words[0] - words[1]).total() and (words[1] - words[0]).total())
    )


def _exact(tokens: list[str]) -> Counter[str]:
    return Counter(
        token for token in tokens if _NUMBER.fullmatch(token) or token in NEGATIONS or token in "+-−*/^=<>≤≥()×÷"
    )
