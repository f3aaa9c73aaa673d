"""Erasure: everything that is kept of a student's words goes, wherever it is; ids, labels and times stay."""

import asyncio
import sqlite3
from typing import Protocol

from sqlalchemy import Engine

from workers.cache import VerdictCache
from workers.ledger import Ledger
from workers.sql_faults import in_our_words, told


class Tasks(Protocol):
    """Where frames of tasks are kept: a `Dispatcher`, as a rule."""

    async def forget(self, task_ids: list[str]) -> None: ...


async def erase(ledger: Ledger, cache: VerdictCache, tasks: Tasks, tenant: str, student: str, now: float) -> int:
    """Returns how many texts went. Asking again is harmless, and right when it was cut short: nothing that still has
    to be found is forgotten before it is gone.

    Raises:
        LedgerFullError, UnavailableError: a part could not be reached and keeps what it has.
    """
    gone = await asyncio.to_thread(ledger.erase, tenant, student, now)
    await tasks.forget(await asyncio.to_thread(ledger.tasks_of, tenant, student))
    await cache.forget(tenant, student)
    return gone


def compact(engine: Engine) -> None:
    """Writes the file anew, so that not even the free space of a page was ever part of an erased text. Takes as long as
    copying the database does, and nobody else writes meanwhile.

    Raises:
        LedgerFullError, UnavailableError: there is no space for the copy, or somebody uses the database.
    """
    if engine.dialect.name == "postgresql":
        with in_our_words(), engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.exec_driver_sql("VACUUM FULL texts")
        return
    # As the driver has it: the engine would begin a transaction, in which SQLite takes neither statement.
    raw = engine.raw_connection()
    try:
        for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            raw.cursor().execute(statement)
    except sqlite3.OperationalError as error:
        raise told(error) from error
    finally:
        raw.close()
