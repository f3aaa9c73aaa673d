"""A copy of the database as it is at one moment, while it is in use."""

import sqlite3
from pathlib import Path

from sqlalchemy import Engine

from workers.sql_faults import told


def backup(engine: Engine, path: Path) -> None:
    """Writes the SQLite file anew to `path`, for this user's eyes only.

    Raises:
        ValueError: the database is PostgreSQL, which has `pg_dump`.
        FileExistsError: nothing is overwritten.
        LedgerFullError, UnavailableError: the copy has no space, or the database is locked; nothing is left of it.
    """
    if engine.dialect.name != "sqlite":
        raise ValueError("a PostgreSQL database is backed up with pg_dump")
    # SQLite writes into an empty file as if it were new, and leaves it its permissions.
    path.touch(mode=0o600, exist_ok=False)
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("VACUUM INTO ?", (str(path),))
    except sqlite3.OperationalError as error:
        path.unlink()
        raise told(error) from error
    finally:
        raw.close()
