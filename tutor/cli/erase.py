"""`pramana erase`: nothing a student wrote stays."""

from typing import TYPE_CHECKING, Annotated

import typer

from tutor.cli.database import database
from tutor.cli.reading import fail

if TYPE_CHECKING:
    from tutor.settings import Settings
    from workers.ledger import Ledger


def erase(
    student: Annotated[str, typer.Option(help="Whose texts go, by the name the tenant gave.")],
    tenant: Annotated[str, typer.Option(help="Whose student it is.")] = "local",
    compact: Annotated[
        bool, typer.Option("--compact", help="Also write the database's file anew; nobody else writes meanwhile.")
    ] = False,
) -> None:
    """Deletes every text of a student and of what was said about it, in the database and in Redis. Ids, labels and
    times stay; jobs under way are cancelled.

    A running server holds more in memory, which it drops when it is asked itself: DELETE /v1/students/NAME. Typing
    this again is harmless. Exit status: 0, 2 where a part could not be reached.
    """
    import asyncio

    from tutor import store
    from workers.errors import UnavailableError
    from workers.sql_ledger import SqlLedger

    with database() as (engine, settings):
        try:
            gone = asyncio.run(_erase(settings, SqlLedger(engine), tenant, student))
        except UnavailableError as error:
            fail(f"cut short: {error}; type this again later")
        if compact:
            store.compact(engine)
    typer.echo(f"{gone} {'text' if gone == 1 else 'texts'} of {student} erased")


async def _erase(settings: "Settings", ledger: "Ledger", tenant: str, student: str) -> int:
    import asyncio
    import time

    from redis.exceptions import RedisError

    from tutor import store
    from workers.cache import MemoryCache
    from workers.errors import UnavailableError
    from workers.records import Records
    from workers.redis_cache import RedisCache

    records = None if settings.broker_url is None else Records(settings.broker, "")

    class Tasks:
        async def forget(self, task_ids: list[str]) -> None:
            if records is None:
                return
            try:
                await asyncio.to_thread(records.forget, task_ids)
            except RedisError as error:
                raise UnavailableError("Redis cannot be reached and keeps what it has of the student") from error

    cache = MemoryCache() if records is None else RedisCache(settings.broker)
    try:
        return await store.erase(ledger, cache, Tasks(), tenant, student, time.time())
    finally:
        await cache.close()
        if records is not None:
            records.close()
