"""`pramana serve`: the HTTP API."""

from typing import Annotated

import typer

from tutor.cli.reading import fail


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; other than loopback needs keys.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65_535, help="Port to listen on; 0 takes a free one.")] = None,
    processes: Annotated[int | None, typer.Option(min=1, max=64, help="Server processes.")] = None,
) -> None:
    """Serves the HTTP API until it is told to end; then what was accepted is answered, or kept for the next start.

    Settings not given here come from the environment or `settings.toml`: see `pramana config`. Checks run in this
    process's sandboxes, or with PRAMANA_BROKER_URL on the machines where `pramana worker` runs. Exit status: 0, 2
    where a setting cannot be used.
    """
    import asyncio
    import os

    from tutor.arenas import few_arenas
    from tutor.logs import configure
    from tutor.settings import SettingsError, load

    few_arenas()
    try:
        loaded = load(host=host, port=port, processes=processes)
    except SettingsError as error:
        fail(str(error))
    settings = loaded.settings
    for warning in loaded.warnings:
        typer.echo(f"pramana: {warning}", err=True)
    configure(settings.log_level, settings.log_format, text=settings.log_text)

    from tutor.main import RefusedError, prepare
    from tutor.serving import bind, supervise
    from tutor.serving import serve as serve_here

    os.umask(0o077)
    try:
        prepare(settings)
        public = bind(settings.host, settings.port)
    except RefusedError as error:
        fail(str(error))
    except OSError as error:
        fail(f"cannot listen on {settings.host}, port {settings.port}: {error.strerror}; choose another with --port")
    address = f"[{settings.host}]" if ":" in settings.host else settings.host
    typer.echo(f"Pramana listens on http://{address}:{public.getsockname()[1]}")
    if settings.processes > 1:
        raise typer.Exit(asyncio.run(supervise(settings, public)))
    asyncio.run(serve_here(settings, public))
