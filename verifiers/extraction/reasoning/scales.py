"""What objects are ordered by, and the words for its two ends: left and right, oldest and newest, cheap and dear.

Positions count from the `low` end of a scale, which is no more than a convention: the leftmost, the oldest, the
cheapest and the first to finish are number 1.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Final

import msgspec


class Scale(msgspec.Struct, frozen=True, dict=True):
    """`low` and `high` hold comparatives (with `than`, `of` …) and superlatives, determiners left out; `ends` the words
    that stand after "from" in "second from the left".
    """

    name: str
    low_than: tuple[str, ...]
    high_than: tuple[str, ...]
    low_most: tuple[str, ...]
    high_most: tuple[str, ...]
    low_ends: tuple[str, ...] = ()
    high_ends: tuple[str, ...] = ()
    counted: bool = False
    """A bare "second" counts from the low end."""
    rowed: bool = False
    """Objects stand side by side: places are never shared, neighbours make sense."""
    greater: int = 0
    """Which way `A > B` points: 1 where A is nearer to the high end, -1 where it is nearer to the low end."""

    @cached_property
    def comparatives(self) -> Mapping[str, int]:
        """Comparative to the side of the object that the subject is on."""
        return {**dict.fromkeys(self.low_than, -1), **dict.fromkeys(self.high_than, 1)}

    @cached_property
    def superlatives(self) -> Mapping[str, int]:
        return {**dict.fromkeys(self.low_most, -1), **dict.fromkeys(self.high_most, 1)}

    @cached_property
    def ends(self) -> Mapping[str, int]:
        return {**self.superlatives, **dict.fromkeys(self.low_ends, -1), **dict.fromkeys(self.high_ends, 1)}

    @property
    def words(self) -> str:
        """How a position reads in a model."""
        if self.counted:
            return "place {}"
        end = (self.low_ends or self.low_most)[0]
        return f"number {{}} from the {end}"


def _adjectives(
    name: str, low: str, high: str, more: tuple[str, str] = ("", ""), greater: int = 1, verbs: str = ""
) -> Scale:
    """A scale of plain adjectives, each given as "comparative/superlative"; `more` are adjectives that take "more";
    `verbs` take "more than" for the high end and "less than" for the low one.
    """

    def forms(words: str, adjective: str, opposite: str, amount: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        pairs = [word.split("/") for word in words.split()]
        than = [f"{pair[0]} than" for pair in pairs]
        most = [pair[1] for pair in pairs]
        for word, more_, most_ in ((adjective, "more", "most"), (opposite, "less", "least")):
            than += [f"{more_} {a} than" for a in word.split()]
            most += [f"{most_} {a}" for a in word.split()]
        than += [f"{verb} {amount} than" for verb in verbs.split()]
        return tuple(than), tuple(most)

    low_than, low_most = forms(low, more[0], more[1], "less")
    high_than, high_most = forms(high, more[1], more[0], "more")
    return Scale(name, low_than, high_than, low_most, high_most, greater=greater)


_SIDES: Final = ("to {} of", "on {} of", "to {} side of", "on {} side of", "{} of", "somewhere to {} of")


def _side(word: str) -> tuple[str, ...]:
    return tuple(form.format(word) for form in _SIDES)


SCALES: Final[tuple[Scale, ...]] = (
    Scale(
        "row", _side("left"), _side("right"),
        ("leftmost", "left most", "farthest left", "furthest left"),
        ("rightmost", "right most", "farthest right", "furthest right"),
        ("left", "left end", "left side", "extreme left", "far left", "left hand end", "left hand side"),
        ("right", "right end", "right side", "extreme right", "far right", "right hand end", "right hand side"),
        rowed=True,
    ),
    Scale(
        "finish",
        ("above", "before", "ahead of", "in front of", "earlier than", "sooner than", "faster than", "higher than"),
        ("below", "after", "behind", "later than", "slower than", "lower than"),
        ("first", "earliest", "fastest", "highest", "winner"), ("last", "latest", "slowest", "lowest"),
        ("front", "start", "beginning", "top", "head"), ("back", "end", "rear", "bottom"),
        counted=True, rowed=True,
    ),
    Scale(
        "height above", ("below", "under", "beneath", "lower than"), ("above", "over", "higher than"),
        ("lowest", "bottom", "bottommost", "lowermost", "ground"), ("highest", "top", "topmost", "uppermost"),
        ("bottom",), ("top",), rowed=True, greater=1,
    ),
    _adjectives("age", "older/oldest elder/eldest", "newer/newest younger/youngest", greater=0),
    _adjectives(
        "price", "cheaper/cheapest", "costlier/costliest dearer/dearest pricier/priciest",
        ("", "expensive costly"), verbs="costs cost",
    ),
    Scale(
        "score", ("scored less than", "scores less than", "earns less than", "earned less than"),
        ("scored more than", "scores more than", "earns more than", "earned more than"),
        ("least", "lowest"), ("most", "highest"), greater=1,
    ),
    _adjectives("height", "shorter/shortest", "taller/tallest"),
    _adjectives("length", "shorter/shortest", "longer/longest"),
    _adjectives("weight", "lighter/lightest", "heavier/heaviest", verbs="weighs weigh"),
    _adjectives("size", "smaller/smallest", "larger/largest bigger/biggest"),
    _adjectives("speed", "slower/slowest", "faster/fastest quicker/quickest"),
    _adjectives("wealth", "poorer/poorest", "richer/richest wealthier/wealthiest"),
    _adjectives("strength", "weaker/weakest", "stronger/strongest"),
    _adjectives("heat", "colder/coldest cooler/coolest", "hotter/hottest warmer/warmest"),
    _adjectives("depth", "shallower/shallowest", "deeper/deepest"),
    _adjectives("light", "darker/darkest dimmer/dimmest", "brighter/brightest"),
    _adjectives("width", "narrower/narrowest", "wider/widest broader/broadest"),
    _adjectives("volume", "quieter/quietest softer/softest", "louder/loudest"),
    _adjectives("popularity", "", "", ("", "popular")),
    _adjectives("difficulty", "easier/easiest", "harder/hardest", ("", "difficult")),
)  # fmt: skip
