"""One contract for every `KeyStore`; then what the database promises."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from tests.postgres import fresh_database
from tutor.store import KeyStore, MemoryKeys, SqlKeys, make_engine, upgrade
from tutor.store.keys import USED_EVERY
from tutor.store.tables import API_KEYS
from workers.principal import Principal


@pytest.fixture(scope="module")
def postgres() -> Iterator[Engine]:
    with fresh_database() as url:
        engine = make_engine(url)
        upgrade(engine)
        yield engine
        engine.dispose()


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def keys(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[KeyStore]:
    if request.param == "memory":
        yield MemoryKeys()
        return
    with ExitStack() as stack:
        if request.param == "sqlite":
            engine = make_engine(f"sqlite:///{tmp_path / 'keys.db'}")
            stack.callback(engine.dispose)
            upgrade(engine)
        else:
            engine = request.getfixturevalue("postgres")
            with engine.begin() as connection:
                connection.execute(API_KEYS.delete())
        yield SqlKeys(engine)


def created(keys: KeyStore, label: str = "dashboard", now: float = 1.0, student: str | None = None) -> str:
    return keys.create(label, now, tenant="school", scopes=["check"], student=student)


def test_who_holds_a_key_is_known_and_nobody_else(keys: KeyStore) -> None:
    secret = keys.create("bot", 1.0, tenant="school", scopes=["check", "erase"], student="mira")
    (key,) = keys.listed()
    expected = Principal(tenant="school", key=key.id, student="mira", scopes=frozenset({"check", "erase"}))
    assert keys.principal(secret) == expected
    assert (key.label, key.created, key.revoked) == ("bot", 1.0, None)
    changed = secret[:-1] + ("A" if secret[-1] != "A" else "B")
    for wrong in ("", "x", secret[:-1], secret + "A", changed, secret.upper()):
        assert keys.principal(wrong) is None
    other = created(keys)
    assert keys.principal(secret[:25] + other[25:]) is None
    for hostile in ("\0", "\ud800", "pramana_" + "0" * 16 + "_" + "é" * 43, "x" * 2**20):
        assert keys.principal(hostile) is None


def test_a_revoked_key_opens_nothing(keys: KeyStore) -> None:
    first, second = created(keys), created(keys, now=2.0)
    key = keys.listed()[0]
    assert keys.revoke(key.id, 5.0)
    assert not keys.revoke(key.id, 6.0)
    assert not keys.revoke("no such key", 6.0)
    assert keys.principal(first) is None
    assert keys.principal(second) is not None
    assert [known.revoked for known in keys.listed()] == [5.0, None]


def test_whether_there_is_any_key_counts_only_valid_ones(keys: KeyStore) -> None:
    assert not keys.any()
    created(keys)
    assert keys.any()
    keys.revoke(keys.listed()[0].id, 5.0)
    assert not keys.any()


def test_keys_are_listed_by_tenant_oldest_first(keys: KeyStore) -> None:
    created(keys, "late", 2.0)
    created(keys, "early", 1.0)
    keys.create("elsewhere", 3.0, tenant="another", scopes=["check"], student=None)
    assert [key.label for key in keys.listed("school")] == ["early", "late"]
    assert {key.label for key in keys.listed()} == {"early", "late", "elsewhere"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"label": ""}, "label"),
        ({"label": "x" * 201}, "label"),
        ({"tenant": "nul\0"}, "tenant"),
        ({"tenant": ""}, "tenant"),
        ({"student": "\ud800"}, "student"),
        ({"scopes": ["everything"]}, "'everything' is no scope; there are check, erase"),
        ({"scopes": []}, "needs a scope"),
    ],
)
def test_a_key_that_makes_no_sense_is_refused(keys: KeyStore, changed: dict[str, Any], said: str) -> None:
    given: dict[str, Any] = {"label": "bot", "tenant": "school", "scopes": ["check"], "student": None, **changed}
    with pytest.raises(ValueError, match=said):
        keys.create(now=1.0, **given)
    assert keys.listed() == []


def test_the_database_holds_no_secret_and_notes_the_last_use_now_and_then(tmp_path: Path) -> None:
    now = [100.0]
    engine = make_engine(f"sqlite:///{tmp_path / 'keys.db'}")
    upgrade(engine)
    keys = SqlKeys(engine, clock=lambda: now[0])
    secret = created(keys)
    assert keys.listed()[0].last_used is None
    for at, noted in ((100.0, 100.0), (100.0 + USED_EVERY - 1, 100.0), (100.0 + USED_EVERY, 100.0 + USED_EVERY)):
        now[0] = at
        assert keys.principal(secret) is not None
        assert keys.listed()[0].last_used == noted
    with engine.begin() as connection:
        (row,) = connection.execute(select(API_KEYS)).all()
    assert secret[-43:] not in repr(row)
    assert secret[-43:].encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
