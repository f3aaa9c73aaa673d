"""What an importer makes of a file: parts of a pack, and what it left out with the reason."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

import msgspec

from curriculum.choices import says_the_same
from curriculum.items import Item, Option
from curriculum.names import is_id, slug
from curriculum.passages import LONGEST, Passage
from curriculum.skills import Skill

_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


class LeftOut(msgspec.Struct, frozen=True, order=True):
    """A part of a file that was not taken over. `line` counts from 1, 0 where it has none."""

    file: str
    line: int
    what: str
    why: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.what}: {self.why}" if self.what else f"{place}: {self.why}"


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """Parts of a pack; ids are unique within it and every skill named is there."""

    skills: tuple[Skill, ...] = ()
    passages: tuple[Passage, ...] = ()
    items: tuple[Item, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.passages or self.items)


class Drafting:
    """Collects the parts of a draft and keeps their ids apart."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._skills: dict[str, Skill] = {}
        self._passages: dict[str, Passage] = {}
        self._items: dict[str, Item] = {}
        self._left: list[LeftOut] = []
        self._kept: set[str] = set()

    def leave(self, line: int, what: str, why: str) -> None:
        self._left.append(LeftOut(self.file, line, clean(what)[:60], why))

    def skill(self, title: str) -> tuple[str, ...]:
        """The id of a skill with this title, made if need be; nothing where the title has no letters."""
        said = flat(title.replace("_", " "))
        if not any(one.isalpha() for one in said):
            return ()
        # A title without Latin letters gets an id of its own, the same one in every file.
        name = slug(said) or f"skill-{hashlib.blake2b(said.encode(), digest_size=5).hexdigest()}"
        self._skills.setdefault(name, Skill(id=name, title=said))
        return (name,)

    def name(self, wished: str, prefix: str) -> str:
        """An id that nothing has yet."""
        base = wished if is_id(wished) else (slug(wished) or prefix)
        name, number = base, 2
        while name in self._kept:
            name, number = f"{base}-{number}", number + 1
        self._kept.add(name)
        return name

    def item(self, item: Item) -> None:
        self._items[item.id] = item

    def passage(self, passage: Passage) -> None:
        self._passages[passage.id] = passage

    def done(self) -> Draft:
        return Draft(
            skills=tuple(self._skills.values()),
            passages=tuple(self._passages.values()),
            items=tuple(self._items.values()),
            left_out=tuple(sorted(self._left)),
        )


def clean(text: str) -> str:
    """A text as a pack holds it: no control characters, no blanks at the ends of lines."""
    plain = _BAD.sub("", unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(line.rstrip() for line in plain.strip().splitlines())


def flat(text: str) -> str:
    """As `clean`, on one line."""
    return " ".join(clean(text).split())


def distinct_options(texts: Iterable[str]) -> tuple[Option, ...] | None:
    """Options that all say something else; None where two say the same or one says nothing."""
    options = tuple(Option(clean(text)) for text in texts)
    twice = any(says_the_same(a.text, b.text) for at, b in enumerate(options) for a in options[:at])
    return None if twice or not all(option.text for option in options) else options


def cut(text: str) -> list[str]:
    """A text in pieces short enough for a passage, cut between paragraphs where that is possible."""
    pieces: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text):
        while paragraph:
            room = LONGEST - (len(pieces[-1]) + 2 if pieces else LONGEST)
            if pieces and len(paragraph) <= room:
                pieces[-1] += f"\n\n{paragraph}"
            else:
                pieces.append(paragraph[:LONGEST])
            paragraph = paragraph[LONGEST:] if len(paragraph) > LONGEST and pieces[-1] == paragraph[:LONGEST] else ""
    return pieces
