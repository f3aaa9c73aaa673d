"""Orders written out: "from oldest to newest: first is the bus, then second can be any vehicle, …", "from left to
right: A, B, C".
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import msgspec

from verifiers.expr import Apply, Expr
from verifiers.extraction.reasoning.arrangement_puzzles import level
from verifiers.extraction.reasoning.frames import Frame
from verifiers.extraction.reasoning.groups import GROUP, Grouped, disj, eq

_HEADER: Final = re.compile(
    r"(?P<lead>[^:]{0,160}?\bfrom |)(?P<a>[\w #]{1,40}?) to (?P<b>[\w #]{1,40}?)"
    r"(?P<trail>(?: (?:is|are|as follows|must be|would be|order|ordering|will be|looks like this))*)"
)
_UNDECIDED: Final = re.compile(
    r"\b(?:possib\w+|could|can|may|might|would|candidates?|options?|example|e\.g|if|either|try\w*|one (?:way|order))\b",
    re.IGNORECASE,
)
_SPOKEN: Final = re.compile(
    r"\bfrom (?:the )?[\w -]{1,40} to (?:the )?[\w -]{1,40}? (?:is|are|we have|we get)(?::|\s)"
    r"|^\W*(?:(?:so|thus|hence|therefore|then),? )?(?:the )?(?:\w+ )?(?:order|ordering|arrangement|ranking|line-?up)"
    r" (?:is|must be|becomes)(?::|\s)",
    re.IGNORECASE,
)
_ORDER: Final = re.compile(r"\b(?:orders?|ordering|arrangement|seating|sequence|ranking|line-?up)\b", re.IGNORECASE)
_CUT: Final = re.compile(
    r"(?:[,;]\s*(?:and\s+)?|\s+and\s+|\s+)then\s+|;\s*|,\s+(?:and\s+)?(?=(?:the\s+)?(?:first|second|third"
    r"|fourth|fifth|sixth"
    r"|seventh|eighth|ninth|tenth|last|\d+(?:st|nd|rd|th))\b[^,;]*?\b(?:is|are|can|must|could|may)\b)",
    re.IGNORECASE,
)
_SAID: Final = re.compile(r"\b(?:is|are|can|must|could|may|might|comes|goes|has)\b", re.IGNORECASE)
_SO: Final = re.compile(r"\W*(?:so|thus|hence|therefore|finally|result)\W*", re.IGNORECASE)
_ORDINALS: Final = r"#\d+(?:(?:, (?:or |and )?| or | and )#\d+)*"
_ITEM: Final = re.compile(
    rf"(?P<places>{_ORDINALS}|#\d+ (?:to|through) #\d+|#\d+ to last|last)(?: (?:N|place|position|spot|1))?(?:,? )"
    r"(?P<verb>is|are|must be|has to be|can be|can only be|could be|may be|might be|comes"
    r"|goes to)(?: either)? (?P<who>.+)"
)
_OPEN: Final = re.compile(
    r"(?:(?:still |left )?(?:open|unknown|undetermined|empty|free)|(?:any|unknown|some|another|other|remaining"
    r"|unplaced)"
    r"(?: (?:of )?(?:other|remaining|unknown|unplaced|rest))?(?: N)?|N|anything|any1|anyone|someone)"
)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One item of a listing: `sentence` where it names objects, none where it leaves the places open."""

    start: int
    end: int
    places: tuple[int, ...]
    """From the low end."""
    sentence: Expr | None = None
    possible: tuple[Expr, ...] = ()
    """What "can be" there, each by itself."""
    loose: bool = False
    """One object that "can be" there, and no word of others."""


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    counting: int
    entries: tuple[Entry, ...] = ()
    order: Expr | None = None
    """An order of names alone."""

    @property
    def open(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.sentence is None)

    @property
    def named(self) -> tuple[Expr, ...]:
        return tuple(entry.sentence for entry in self.entries if entry.sentence is not None and not entry.loose)


def listing(text: str, frame: Frame) -> Listing | None:
    """The order that a sentence writes out behind a colon, None where it writes none."""
    if frame.shape != "line" or frame.scale is None:
        return None
    colon = text.find(":")
    if colon < 0 and (spoken := _SPOKEN.search(text)) is not None:
        colon = spoken.end() - 1
    if _UNDECIDED.search(text[: max(colon, 0)]):
        return None
    counting = direction(level(text[:colon], frame), frame) if colon >= 0 else 0
    rest = level(text[colon + 1 :], frame)
    if not counting:
        return _either_way(text[: max(colon, 0)], rest, frame)
    if (order := _order(rest, frame, counting)) is not None:
        return Listing(counting=counting, order=order)
    if not frame.distinct:
        return None
    entries = tuple(_entries(text, colon + 1, frame, counting))
    return Listing(counting=counting, entries=entries) if entries else None


