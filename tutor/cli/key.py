"""`pramana key`: who may call the server."""

from typing import Annotated

import typer

from tutor.cli.database import database
from tutor.cli.reading import fail

key = typer.Typer(
    name="key", help="API keys: who may call the server from elsewhere, and for whom.", no_args_is_help=True
)


@key.command()
def create(
    label: Annotated[str, typer.Argument(help="What the key is for, as it will be listed.")],
    tenant: Annotated[str, typer.Option(help="Whose jobs and students the key gives access to.")] = "local",
    scopes: Annotated[str, typer.Option(help="What it may do, with commas: check, erase.")] = "check",
    student: Annotated[str | None, typer.Option(help="The one student it speaks for; else any of the tenant.")] = None,
) -> None:
    """Makes a key and prints it, this once: only its hash is kept."""
    import time

    from tutor.store import SqlKeys

    wanted = [scope.strip() for scope in scopes.split(",") if scope.strip()]
    with database() as (engine, _):
        secret = SqlKeys(engine).create(label, time.time(), tenant=tenant, scopes=wanted, student=student)
    typer.echo(secret)
    typer.echo("pramana: keep it now, it cannot be shown again; send it as Authorization: Bearer", err=True)


@key.command("list")
def list_(
    tenant: Annotated[str | None, typer.Option(help="Only this tenant's.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON array.")] = False,
) -> None:
    """Lists keys, oldest first, without their secrets. Times are UTC."""
    import msgspec

    from tutor.store import SqlKeys

    with database() as (engine, _):
        keys = SqlKeys(engine).listed(tenant)
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(keys, order="deterministic"), indent=2).decode())
        return
    rows = [("ID", "LABEL", "TENANT", "STUDENT", "SCOPES", "CREATED", "LAST USED", "REVOKED")]
    for one in keys:
        times = (_time(one.created), _time(one.last_used), _time(one.revoked))
        rows.append((one.id, one.label, one.tenant, one.student or "any", ",".join(sorted(one.scopes)), *times))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


@key.command()
def revoke(key_id: Annotated[str, typer.Argument(metavar="ID", help="As `pramana key list` shows it.")]) -> None:
    """Ends a key for good, at once. Exit status: 0, 2 where there is no such key or it was revoked before."""
    import time

    from tutor.store import SqlKeys

    with database() as (engine, _):
        revoked = SqlKeys(engine).revoke(key_id, time.time())
    if not revoked:
        fail(f"there is no valid key {key_id}; see: pramana key list")
    typer.echo(f"key {key_id} is revoked")


def _time(seconds: float | None) -> str:
    from datetime import UTC, datetime

    return "-" if seconds is None else datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M")
