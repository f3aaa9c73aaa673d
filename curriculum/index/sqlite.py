"""The index in an SQLite file, by FTS5. A build is one transaction, so readers of the file are never in its way."""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final

from curriculum.index.entries import Entry, Filter, Hit, version_of
from curriculum.index.port import Change
from curriculum.index.terms import CANDIDATES, Corpus, entry_terms, query_terms, score

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS entry (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, pack TEXT NOT NULL, source TEXT NOT NULL, title TEXT NOT NULL,
    text TEXT NOT NULL, skills TEXT NOT NULL, start INTEGER NOT NULL, valid_from TEXT, valid_until TEXT,
    provision TEXT NOT NULL, digest BLOB NOT NULL, length INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS entry_provision ON entry (provision) WHERE provision <> '';
CREATE TABLE IF NOT EXISTS total (
    one INTEGER PRIMARY KEY CHECK (one = 1), entries INTEGER, length INTEGER, version TEXT
);
CREATE VIRTUAL TABLE IF NOT EXISTS terms USING fts5(held, tokenize = "unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE IF NOT EXISTS vocabulary USING fts5vocab(terms, row);
"""
_COLUMNS: Final = "e.id, e.pack, e.source, e.title, e.text, e.skills, e.start, e.valid_from, e.valid_until"
_ADMITTED: Final = (
    "(:pack = '' OR e.pack = :pack) AND (:skill = '' OR instr(e.skills, ' ' || :skill || ' ')) AND (:day = '' OR"
    " (coalesce(e.valid_from, '') <= :day AND coalesce(e.valid_until, '9999-12-31') >= :day))"
)
_PATIENCE: Final = 30.0


class SqliteIndex:
    """One connection per thread; writers of one file wait for each other.

    Raises:
        sqlite3.DatabaseError: the file is no index and no empty file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._connection().executescript(_SCHEMA)

    @property
    def version(self) -> str:
        row = self._connection().execute("SELECT version FROM total").fetchone()
        return str(row[0]) if row else version_of([])

    def build(self, entries: Iterable[Entry]) -> Change:
        with self._writing() as connection:
            known = {
                str(name): (int(number), bytes(digest))
                for name, number, digest in connection.execute("SELECT id, number, digest FROM entry")
            }
            seen: set[str] = set()
            digests: list[bytes] = []
            added = changed = 0
            for entry in entries:
                if entry.id in seen:
                    raise ValueError(f"two entries have the id {entry.id!r}")
                seen.add(entry.id)
                digests.append(entry.digest)
                number, digest = known.get(entry.id, (None, b""))
                if digest == digests[-1]:
                    continue
                if number is not None:
                    _drop(connection, number)
                _put(connection, entry, digests[-1])
                added, changed = added + (number is None), changed + (number is not None)
            gone = known.keys() - seen
            for name in gone:
                _drop(connection, known[name][0])
            version = version_of(digests)
            connection.execute(
                "INSERT OR REPLACE INTO total SELECT 1, count(*), coalesce(sum(length), 0), ? FROM entry", (version,)
            )
        return Change(added, changed, len(gone), len(seen) - added - changed, version)

    def search(self, query: str, limit: int, only: Filter = Filter()) -> list[Hit]:  # noqa: B008 - frozen
        wanted = query_terms(query)
        if not wanted or limit < 1:
            return []
        connection = self._connection()
        with _reading(connection):
            corpus = _corpus(connection, wanted)
            rows = connection.execute(
                f"SELECT {_COLUMNS}, terms.held FROM terms JOIN entry e ON e.number = terms.rowid"
                f" WHERE terms MATCH :query AND {_ADMITTED} ORDER BY rank LIMIT :most",
                {"query": " OR ".join(f'"{term}"' for term in wanted), "most": max(CANDIDATES, 2 * limit), **_of(only)},
            ).fetchall()
        hits = [Hit(_entry(row), score(wanted, row[-1].split(), corpus)) for row in rows]
        return sorted(hits, key=lambda hit: (-hit.score, hit.entry.id))[:limit]

    def provision(self, named: str, limit: int, only: Filter = Filter()) -> list[Entry]:  # noqa: B008 - frozen
        rows = self._connection().execute(
            f"SELECT {_COLUMNS} FROM entry e WHERE provision <> '' AND provision = :named AND {_ADMITTED} ORDER BY id"
            " LIMIT :most",
            {"named": named, "most": limit, **_of(only)},
        )
        return [_entry(row) for row in rows]

    def get(self, ids: Sequence[str]) -> dict[str, Entry]:
        connection = self._connection()
        found: dict[str, Entry] = {}
        for at in range(0, len(ids), 500):
            some = ids[at : at + 500]
            marks = ",".join("?" * len(some))
            for row in connection.execute(f"SELECT {_COLUMNS} FROM entry e WHERE id IN ({marks})", some):
                found[str(row[0])] = _entry(row)
        return found

    def close(self) -> None:
        with self._lock:
            for connection in self._open:
                connection.close()
            self._open.clear()
        self._local = threading.local()

    def _connection(self) -> sqlite3.Connection:
        made: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if made is None:
            made = sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
            made.execute("PRAGMA journal_mode = WAL")
            made.execute("PRAGMA synchronous = NORMAL")
            self._local.connection = made
            with self._lock:
                self._open.append(made)
        return made

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


@contextmanager
def _reading(connection: sqlite3.Connection) -> Iterator[None]:
    """What is read in here is of one version."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")


def _put(connection: sqlite3.Connection, entry: Entry, digest: bytes) -> None:
    held = entry_terms(entry)
    row = (
        entry.id, entry.pack, entry.source, entry.title, entry.text, f" {' '.join(entry.skills)} ", entry.start,
        _day(entry.valid_from), _day(entry.valid_until), entry.provision, digest, len(held),
    )  # fmt: skip
    made = connection.execute(f"INSERT INTO entry VALUES (NULL{', ?' * len(row)})", row)
    connection.execute("INSERT INTO terms (rowid, held) VALUES (?, ?)", (made.lastrowid, " ".join(held)))


def _drop(connection: sqlite3.Connection, number: int) -> None:
    connection.execute("DELETE FROM terms WHERE rowid = ?", (number,))
    connection.execute("DELETE FROM entry WHERE number = ?", (number,))


def _corpus(connection: sqlite3.Connection, wanted: Sequence[str]) -> Corpus:
    count, length = connection.execute("SELECT entries, length FROM total").fetchone() or (0, 0)
    marks = ",".join("?" * len(wanted))
    held = connection.execute(f"SELECT term, doc FROM vocabulary WHERE term IN ({marks})", wanted)
    return Corpus(count, length, dict(held.fetchall()))


def _of(only: Filter) -> dict[str, Any]:
    return {"pack": only.pack, "skill": only.skill, "day": _day(only.on) or ""}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _entry(row: Sequence[Any]) -> Entry:
    name, pack, source, title, text, skills, start, first, last = row[:9]
    return Entry(
        id=name, pack=pack, source=source, title=title, text=text, skills=tuple(skills.split()), start=start,
        valid_from=date.fromisoformat(first) if first else None, valid_until=date.fromisoformat(last) if last else None,
    )  # fmt: skip
