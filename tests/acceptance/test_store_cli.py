"""Tables, keys and erasure from the command line, in processes of their own."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from tests.postgres import fresh_database
from tests.services import RedisServer
from tutor.store import ApiKey, SqlKeys, make_engine, upgrade
from verifiers.verdicts import Reason, undecided
from workers.broker import BrokerConfig
from workers.cache import Finding
from workers.ledger import Chunk, Job, JobKind
from workers.principal import Principal
from workers.redis_cache import RedisCache
from workers.sql_ledger import SqlLedger

PRAMANA = str(Path(sys.executable).parent / "pramana")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def pramana(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PRAMANA_")}
    variables = {**kept, "PRAMANA_HOME": str(home), **environment}
    return subprocess.run([PRAMANA, *arguments], env=variables, capture_output=True, text=True, timeout=180)


def database(home: Path) -> str:
    return f"sqlite:///{home / 'pramana.db'}"


def test_a_key_is_made_listed_and_revoked(home: Path) -> None:
    made = pramana(home, "key", "create", "a bot", "--tenant", "school", "--scopes", "check,erase", "--student", "mira")
    assert made.returncode == 0
    secret = made.stdout.strip()
    assert "cannot be shown again" in made.stderr
    (key,) = msgspec.json.decode(pramana(home, "key", "list", "--json").stdout, type=list[ApiKey])
    assert (key.label, key.tenant, key.student, key.scopes) == ("a bot", "school", "mira", {"check", "erase"})
    assert SqlKeys(make_engine(database(home))).principal(secret) == key.principal

    listed = pramana(home, "key", "list")
    assert f"{key.id}  a bot  school  mira     check,erase" in listed.stdout
    assert secret not in listed.stdout
    assert "a bot" not in pramana(home, "key", "list", "--tenant", "another").stdout

    assert pramana(home, "key", "revoke", key.id).returncode == 0
    assert SqlKeys(make_engine(database(home))).principal(secret) is None
    again = pramana(home, "key", "revoke", key.id)
    assert (again.returncode, again.stderr) == (2, f"pramana: there is no valid key {key.id}; see: pramana key list\n")


def test_a_key_for_something_unknown_is_refused(home: Path) -> None:
    refused = pramana(home, "key", "create", "bot", "--scopes", "everything")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == "pramana: 'everything' is no scope; there are check, erase\n"


def test_tables_on_postgresql_are_made_by_one_command(home: Path) -> None:
    with fresh_database() as url:
        at_first = pramana(home, "db", "current", PRAMANA_DATABASE_URL=url)
        assert at_first.returncode == 1
        assert "revision none" in at_first.stdout
        refused = pramana(home, "key", "list", PRAMANA_DATABASE_URL=url)
        assert refused.returncode == 2
        assert refused.stderr == "pramana: the database has no tables yet; make them with: pramana db upgrade\n"
        assert pramana(home, "db", "upgrade", PRAMANA_DATABASE_URL=url).stdout.startswith("revision none -> ")
        assert "up to date" in pramana(home, "db", "current", PRAMANA_DATABASE_URL=url).stdout
        assert "nothing to do" in pramana(home, "db", "upgrade", PRAMANA_DATABASE_URL=url).stdout
        assert pramana(home, "key", "list", PRAMANA_DATABASE_URL=url).returncode == 0
        backup = pramana(home, "db", "backup", str(home / "copy"), PRAMANA_DATABASE_URL=url)
        assert (backup.returncode, backup.stderr) == (2, "pramana: a PostgreSQL database is backed up with pg_dump\n")


def test_a_backup_is_the_database_as_it_was(home: Path, tmp_path: Path) -> None:
    kept = pramana(home, "key", "create", "kept").stdout.strip()
    copy = tmp_path / "copy.db"
    assert pramana(home, "db", "backup", str(copy)).returncode == 0
    assert copy.stat().st_mode & 0o777 == 0o600
    again = pramana(home, "db", "backup", str(copy))
    assert (again.returncode, again.stderr) == (2, f"pramana: {copy} is there already\n")
    nowhere = pramana(home, "db", "backup", str(tmp_path / "no" / "folder"))
    assert (nowhere.returncode, "cannot be written" in nowhere.stderr) == (2, True)

    later = pramana(home, "key", "create", "later").stdout.strip()
    for path in home.glob("pramana.db*"):
        path.unlink()
    copy.rename(home / "pramana.db")
    keys = SqlKeys(make_engine(database(home)))
    assert keys.principal(kept) is not None
    assert keys.principal(later) is None


def test_a_database_that_cannot_be_used_is_told_in_a_sentence(home: Path) -> None:
    away = pramana(home, "key", "list", PRAMANA_DATABASE_URL="postgresql://me:secret@127.0.0.1:1/none")
    assert away.returncode == 2
    assert away.stderr == "pramana: the database cannot be reached: postgresql://me:***@127.0.0.1:1/none\n"
    home.mkdir()
    (home / "pramana.db").write_bytes(b"this is no database at all, and longer than a header " * 10)
    broken = pramana(home, "key", "list")
    assert broken.returncode == 2
    assert "file is not a database" in broken.stderr
    assert "Traceback" not in away.stderr + broken.stderr


def test_erasing_a_student_leaves_no_word_in_the_folder(home: Path) -> None:
    engine = make_engine(database(home))
    upgrade(engine)
    ledger = SqlLedger(engine)
    principal = Principal(tenant="school", student="mira")
    ledger.open(Job(id="j", kind=JobKind.LIVE, principal=principal, created=1.0, total=1), [], "a", 100.0)
    ledger.add_chunk("j", Chunk(seq=0, text="17 pomegranates"))
    ledger.close()
    done = pramana(home, "erase", "--tenant", "school", "--student", "mira", "--compact")
    assert (done.returncode, done.stdout) == (0, "1 text of mira erased\n")
    assert b"pomegranates" not in b"".join(path.read_bytes() for path in home.iterdir())


def test_erasing_takes_the_verdicts_in_redis_too(home: Path, tmp_path: Path) -> None:
    redis = RedisServer(tmp_path)
    mira, tom = (Principal(student=name) for name in ("mira", "tom"))

    async def found(put: bool) -> set[str]:
        cache = RedisCache(BrokerConfig(url=redis.url))
        for key, principal in (("1", mira), ("2", tom)) if put else ():
            await cache.put(key, Finding(verdict=undecided(Reason.TIMEOUT, "17 figs")), principal)
        keys = set(await cache.get(["1", "2"]))
        await cache.close()
        return keys

    try:
        assert asyncio.run(found(put=True)) == {"1", "2"}
        done = pramana(home, "erase", "--student", "mira", PRAMANA_BROKER_URL=redis.url)
        assert (done.returncode, done.stderr) == (0, "")
        assert asyncio.run(found(put=False)) == {"2"}
    finally:
        redis.stop()


def test_erasing_says_when_the_broker_could_not_be_reached(home: Path) -> None:
    done = pramana(home, "erase", "--student", "mira", PRAMANA_BROKER_URL="redis://127.0.0.1:1/0")
    assert done.returncode == 2
    assert done.stderr.startswith("pramana: cut short: Redis cannot be reached")
    assert "type this again later" in done.stderr
