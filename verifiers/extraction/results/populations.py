"""What is drawn from: a deck of cards, or a bag of things of several sorts; and the names of parts of it."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import comb
from typing import Final

import msgspec

Part = frozenset[int]
"""Some of the things, by number."""

_SUITS: Final = ("heart", "diamond", "club", "spade")
_RANKS: Final = ("ace", "2", "3", "4", "5", "6", "7", "8", "9", "10", "jack", "queen", "king")
_DECK: Final = tuple((rank, suit) for suit in _SUITS for rank in _RANKS)
_COURT: Final = frozenset({"jack", "queen", "king"})
_RED: Final = frozenset({"heart", "diamond"})
_RANK: Final = "|".join(_RANKS)
_SUIT: Final = "|".join(_SUITS)
_CARD: Final = re.compile(
    rf"(?:(?P<colour>red|black) )?(?:(?P<rank>{_RANK})s?(?: of (?P<of>{_SUIT})s)?"
    r"|(?P<court>face|court|picture) cards?(?: of (?P<whose>heart|diamond|club|spade)s)?"
    rf"|(?P<suit>{_SUIT})s?(?: (?P<kind>face) cards?)?|cards?)"
)
_BARE_COLOUR: Final = re.compile(r"(?P<colour>red|black)")


class Population(msgspec.Struct, frozen=True):
    """`sorts` has, for each way to tell the things apart ("color", "suit"), how many there are of each sort."""

    size: int
    things: str
    """A pattern for the noun of a single thing."""
    sorts: Mapping[str, tuple[int, ...]]
    labels: Mapping[str, Part] = {}
    """Parts by the one word that names them; a deck of cards has names of its own."""

    def part(self, phrase: str) -> Part | None:
        """The things that a phrase applies to: "red", "an ace", "hearts or kings", "not a face card"."""
        phrase = re.sub(r"^(?:either |an? |the )+", "", phrase.strip())
        if phrase.startswith(("not ", "non-")):
            inner = self.part(phrase[4:])
            return None if inner is None else frozenset(range(self.size)) - inner
        if " or " in phrase:
            pieces = [self.part(piece) for piece in re.split(r", or |,? or |, ", phrase)]
            known = [piece for piece in pieces if piece is not None]
            return frozenset().union(*known) if len(known) == len(pieces) else None
        return self._labelled(phrase) if self.labels else _cards(phrase)

    def _labelled(self, phrase: str) -> Part | None:
        word = re.sub(rf" (?:{self.things})$", "", phrase)
        return next((self.labels[w] for w in (word, singular(word)) if w in self.labels), None)


def singular(word: str) -> str:
    return {"men": "man", "women": "woman", "children": "child", "people": "person"}.get(word, word.removesuffix("s"))


def deck() -> Population:
    """The 52 cards."""
    return Population(52, "cards?", {"suit": (13,) * 4, "color": (26,) * 2, "rank": (4,) * 13})


def bag(counts: Mapping[str, int], things: str) -> Population:
    labels: dict[str, Part] = {}
    at = 0
    for label, count in counts.items():
        labels[label] = frozenset(range(at, at + count))
        at += count
    return Population(at, things, {"color": tuple(counts.values())}, labels)


def _cards(phrase: str) -> Part | None:
    match = _CARD.fullmatch(phrase) or _BARE_COLOUR.fullmatch(phrase)
    if match is None or phrase in ("card", "cards"):
        return None
    said = match.groupdict()
    suit = said.get("of") or said.get("whose") or said.get("suit")
    court = said.get("court") or said.get("kind")
    return frozenset(
        number
        for number, (rank, of) in enumerate(_DECK)
        if (said["colour"] is None or (of in _RED) == (said["colour"] == "red"))
        and (said.get("rank") in (None, rank))
        and (suit in (None, of))
        and (court is None or rank in _COURT)
    )


class Draw(msgspec.Struct, frozen=True):
    """`many` things taken from the population, put back each time or not."""

    population: Population
    many: int
    replaced: bool

    def hits(self, part: Part, allowed: Sequence[int]) -> Fraction:
        """Chance that the number of things of the part lies among the allowed ones."""
        return sum((self._exactly((len(part),), (k,)) for k in allowed if 0 <= k <= self.many), Fraction(0))

    def _exactly(self, sizes: Sequence[int], counts: Sequence[int]) -> Fraction:
        """Chance of so many of each of some disjoint parts; the rest comes from outside of them."""
        rest = self.many - sum(counts)
        outside = self.population.size - sum(sizes)
        if self.replaced:
            value, left = Fraction(1), self.many
            for size, count in (*zip(sizes, counts, strict=True), (outside, rest)):
                value *= comb(left, count) * Fraction(size, self.population.size) ** count
                left -= count
            return value
        ways = comb(outside, rest)
        for size, count in zip(sizes, counts, strict=True):
            ways *= comb(size, count)
        return Fraction(ways, comb(self.population.size, self.many))

    def together(self, parts: Sequence[tuple[Part, int]]) -> Fraction | None:
        """Chance of so many of each of some parts, in any order; None where parts overlap or are not all that is
        drawn.
        """
        sizes = [len(part) for part, _ in parts]
        counts = [count for _, count in parts]
        overlap = len(frozenset().union(*(part for part, _ in parts))) != sum(sizes)
        return None if overlap or sum(counts) != self.many else self._exactly(sizes, counts)

    def in_turn(self, parts: Sequence[Part]) -> Fraction | None:
        """Chance that the first thing is of the first part, the second of the second, and so on."""
        if len(parts) != self.many:
            return None
        size = self.population.size
        if self.replaced:
            value = Fraction(1)
            for part in parts:
                value *= Fraction(len(part), size)
            return value
        cells: dict[tuple[bool, ...], int] = {}
        for thing in range(size):
            place = tuple(thing in part for part in parts)
            cells[place] = cells.get(place, 0) + 1
        ways = _sequences(cells, 0, self.many)
        total = 1
        for k in range(self.many):
            total *= size - k
        return Fraction(ways, total)

    def alike(self, sort: str) -> Fraction | None:
        """Chance that all are of one sort."""
        sizes = self.population.sorts.get(sort)
        if sizes is None or self.many < 2:
            return None
        return sum((self._exactly((size,), (self.many,)) for size in sizes), Fraction(0))

    def unlike(self, sort: str) -> Fraction | None:
        """Chance that no two are of one sort."""
        sizes = self.population.sorts.get(sort)
        if sizes is None or self.many < 2 or len(sizes) < self.many:
            return None
        ways = [1] + [0] * self.many
        for size in sizes:
            for k in range(self.many, 0, -1):
                ways[k] += ways[k - 1] * size
        if not self.replaced:
            return Fraction(ways[self.many], comb(self.population.size, self.many))
        orders = 1
        for k in range(1, self.many + 1):
            orders *= k
        return Fraction(ways[self.many] * orders, self.population.size**self.many)


def _sequences(cells: dict[tuple[bool, ...], int], place: int, many: int) -> int:
    """Ways to fill the places from `place` on, each from a cell that belongs there."""
    if place == many:
        return 1
    ways = 0
    for cell, count in cells.items():
        if cell[place] and count:
            cells[cell] = count - 1
            ways += count * _sequences(cells, place + 1, many)
            cells[cell] = count
    return ways
