"""Passages for a statement of fact: the provisions it names, then the best by words and, where there are vectors, by
meaning.
"""

from collections.abc import Sequence
from typing import Final, Protocol

from curriculum.index.entries import Entry, Filter
from curriculum.index.fusion import fused
from curriculum.index.port import PassageIndex
from verifiers.claims import Excerpt
from verifiers.facts.slots import slots
from verifiers.facts.tokens import tokens

_DEPTH: Final = 50
"""How deep the rankings that are fused go."""
_NAMED: Final = 4
"""Provisions of a statement that are looked up."""


class Vectors(Protocol):
    """A ranking by meaning: ids, best first."""

    def ranked(self, query: str, limit: int) -> Sequence[str]: ...


class IndexEvidence:
    """An `EvidenceSource` over an index, with or without vectors."""

    def __init__(self, index: PassageIndex, vectors: Vectors | None = None, only: Filter = Filter()) -> None:  # noqa: B008
        self._index = index
        self._vectors = vectors
        self._only = only

    @property
    def method(self) -> str:
        """Says by what passages are found: without vectors it is BM25 alone."""
        return "BM25" if self._vectors is None else "BM25 and vectors, fused by reciprocal rank"

    def passages(self, statement: str, limit: int) -> Sequence[Excerpt]:
        return [entry.excerpt() for entry in self.entries(statement, limit)]

    def entries(self, statement: str, limit: int) -> list[Entry]:
        found: dict[str, Entry] = {}
        for named in provisions_named(statement):
            found.update((entry.id, entry) for entry in self._index.provision(named, limit, self._only))
        for entry in self._ranked(statement, limit):
            found.setdefault(entry.id, entry)
        return list(found.values())[:limit]

    def _ranked(self, statement: str, limit: int) -> list[Entry]:
        depth = limit if self._vectors is None else max(limit, _DEPTH)
        by_words = [hit.entry for hit in self._index.search(statement, depth, self._only)]
        if self._vectors is None:
            return by_words
        by_meaning = self._vectors.ranked(statement, depth)
        order = fused([entry.id for entry in by_words], list(by_meaning))[: depth + limit]
        known = {entry.id: entry for entry in by_words}
        known |= self._index.get([name for name in order if name not in known])
        return [known[name] for name in order if name in known and self._only.admits(known[name])]


def provisions_named(statement: str) -> list[str]:
    """The provisions a statement names, as entries name theirs."""
    found, _ = slots(tokens(statement[:4_000]))
    named = [f"{slot.unit}:{slot.value}" for slot in found if slot.kind == "reference"]
    return list(dict.fromkeys(named))[:_NAMED]
