"""The ledger on a disk that fills up: refused whole, readable all along, and as before when there is space again."""

import os
import subprocess
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from tests.postgres import postgres_url
from tutor.store.engine import make_engine
from tutor.store.migrate import make_ready, upgrade
from workers.errors import LedgerFullError
from workers.ledger import Chunk, ItemReport, Job, JobKind, JobState
from workers.principal import Principal
from workers.sql_ledger import SqlLedger
from workers.work import Answer

ROW = b"{" + b"x" * 2_000 + b"}"


@contextmanager
def mounted(folder: Path, megabytes: int) -> Iterator[Path]:
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        reason = "a small disk can be mounted by root only, outside of most containers"
        warnings.warn(reason, stacklevel=2)
        pytest.skip(reason)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with mounted(tmp_path / "disk", 2) as folder:
        yield folder


@pytest.fixture
def ledger(disk: Path) -> Iterator[SqlLedger]:
    engine = make_engine(f"sqlite:///{disk / 'ledger.db'}")
    upgrade(engine)
    made = SqlLedger(engine)
    yield made
    made.close()


def job(name: str, total: int, kind: JobKind = JobKind.BATCH) -> Job:
    return Job(id=name, kind=kind, principal=Principal(student="mira"), created=1.0, total=total)


def report(n: int) -> ItemReport:
    return ItemReport(n=n, label="supported", row=ROW)


def fill(disk: Path, spare: int = 0) -> Path:
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65_536, 4_096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
        file.truncate(file.tell() - spare)
    return filler


def record_until_full(ledger: SqlLedger, total: int) -> int:
    for n in range(total):
        try:
            ledger.record("accepted", [report(n)], 5.0)
        except LedgerFullError:
            return n
    raise AssertionError("the disk never filled up")


def test_a_job_that_does_not_fit_is_refused_whole(disk: Path, ledger: SqlLedger) -> None:
    ledger.open(job("accepted", 3), [Answer(steps=("1 + 1 = 2",))] * 3, "a", 100.0)
    with pytest.raises(LedgerFullError, match="full"):
        ledger.open(job("too much", 4_000), [Answer(steps=("x" * 1_000,))] * 4_000, "a", 100.0)
    assert ledger.job("too much", "local") is None
    assert ledger.open_items("too much", -1, 10) == []
    assert [found.id for found in ledger.jobs("local", 10)] == ["accepted"]
    ledger.open(job("small", 1), [Answer(steps=("2 + 2 = 4",))], "a", 100.0)
    assert len(ledger.open_items("small", -1, 10)) == 1


def test_reports_of_accepted_answers_wait_for_space_and_none_is_half_written(disk: Path, ledger: SqlLedger) -> None:
    ledger.open(job("accepted", 2_000), [Answer(steps=("1 + 1 = 2",))] * 300, "a", 100.0)
    filler = fill(disk, spare=200_000)
    written = record_until_full(ledger, 2_000)
    assert written > 5

    # All that was there is still read, and every kind of write refused or done, never in between.
    assert [found.n for found in ledger.reports("accepted", 0, 2_000)] == list(range(written))
    assert all(found.row == ROW for found in ledger.reports("accepted", 0, 2_000))
    counted = ledger.job("accepted", "local")
    assert counted is not None
    assert counted.done == written
    with pytest.raises(LedgerFullError):
        ledger.open(job("new", 1), [Answer(steps=("x" * 100_000,))], "a", 100.0)
    with pytest.raises(LedgerFullError):
        ledger.record("accepted", [report(n) for n in range(100)], 5.0)
    with pytest.raises(LedgerFullError):
        ledger.add_chunk("accepted", Chunk(seq=0, text="x" * 100_000))
    assert ledger.job("new", "local") is None
    assert ledger.chunks("accepted") == []

    filler.unlink()
    again = range(written - 5, written + 100)
    assert ledger.record("accepted", [report(n) for n in again], 6.0) == again.stop - written
    assert ledger.add_chunk("accepted", Chunk(seq=0, text="x" * 100_000))
    ledger.assign("accepted", "task", range(300))
    ledger.record_late("accepted", 0, 0, "supported", "proved", 7.0)
    ledger.open(job("new", 1), [Answer(steps=("2 + 2 = 4",))], "a", 100.0)
    ledger.renew("a", 200.0)
    assert [found.id for found in ledger.adopt("b", 300.0, 400.0)] == ["accepted", "new"]
    assert [found.n for found in ledger.reports("accepted", 0, 3_000)] == list(range(again.stop))
    with make_engine(f"sqlite:///{disk / 'ledger.db'}").begin() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]


