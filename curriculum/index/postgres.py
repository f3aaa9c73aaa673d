"""The index in PostgreSQL, by its full text search. `ts_rank_cd` picks candidates, BM25 scores them as everywhere."""

import threading
from collections.abc import Iterable, Sequence
from typing import Any, Final

import psycopg
from psycopg import Connection
from psycopg.rows import TupleRow

from curriculum.index.entries import Entry, Filter, Hit, version_of
from curriculum.index.port import Change
from curriculum.index.terms import CANDIDATES, Corpus, entry_terms, query_terms, score

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS passage_entry (
    id text PRIMARY KEY, pack text NOT NULL, source text NOT NULL, title text NOT NULL, body text NOT NULL,
    skills text[] NOT NULL, start integer NOT NULL, valid_from date, valid_until date, provision text NOT NULL,
    digest bytea NOT NULL, terms text NOT NULL, length integer NOT NULL,
    found_by tsvector GENERATED ALWAYS AS (to_tsvector('simple', terms)) STORED
);
CREATE INDEX IF NOT EXISTS passage_entry_found_by ON passage_entry USING gin (found_by);
CREATE INDEX IF NOT EXISTS passage_entry_provision ON passage_entry (provision) WHERE provision <> '';
CREATE TABLE IF NOT EXISTS passage_total (
    one boolean PRIMARY KEY CHECK (one), entries bigint NOT NULL, length bigint NOT NULL, version text NOT NULL
);
"""
_COLUMNS: Final = "id, pack, source, title, body, skills, start, valid_from, valid_until"
_ADMITTED: Final = (
    "(%(pack)s = '' OR pack = %(pack)s) AND (%(skill)s = '' OR %(skill)s = ANY (skills)) AND (%(day)s::date IS NULL OR"
    " (coalesce(valid_from, '-infinity') <= %(day)s::date AND coalesce(valid_until, 'infinity') >= %(day)s::date))"
)
_LOCK: Final = 4_073_105
"""PostgreSQL's advisory lock of whoever builds."""


class PostgresIndex:
    """One connection, taken in turns; texts with a NUL cannot be stored and are refused.

    Raises:
        psycopg.OperationalError: the server cannot be reached.
    """

    def __init__(self, url: str) -> None:
        self._turn = threading.Lock()
        self._connection: Connection[TupleRow] = psycopg.connect(url, autocommit=True)
        with self._connection.transaction():
            self._connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            self._connection.execute(_SCHEMA)

    @property
    def version(self) -> str:
        with self._turn:
            row = self._connection.execute("SELECT version FROM passage_total").fetchone()
        return str(row[0]) if row else version_of([])

    def build(self, entries: Iterable[Entry]) -> Change:
        with self._turn, self._connection.transaction():
            connection = self._connection
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            known = {str(name): bytes(digest) for name, digest in connection.execute(_KNOWN)}
            seen: set[str] = set()
            digests: list[bytes] = []
            added = changed = 0
            for entry in entries:
                if entry.id in seen:
                    raise ValueError(f"two entries have the id {entry.id!r}")
                seen.add(entry.id)
                digests.append(entry.digest)
                if known.get(entry.id) == digests[-1]:
                    continue
                connection.execute(_PUT, _row(entry, digests[-1]))
                added, changed = added + (entry.id not in known), changed + (entry.id in known)
            gone = list(known.keys() - seen)
            connection.execute("DELETE FROM passage_entry WHERE id = ANY (%s)", (gone,))
            version = version_of(digests)
            connection.execute(_TOTAL, (version,))
        return Change(added, changed, len(gone), len(seen) - added - changed, version)

    def search(self, query: str, limit: int, only: Filter = Filter()) -> list[Hit]:  # noqa: B008 - frozen
        wanted = query_terms(query)
        if not wanted or limit < 1:
            return []
        asked = {"query": " | ".join(f"'{term}'" for term in wanted), "most": max(CANDIDATES, 2 * limit), **_of(only)}
        with self._turn, self._connection.transaction():
            # What is read in here is of one version.
            self._connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            corpus = self._corpus(wanted)
            rows = self._connection.execute(_SEARCH, asked).fetchall()
        hits = [Hit(_entry(row), score(wanted, row[-1].split(), corpus)) for row in rows]
        return sorted(hits, key=lambda hit: (-hit.score, hit.entry.id))[:limit]

    def provision(self, named: str, limit: int, only: Filter = Filter()) -> list[Entry]:  # noqa: B008 - frozen
        with self._turn:
            rows = self._connection.execute(_PROVISION, {"named": named, "most": limit, **_of(only)}).fetchall()
        return [_entry(row) for row in rows]

    def get(self, ids: Sequence[str]) -> dict[str, Entry]:
        with self._turn:
            rows = self._connection.execute(_GET, (list(ids),)).fetchall()
        return {str(row[0]): _entry(row) for row in rows}

    def close(self) -> None:
        with self._turn:
            self._connection.close()

    def _corpus(self, wanted: Sequence[str]) -> Corpus:
        count, length = self._connection.execute("SELECT entries, length FROM passage_total").fetchone() or (0, 0)
        holding = {}
        for term in wanted:
            row = self._connection.execute(_HOLDING, (f"'{term}'",)).fetchone()
            holding[term] = int(row[0]) if row else 0
        return Corpus(count, length, holding)


