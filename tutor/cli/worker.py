"""`pramana worker`: checks what a server on another machine, or beside it, is asked."""

import logging
import uuid
from typing import Annotated

import typer

from tutor.cli.reading import fail


def worker(
    queues: Annotated[
        str, typer.Option("--queues", "-q", help="Queues to listen on, with commas between; all of them by default.")
    ] = "",
    concurrency: Annotated[
        int | None, typer.Option("--concurrency", "-c", min=1, max=1024, help="Sandbox processes; default all cores.")
    ] = None,
) -> None:
    """Checks what comes in over Redis, at PRAMANA_BROKER_URL, until it is told to end; then it ends what it is at.

    Queues: `checks.quick` holds answers to read, `checks.heavy` single formulas that may take their whole time; where
    both come in, one worker for each keeps the quick ones quick. Exit status: 0, 2 where a setting cannot be used.
    """
    from celery.signals import setup_logging

    from tutor import logs
    from tutor.arenas import few_arenas
    from tutor.settings import SettingsError, load
    from workers.broker import QUEUES
    from workers.celery_app import make_app

    few_arenas()
    try:
        settings = load(concurrency=concurrency).settings
    except SettingsError as error:
        fail(str(error))
    if settings.broker_url is None:
        fail("a worker needs a broker: set PRAMANA_BROKER_URL, as in redis://127.0.0.1:6379/0")
    known = set(QUEUES.values())
    wanted = {name.strip() for name in queues.split(",") if name.strip()} or known
    if unknown := wanted - known:
        fail(f"no such queue: {', '.join(sorted(unknown))}; there are {', '.join(sorted(known))}")
    logs.configure(settings.log_level, settings.log_format, text=settings.log_text)
    for chatty in ("celery.worker.strategy", "celery.app.trace"):  # two lines for each task
        logging.getLogger(chatty).setLevel(logging.WARNING)
    setup_logging.connect(_leave_logging)
    arguments = [
        "--quiet",
        "worker",
        f"--hostname={uuid.uuid4().hex[:8]}@%h",
        f"--concurrency={settings.concurrency}",
        f"--queues={','.join(sorted(wanted, reverse=True))}",
        "--without-gossip",
        "--without-mingle",
        "--without-heartbeat",
    ]
    make_app(settings.broker).worker_main(arguments)


def _leave_logging(**_: object) -> None:
    """Celery sets logging up unless somebody answers that this is done."""
