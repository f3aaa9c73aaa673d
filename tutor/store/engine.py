"""Database connections, the way the stores rely on."""

import sqlite3
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

PATIENCE: Final = 10.0
"""Seconds that a write waits for another process's."""
_WANTED: Final = "a database is sqlite:///path/to/file or postgresql://user@host/name"
_WAL_LIMIT: Final = 64 * 2**20


def make_engine(url: str) -> Engine:
    """An engine on `sqlite:///path` or `postgresql://…`. Connects to nothing yet; a new SQLite file, and the folder it
    is in, are for this user's eyes only.

    On SQLite a transaction takes the write lock at its start, or, with the execution option `reading`, none.

    Raises:
        ValueError: neither of the two.
        OSError: the file cannot be made.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ValueError(_WANTED) from error
    backend = parsed.get_backend_name()
    if backend == "postgresql":
        return create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_size=10)
    if backend != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise ValueError(_WANTED)
    path = Path(parsed.database)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
    engine = create_engine(parsed.set(drivername="sqlite+pysqlite"), connect_args={"timeout": PATIENCE})
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    assert isinstance(connection, sqlite3.Connection)
    # The driver would begin transactions by itself, and only at the first write.
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        # What is deleted is overwritten: erasure relies on it.
        "secure_delete = ON",
        f"journal_size_limit = {_WAL_LIMIT}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
