"""The history of the tables, on both databases."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Column, Engine, Integer, inspect

from tests.postgres import fresh_database
from tutor.store import SchemaError, SqlKeys, current, head, make_engine, make_ready, upgrade
from tutor.store.migrate import differences
from tutor.store.tables import metadata as product
from workers.errors import UnavailableError
from workers.ledger import Job, JobKind
from workers.principal import Principal
from workers.sql_ledger import SqlLedger
from workers.tables import JOBS
from workers.tables import metadata as ledger
from workers.work import Answer

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{tmp_path / 'home' / 'pramana.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def postgres() -> Iterator[Engine]:
    with fresh_database() as url:
        engine = make_engine(url)
        yield engine
        engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> Engine:
    made: Engine = request.getfixturevalue(request.param)
    return made


def test_history_and_models_agree(engine: Engine) -> None:
    assert current(engine) is None
    upgrade(engine)
    assert current(engine) == head()
    assert differences(engine) == ""
    made = set(inspect(engine).get_table_names())
    assert made == {*ledger.tables, *product.tables, "alembic_version"}


def test_a_column_without_a_revision_would_be_told(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    upgrade(engine)
    column = Column("forgotten", Integer)
    JOBS.append_column(column)
    try:
        assert "forgotten" in differences(engine)
    finally:
        JOBS._columns.remove(column)  # type: ignore[attr-defined]
    assert differences(engine) == ""


def test_an_upgrade_keeps_what_is_there(engine: Engine) -> None:
    upgrade(engine, "0001")
    job = Job(id="j", kind=JobKind.BATCH, principal=Principal(), created=1.0, total=1)
    SqlLedger(engine).open(job, [Answer(steps=("1 + 1 = 2",))], "a", 10.0)
    upgrade(engine)
    upgrade(engine)
    assert SqlLedger(engine).job("j", "local") == job
    assert not SqlKeys(engine).any()


def test_a_sqlite_file_is_made_and_brought_up_to_date_by_itself(sqlite: Engine) -> None:
    make_ready(sqlite)
    assert current(sqlite) == head()
    make_ready(sqlite)


def test_an_old_sqlite_file_is_brought_up_to_date_by_itself(sqlite: Engine) -> None:
    upgrade(sqlite, "0001")
    make_ready(sqlite)
    assert current(sqlite) == head()


def test_postgresql_waits_for_whoever_operates_it(postgres: Engine) -> None:
    with pytest.raises(SchemaError, match=r"no tables yet; make them with: pramana db upgrade"):
        make_ready(postgres)
    upgrade(postgres, "0001")
    with pytest.raises(SchemaError, match=r"revision 0001, .* works with \d+; upgrade it with: pramana db upgrade"):
        make_ready(postgres)
    upgrade(postgres)
    make_ready(postgres)


def test_tables_of_a_later_version_are_left_alone(engine: Engine) -> None:
    upgrade(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    for refused in (make_ready, upgrade):
        with pytest.raises(SchemaError, match="9999, which is newer than this version"):
            refused(engine)


def test_processes_that_start_together_upgrade_once(engine: Engine) -> None:
    url = engine.url.render_as_string(hide_password=False)
    script = "import sys; from tutor.store import make_engine, upgrade; upgrade(make_engine(sys.argv[1]))"
    started = [
        subprocess.Popen([sys.executable, "-c", script, url], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    assert [(process.communicate(timeout=60)[1], process.returncode) for process in started] == [("", 0)] * 4
    assert differences(engine) == ""


def test_an_upgrade_that_fails_leaves_the_tables_as_they_were(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE api_keys (id TEXT)")
    with pytest.raises(Exception, match="already exists"):
        upgrade(engine)
    assert inspect(engine).get_table_names() == ["api_keys"]
    assert current(engine) is None


def test_a_server_that_is_away_is_told_as_such() -> None:
    with pytest.raises(UnavailableError, match="cannot be reached"):
        make_ready(make_engine("postgresql://nobody@127.0.0.1:1/none"))


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://localhost/x", "nonsense", ""])
def test_only_files_and_postgresql_keep_what_must_be_kept(url: str) -> None:
    with pytest.raises(ValueError, match=r"sqlite:///path/to/file or postgresql://"):
        make_engine(url)


def test_a_new_file_and_its_folder_are_for_its_owner_only(sqlite: Engine) -> None:
    make_ready(sqlite)
    path = Path(str(sqlite.url.database))
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}