def _either_way(header: str, names: str, frame: Frame) -> Listing | None:
    """All names in a row, of which it is not said where it begins: one of two orders."""
    arrows = re.search(r" (?:>|<|→|->|-) ", names) is not None
    if frame.greater and re.search(r" [<>] ", names):
        return None
    if not (arrows or _ORDER.search(header) or _SO.fullmatch(header)) or len(re.findall(r"<\d+>", names)) != frame.size:
        return None
    orders = [_order(names, frame, side) for side in (-1, 1)]
    either = [order for order in orders if order is not None]
    return Listing(counting=0, order=disj(either)) if either else None


def direction(header: str, frame: Frame) -> int:
    """The end (-1 low, 1 high) that "from … to …" begins with, 0 where it cannot be told."""
    found = _HEADER.fullmatch(header)
    if found is None or frame.scale is None:
        return 0
    first, last = _end(found["a"], found["b"], frame), _end(found["b"], found["a"], frame)
    if first and last and first == last:
        return 0
    return first or -last


def _end(word: str, other: str, frame: Frame) -> int:
    scale = frame.scale
    assert scale is not None
    word = re.sub(r" (?:N|1|end|side|place)$", "", word)
    if word in ("most", "least") and " " in other:
        word = f"{word} {other.split(' ', 1)[1]}"
    if word in ("#1", "last") and scale.counted:
        return -1 if word == "#1" else 1
    return scale.ends.get(word, 0)


def _order(text: str, frame: Frame, counting: int) -> Expr | None:
    """Names alone, in order; all of them, or some of which nothing more is said."""
    if not re.fullmatch(r"<\d+>(?:(?:, (?:and |then |and then )?| and | then | > | < | - | → | -> )<\d+>)+", text):
        return None
    indices = [int(k) for k in re.findall(r"<(\d+)>", text)]
    if any(map(frame.is_value, indices)) or (" > " in text and " < " in text):
        return None
    terms = [frame.terms[k] for k in indices]
    if len(terms) == frame.size and frame.distinct:
        return Apply("and", tuple(eq(t, frame.place(at + 1, counting)) for at, t in enumerate(terms)))
    pairs = [pair if counting < 0 else pair[::-1] for pair in pairwise(terms)]
    parts = tuple(Apply("lt", pair) for pair in pairs)
    return parts[0] if len(parts) == 1 else Apply("and", parts)


def _entries(text: str, start: int, frame: Frame, counting: int) -> Iterator[Entry]:
    at = start
    for cut in [*_CUT.finditer(text, start), None]:
        end = cut.start() if cut is not None else len(text)
        raw = text[at:end]
        if cut is not None and not _SAID.search(raw):
            continue  # "first, second, and third can be any": one item
        left = at + len(raw) - len(raw.lstrip())
        entry = _entry(level(raw, frame), left, end, frame, counting)
        if entry is not None:
            yield entry
        if cut is not None:
            at = cut.end()


def _entry(item: str, start: int, end: int, frame: Frame, counting: int) -> Entry | None:
    found = _ITEM.fullmatch(item)
    if found is None:
        return None
    numbers = [int(k) for k in re.findall(r"#(\d+)", found["places"])]
    if re.search(r"to last|^last", found["places"]):
        numbers = [frame.size + 1 - k for k in numbers or [1]]
    elif re.search(r" (?:to|through) ", found["places"]):
        numbers = list(range(numbers[0], numbers[1] + 1))
    places = tuple(k if counting < 0 else frame.size + 1 - k for k in numbers)
    who = found["who"]
    if _OPEN.fullmatch(who) or re.search(r"\b(?:any|unknown)(?: \w+)? N\b", who):
        return Entry(start=start, end=end, places=places)
    if not re.fullmatch(GROUP, who):
        return None
    group = Grouped(who)
    if group.none or group.mixed or any(map(frame.is_value, group.indices)):
        return None
    if len(places) > 1 and " or " not in found["places"]:
        # "First and second are the bus and the truck": each is in one of them; "is the bus": in one of them.
        options = [disj([eq(frame.terms[k], frame.place(n, -1)) for n in places]) for k in group.indices]
        sentence = options[0] if len(options) == 1 else Apply("or" if group.any else "and", tuple(options))
        return Entry(start=start, end=end, places=places, sentence=sentence)
    pairs = [eq(frame.terms[k], frame.place(n, -1)) for k in group.indices for n in places]
    if len(group.indices) > 1 and not group.any:
        # "Is the bus and the truck": both in one place, unless it means that either may be there.
        return Entry(start=start, end=end, places=places, sentence=disj(pairs))
    possible = found["verb"] in ("can be", "could be", "may be", "might be")
    return Entry(
        start=start,
        end=end,
        places=places,
        sentence=disj(pairs),
        possible=tuple(pairs) if possible and len(places) == 1 else (),
        loose=possible and len(group.indices) == 1,
    )