def test_on_a_full_disk_a_server_starts_reads_and_erases_when_there_is_space(disk: Path, ledger: SqlLedger) -> None:
    ledger.open(job("accepted", 2_000), [Answer(steps=("Mira has 17 figs",))], "a", 100.0)
    filler = fill(disk)
    record_until_full(ledger, 2_000)
    ledger.close()

    restarted = SqlLedger(make_engine(f"sqlite:///{disk / 'ledger.db'}"))
    try:
        found = restarted.job("accepted", "local")
    except LedgerFullError:
        found = None
    assert found is None or found.state is JobState.OPEN
    filler.unlink()
    assert restarted.erase("local", "mira", 6.0) > 0
    assert restarted.erase("local", "mira", 7.0) == 0
    assert b"17 figs" not in b"".join(path.read_bytes() for path in disk.iterdir())
    restarted.close()


def test_a_new_database_on_a_full_disk_is_refused_in_words(disk: Path) -> None:
    filler = fill(disk)
    engine = make_engine(f"sqlite:///{disk / 'ledger.db'}")
    with pytest.raises(LedgerFullError):
        make_ready(engine)
    filler.unlink()
    make_ready(engine)
    SqlLedger(engine).open(job("accepted", 1), [Answer(steps=("1 + 1 = 2",))], "a", 100.0)


@pytest.fixture
def small_postgres() -> Iterator[tuple[str, Path]]:
    """The URL of a database and its disk, on which some 10 MB are left."""
    server = make_url(postgres_url())
    folder = Path(str(server.query.get("host", "")))
    if not folder.is_absolute():
        pytest.skip("a disk for PostgreSQL can be mounted only where the tests start it")
    name = f"small_{uuid.uuid4().hex[:8]}"
    admin = make_engine(server.render_as_string()).execution_options(isolation_level="AUTOCOMMIT")
    with mounted(folder / name, 20), admin.connect() as connection:
        os.chown(folder / name, folder.stat().st_uid, -1)
        (folder / name).chmod(0o700)
        connection.exec_driver_sql(f"CREATE TABLESPACE {name} LOCATION '{folder / name}'")
        connection.exec_driver_sql(f"CREATE DATABASE {name} TABLESPACE {name}")
        yield server.set(database=name).render_as_string(), folder / name
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        connection.exec_driver_sql(f"DROP TABLESPACE {name}")
    admin.dispose()


def test_postgresql_on_a_full_disk_refuses_a_job_whole(small_postgres: tuple[str, Path]) -> None:
    url, small_disk = small_postgres
    engine = make_engine(url)
    upgrade(engine)
    ledger = SqlLedger(engine)
    ledger.open(job("accepted", 3), [Answer(steps=("1 + 1 = 2",))] * 3, "a", 100.0)
    with pytest.raises(LedgerFullError, match="full"):
        ledger.open(job("too much", 20_000), [Answer(steps=(f"{n} " * 300,)) for n in range(20_000)], "a", 100.0)
    assert ledger.job("too much", "local") is None
    assert len(ledger.open_items("accepted", -1, 10)) == 3
    subprocess.run(["mount", "-o", "remount,size=60m", small_disk], check=True)
    assert ledger.record("accepted", [report(n) for n in range(3)], 5.0) == 3
    ledger.open(job("too much", 1), [Answer(steps=("2 + 2 = 4",))], "a", 100.0)
    ledger.close()
