"""`pramana workers`: who works, on what, and what waits."""

from typing import Annotated

import typer

from tutor.cli.reading import fail


def workers(
    queue: Annotated[str, typer.Option(help="Look at this queue only.")] = "",
) -> None:
    """Lists the queues with the workers that listen on them, the tasks these can run at once, and the tasks that wait.

    Exit status: 0, 1 where nobody listens on a queue, 2 where the broker cannot be reached.
    """
    from redis.exceptions import RedisError

    from tutor.settings import SettingsError, load, masked
    from workers.broker import QUEUES
    from workers.records import Records

    try:
        settings = load().settings
    except SettingsError as error:
        fail(str(error))
    if settings.broker_url is None:
        fail("there are no workers without a broker: set PRAMANA_BROKER_URL, as in redis://127.0.0.1:6379/0")
    queues = sorted(QUEUES.values(), reverse=True)
    if queue and queue not in queues:
        fail(f"no such queue: {queue}; there are {', '.join(queues)}")
    records = Records(settings.broker, "")
    try:
        census = records.census()
    except RedisError:
        fail(f"the broker cannot be reached: {masked(settings.broker_url)}")
    finally:
        records.close()
    deserted = False
    for name in [queue] if queue else queues:
        listening = sum(name in worker.queues for worker in census.workers)
        deserted |= not listening
        typer.echo(f"{name}: workers {listening}, slots {census.slots(name)}, waiting {census.waiting.get(name, 0)}")
    raise typer.Exit(1 if deserted else 0)
