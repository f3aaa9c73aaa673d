"""API keys in the database."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import Engine, Row, exists, select, update

from tutor.store.keys import USED_EVERY, ApiKey, digest, id_of, is_same, make_key
from tutor.store.tables import API_KEYS
from workers.errors import WorkersError
from workers.principal import Principal
from workers.sql_faults import in_our_words

_VALID = API_KEYS.c.revoked.is_(None)


class SqlKeys:
    """Only hashes are kept. `clock` gives Unix seconds."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._reader = engine.execution_options(reading=True)
        self._clock = clock

    def create(self, label: str, now: float, *, tenant: str, scopes: Sequence[str], student: str | None) -> str:
        key, secret = make_key(label, now, tenant=tenant, scopes=scopes, student=student)
        row = {
            "id": key.id, "digest": digest(secret), "tenant": tenant, "student": student, "label": label,
            "scopes": sorted(key.scopes), "created": now,
        }  # fmt: skip
        with in_our_words(), self._engine.begin() as connection:
            connection.execute(API_KEYS.insert().values(row))
        return secret

    def principal(self, key: str) -> Principal | None:
        id_ = id_of(key)
        if id_ is None:
            return None
        with in_our_words(), self._reader.begin() as connection:
            row = connection.execute(select(API_KEYS).where(API_KEYS.c.id == id_, _VALID)).first()
        if row is None or not is_same(row.digest, digest(key)):
            return None
        self._note_use(row)
        return _key(row).principal

    def any(self) -> bool:
        with in_our_words(), self._reader.begin() as connection:
            return bool(connection.execute(select(exists().where(_VALID))).scalar())

    def listed(self, tenant: str | None = None) -> list[ApiKey]:
        wanted = select(API_KEYS).order_by(API_KEYS.c.created, API_KEYS.c.id)
        if tenant is not None:
            wanted = wanted.where(API_KEYS.c.tenant == tenant)
        with in_our_words(), self._reader.begin() as connection:
            return [_key(row) for row in connection.execute(wanted)]

    def revoke(self, key_id: str, now: float) -> bool:
        with in_our_words(), self._engine.begin() as connection:
            ended = update(API_KEYS).where(API_KEYS.c.id == key_id, _VALID).values(revoked=now)
            return bool(connection.execute(ended).rowcount)

    def _note_use(self, row: Row[Any]) -> None:
        now = self._clock()
        if row.last_used is not None and now < row.last_used + USED_EVERY:
            return
        # A full or busy disk keeps nobody out.
        with suppress(WorkersError), in_our_words(), self._engine.begin() as connection:
            connection.execute(update(API_KEYS).where(API_KEYS.c.id == row.id).values(last_used=now))


def _key(row: Row[Any]) -> ApiKey:
    return ApiKey(
        id=row.id,
        label=row.label,
        tenant=row.tenant,
        student=row.student,
        scopes=frozenset(row.scopes),
        created=row.created,
        revoked=row.revoked,
        last_used=row.last_used,
    )
