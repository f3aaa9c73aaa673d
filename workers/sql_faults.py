"""What a database says when it cannot, in this package's words."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError, OperationalError, TimeoutError

from workers.errors import LedgerFullError, UnavailableError

_SQLITE_FULL: Final = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_SHMOPEN,
}
"""A full disk shows where the write happened to be."""
_SQLITE_BUSY: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_POSTGRES_FULL: Final = "53100"
_POSTGRES_AWAY: Final = ("08", "53", "57P")
"""Connection lost, no resources, being shut down or started."""


@contextmanager
def in_our_words() -> Iterator[None]:
    """
    Raises:
        LedgerFullError: the disk is full.
        UnavailableError: the database cannot be reached, or is locked for longer than anybody waits.
    """
    try:
        yield
    except TimeoutError as error:
        raise UnavailableError("the database has no connection to spare") from error
    except DBAPIError as error:
        raise _told(error) from error


def told(error: sqlite3.Error) -> Exception:
    """SQLite's own error in this package's words, or itself."""
    code = getattr(error, "sqlite_errorcode", 0)
    if code in _SQLITE_FULL:
        return LedgerFullError("the disk of the database is full")
    if code & 0xFF in _SQLITE_BUSY:
        return UnavailableError("the database is busy")
    return error


def _told(error: DBAPIError) -> Exception:
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        in_words = told(cause)
        return error if in_words is cause else in_words
    state = getattr(cause, "sqlstate", None)
    if state == _POSTGRES_FULL:
        return LedgerFullError("the disk of the database is full")
    # psycopg has no state for a server that was never reached.
    away = isinstance(error, OperationalError) and (state or "08").startswith(_POSTGRES_AWAY)
    if away or error.connection_invalidated:
        return UnavailableError("the database cannot be reached")
    return error
