"""The index in memory: what the others are held against, and enough for a small pack."""

from collections import Counter
from collections.abc import Iterable, Sequence

from curriculum.index.entries import Entry, Filter, Hit, version_of
from curriculum.index.port import Change
from curriculum.index.terms import Corpus, entry_terms, query_terms, score


class MemoryIndex:
    def __init__(self) -> None:
        self._held: dict[str, tuple[Entry, Counter[str]]] = {}

    @property
    def version(self) -> str:
        return version_of([entry.digest for entry, _ in self._held.values()])

    def build(self, entries: Iterable[Entry]) -> Change:
        new: dict[str, tuple[Entry, Counter[str]]] = {}
        added = changed = 0
        for entry in entries:
            if entry.id in new:
                raise ValueError(f"two entries have the id {entry.id!r}")
            old = self._held.get(entry.id)
            if old is not None and old[0] == entry:
                new[entry.id] = old
                continue
            added, changed = added + (old is None), changed + (old is not None)
            new[entry.id] = (entry, Counter(entry_terms(entry)))
        removed = len(self._held.keys() - new.keys())
        # One assignment: whoever reads has the old mapping or the new.
        self._held = new
        return Change(added, changed, removed, len(new) - added - changed, self.version)

    def search(self, query: str, limit: int, only: Filter = Filter()) -> list[Hit]:  # noqa: B008 - frozen
        held, wanted = self._held, query_terms(query)
        holding = {term: sum(term in counts for _, counts in held.values()) for term in wanted}
        corpus = Corpus(len(held), sum(counts.total() for _, counts in held.values()), holding)
        hits = [
            Hit(entry, score(wanted, counts.elements(), corpus))
            for entry, counts in held.values()
            if only.admits(entry) and any(term in counts for term in wanted)
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.entry.id))[:limit]

    def provision(self, named: str, limit: int, only: Filter = Filter()) -> list[Entry]:  # noqa: B008 - frozen
        found = [entry for entry, _ in self._held.values() if entry.provision == named and only.admits(entry)]
        return sorted(found, key=lambda entry: entry.id)[:limit]

    def get(self, ids: Sequence[str]) -> dict[str, Entry]:
        held = self._held
        return {name: held[name][0] for name in ids if name in held}

    def close(self) -> None:
        pass
