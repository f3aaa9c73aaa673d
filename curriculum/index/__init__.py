"""Passages found by their words and, where vectors were built, by their meaning; the source of evidence for facts."""

from curriculum.index.entries import Entry, Filter, Hit, entries_of
from curriculum.index.evidence import IndexEvidence
from curriculum.index.memory import MemoryIndex
from curriculum.index.port import Change, PassageIndex
from curriculum.index.sqlite import SqliteIndex

__all__ = [
    "Change",
    "Entry",
    "Filter",
    "Hit",
    "IndexEvidence",
    "MemoryIndex",
    "PassageIndex",
    "SqliteIndex",
    "entries_of",
]
