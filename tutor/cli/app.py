"""`pramana`: the table of its commands."""

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from tutor.cli.check import check
from tutor.cli.compare import compare
from tutor.cli.config import config
from tutor.cli.db import db
from tutor.cli.entail import entail
from tutor.cli.erase import erase
from tutor.cli.fact import fact
from tutor.cli.key import key
from tutor.cli.kinds import kinds
from tutor.cli.mcp import mcp
from tutor.cli.pack import pack
from tutor.cli.plan import plan
from tutor.cli.replay import replay
from tutor.cli.serve import serve
from tutor.cli.worker import worker
from tutor.cli.workers import workers

app = typer.Typer(
    name="pramana",
    help="Checks every checkable claim of an answer: supported, refuted with a witness, or undecided with a reason.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
app.command()(check)
app.command()(compare)
app.command()(entail)
app.command()(fact)
app.add_typer(plan)
app.add_typer(pack)
app.command()(replay)
app.command()(kinds)
app.command()(config)
app.command()(serve)
app.command()(mcp)
app.command()(worker)
app.command()(workers)
app.add_typer(db)
app.add_typer(key)
app.command()(erase)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"pramana {version('pramana')}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Entry point. Exit status: 0 fine, 1 what `--fail-on` names was found, 2 bad usage or input."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
