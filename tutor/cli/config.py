"""`pramana config`: what is set, and where."""

from typing import Annotated

import typer

from tutor.cli.reading import fail


def config(
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object of `{value, source, meaning}`.")] = False,
) -> None:
    """Shows every setting with its value, where that comes from, and what it means. Passwords in URLs are masked.

    A setting is an environment variable of its name, or a line of `settings.toml` in PRAMANA_HOME with its name in
    small letters and without PRAMANA_. Exit status: 0, 2 where a value cannot be used.
    """
    import json

    from tutor.settings import SettingsError, load

    try:
        loaded = load()
    except SettingsError as error:
        fail(str(error))
    for warning in loaded.warnings:
        typer.echo(f"pramana: {warning}", err=True)
    if as_json:
        rows = {row.name: {"value": row.value, "source": row.source, "meaning": row.meaning} for row in loaded.shown}
        typer.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    widths = [max(len(row[column]) for row in loaded.shown) for column in range(2)]
    for row in loaded.shown:
        typer.echo(f"{row.name:{widths[0]}}  {row.value:{widths[1]}}  {row.source:11}  {row.meaning}")
