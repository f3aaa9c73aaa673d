"""`pramana db`: the tables of the database."""

from pathlib import Path
from typing import Annotated

import typer

from tutor.cli.database import database
from tutor.cli.reading import fail

db = typer.Typer(name="db", help="The tables of the database: bring them up to date, see where they stand, copy them.")


@db.command()
def upgrade() -> None:
    """Brings the tables of PRAMANA_DATABASE_URL to this version, making them where there are none.

    Stop servers of the old version first. Whoever else upgrades at the same time waits. Exit status: 0, 2 where the
    database cannot be used.
    """
    from tutor import store

    with database(ready=False) as (engine, _):
        before = store.current(engine)
        store.upgrade(engine)
        after = store.current(engine)
    typer.echo(f"revision {after}: nothing to do" if before == after else f"revision {before or 'none'} -> {after}")


@db.command()
def current() -> None:
    """Says where the tables stand. Exit status: 0 up to date, 1 not, 2 where the database cannot be used."""
    from tutor import store
    from tutor.settings import masked

    with database(ready=False) as (engine, settings):
        at = store.current(engine)
        url = masked(settings.database_url)
    if at == store.head():
        typer.echo(f"{url}: revision {at}, up to date")
        return
    typer.echo(f"{url}: revision {at or 'none'}, this version works with {store.head()}; type: pramana db upgrade")
    raise typer.Exit(1)


@db.command()
def backup(file: Annotated[Path, typer.Argument(help="The copy, which must not exist yet.")]) -> None:
    """Copies the SQLite database as it is at this moment, while servers use it. To go back, stop them and put the copy
    in the place of `pramana.db`, without a `-wal` or `-shm` beside it.

    It holds all texts, also of students that are erased later: erase them again after going back. Exit status: 0, 2
    where the copy could not be made.
    """
    from tutor import store

    with database() as (engine, _):
        try:
            store.backup(engine, file)
        except FileExistsError:
            fail(f"{file} is there already")
        except OSError as error:
            fail(f"{file} cannot be written: {error.strerror}")
    typer.echo(f"{file}: {file.stat().st_size} bytes")
