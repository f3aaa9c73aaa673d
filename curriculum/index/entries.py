"""What an index holds: a passage of a pack with what it is found and filtered by."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from typing import Final

import msgspec

from curriculum.packs import Pack
from verifiers.claims import Excerpt
from verifiers.facts.topics import provision_of

_BITS: Final = 16
_NUMBERED: Final = re.compile(r"\b(?:art|sec|sch|part|amend)", re.IGNORECASE)
"""A source without any of these names no provision; looking closer costs more than all the rest of an entry."""


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: str
    pack: str
    source: str
    text: str
    title: str = ""
    skills: tuple[str, ...] = ()
    start: int = 0
    """Where the text begins in its source, in code points."""
    valid_from: date | None = None
    valid_until: date | None = None
    """First and last day it is true on."""

    @property
    def provision(self) -> str:
        """The numbered provision it is the text of, as `article:21A`; empty where there is none."""
        named = provision_of(self.source) if _NUMBERED.search(self.source) else None
        return f"{named[0]}:{named[1]}" if named else ""

    @property
    def digest(self) -> bytes:
        """Changes with anything that is stored."""
        return hashlib.blake2b(msgspec.json.encode(self, order="deterministic"), digest_size=_BITS).digest()

    def excerpt(self) -> Excerpt:
        return Excerpt(source=self.source, text=self.text, title=self.title, start=self.start)


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What may be found; nothing set finds everything."""

    pack: str = ""
    skill: str = ""
    on: date | None = None
    """The day a passage must be valid on."""

    def admits(self, entry: Entry) -> bool:
        return (
            (not self.pack or entry.pack == self.pack)
            and (not self.skill or self.skill in entry.skills)
            and (self.on is None or (entry.valid_from or date.min) <= self.on <= (entry.valid_until or date.max))
        )


class Hit(msgspec.Struct, frozen=True):
    entry: Entry
    score: float


def entries_of(pack: Pack) -> Iterator[Entry]:
    """The passages of a pack; ids are made unique among packs by the pack's."""
    for passage in pack.passages.values():
        yield Entry(
            id=f"{pack.manifest.id}:{passage.id}", pack=pack.manifest.id, source=passage.source, text=passage.text,
            title=passage.title, skills=passage.skills, valid_from=passage.valid_from, valid_until=passage.valid_until,
        )  # fmt: skip


def version_of(digests: Iterator[bytes] | list[bytes]) -> str:
    """A name of the content: the same for the same entries, in whatever order and by whatever way they came."""
    total = sum(int.from_bytes(digest, "big") for digest in digests) % (1 << (8 * _BITS))
    return f"{total:0{2 * _BITS}x}"
