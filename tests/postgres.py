"""A PostgreSQL of the tests' own, for as long as they run: `PRAMANA_TEST_POSTGRES_URL`, or a cluster in a temporary
folder, which needs nothing but PostgreSQL's programs.
"""

import atexit
import os
import shutil
import subprocess
import tempfile
import time
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

PATIENCE = 60.0


@contextmanager
def fresh_database() -> Iterator[str]:
    """The URL of an empty database, dropped afterwards."""
    server = postgres_url()
    name = f"pramana_test_{uuid.uuid4().hex[:12]}"
    plain = make_url(server).set(drivername="postgresql")
    with psycopg.connect(plain.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield plain.set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@cache
def postgres_url() -> str:
    """Starts the server, once. Skips the test, with a warning, where there is none to start."""
    if given := os.environ.get("PRAMANA_TEST_POSTGRES_URL"):
        return given
    programs = postgres_programs()
    if programs is None:
        reason = "no PostgreSQL here (initdb not found); set PRAMANA_TEST_POSTGRES_URL to test with one"
        warnings.warn(reason, stacklevel=2)
        pytest.skip(reason)
    # PostgreSQL refuses to run as root.
    user = "nobody" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="pramana-postgres-"))
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    subprocess.run(
        [programs / "initdb", "--pgdata", data, "--username", "tests", "--auth", "trust", "--encoding", "UTF8",
         "--locale", "C", "--no-sync"],
        check=True, capture_output=True, user=user, cwd=folder,
    )  # fmt: skip
    options = {"listen_addresses": "", "unix_socket_directories": folder, "fsync": "off", "max_connections": 200}
    settings = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen([programs / "postgres", "-D", data, *settings], stderr=log, user=user, cwd=folder)
    atexit.register(_stop, server, folder)
    url = f"postgresql://tests@/postgres?host={folder}"
    _wait_for(url, folder / "log")
    return url


def postgres_programs() -> Path | None:
    """The folder of `initdb`, `postgres` and `pg_dump`."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name, reverse=True)
    return next((folder for folder in folders if (folder / "postgres").exists()), None)


def _wait_for(url: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(url).close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise RuntimeError(log.read_text(errors="replace")) from None
            time.sleep(0.05)


def _stop(server: subprocess.Popen[bytes], folder: Path) -> None:
    server.terminate()
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
    shutil.rmtree(folder, ignore_errors=True)
