"""The index a URL or path names."""

from pathlib import Path

from curriculum.index.port import PassageIndex
from curriculum.index.sqlite import SqliteIndex


def open_index(where: str) -> PassageIndex:
    """`postgresql://…` or the path of an SQLite file.

    Raises:
        ImportError: PostgreSQL without the extra `postgres`.
        sqlite3.DatabaseError, psycopg.OperationalError: it cannot be opened.
    """
    if where.startswith(("postgresql://", "postgres://")):
        from curriculum.index.postgres import PostgresIndex

        return PostgresIndex(where)
    return SqliteIndex(Path(where.removeprefix("sqlite:///")))
