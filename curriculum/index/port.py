"""The seam: what an index of passages can do, whatever holds it."""

from collections.abc import Iterable, Sequence
from typing import Protocol

import msgspec

from curriculum.index.entries import Entry, Filter, Hit


class Change(msgspec.Struct, frozen=True):
    """What a build did."""

    added: int
    changed: int
    removed: int
    kept: int
    version: str


class PassageIndex(Protocol):
    """Readers see the old content or the new, never a part of it; a build that dies leaves the old."""

    @property
    def version(self) -> str:
        """A name of the content."""
        ...

    def build(self, entries: Iterable[Entry]) -> Change:
        """Makes the index hold just these. What has not changed since is left as it is.

        Raises:
            ValueError: two entries have one id; nothing is changed.
        """
        ...

    def search(self, query: str, limit: int, only: Filter = Filter()) -> list[Hit]:  # noqa: B008 - frozen
        """The best by BM25, best first; equal ones by id."""
        ...

    def provision(self, named: str, limit: int, only: Filter = Filter()) -> list[Entry]:  # noqa: B008 - frozen
        """Entries that are the text of a numbered provision (`article:21A`), by id."""
        ...

    def get(self, ids: Sequence[str]) -> dict[str, Entry]:
        """The entries that are there, by id."""
        ...

    def close(self) -> None: ...