_KNOWN: Final = "SELECT id, digest FROM passage_entry"
_PUT: Final = """
INSERT INTO passage_entry (id, pack, source, title, body, skills, start, valid_from, valid_until, provision, digest,
    terms, length) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (id) DO UPDATE SET pack = excluded.pack, source = excluded.source, title = excluded.title,
    body = excluded.body, skills = excluded.skills, start = excluded.start, valid_from = excluded.valid_from,
    valid_until = excluded.valid_until, provision = excluded.provision, digest = excluded.digest,
    terms = excluded.terms, length = excluded.length
"""
_TOTAL: Final = """
INSERT INTO passage_total SELECT true, count(*), coalesce(sum(length), 0), %s FROM passage_entry
ON CONFLICT (one) DO UPDATE SET entries = excluded.entries, length = excluded.length, version = excluded.version
"""
_SEARCH: Final = f"""
SELECT {_COLUMNS}, terms FROM passage_entry WHERE found_by @@ to_tsquery('simple', %(query)s) AND {_ADMITTED}
ORDER BY ts_rank_cd(found_by, to_tsquery('simple', %(query)s), 1) DESC, id LIMIT %(most)s
"""
_PROVISION: Final = f"""
SELECT {_COLUMNS} FROM passage_entry WHERE provision <> '' AND provision = %(named)s AND {_ADMITTED}
ORDER BY id LIMIT %(most)s
"""
_GET: Final = f"SELECT {_COLUMNS} FROM passage_entry WHERE id = ANY (%s)"
_HOLDING: Final = "SELECT count(*) FROM passage_entry WHERE found_by @@ to_tsquery('simple', %s)"


def _row(entry: Entry, digest: bytes) -> tuple[Any, ...]:
    held = entry_terms(entry)
    return (
        entry.id, entry.pack, entry.source, entry.title, entry.text, list(entry.skills), entry.start, entry.valid_from,
        entry.valid_until, entry.provision, digest, " ".join(held), len(held),
    )  # fmt: skip


def _of(only: Filter) -> dict[str, Any]:
    return {"pack": only.pack, "skill": only.skill, "day": only.on}


def _entry(row: Sequence[Any]) -> Entry:
    name, pack, source, title, text, skills, start, first, last = row[:9]
    return Entry(
        id=name, pack=pack, source=source, title=title, text=text, skills=tuple(skills), start=start,
        valid_from=first, valid_until=last,
    )  # fmt: skip
