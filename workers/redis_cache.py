"""Verdicts found by any process, for all of them."""

import hashlib
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final, TypeVar

import msgspec
from redis.exceptions import RedisError

from verifiers.verdicts import encode
from workers.broker import BrokerConfig
from workers.cache import Finding, decode_finding
from workers.errors import UnavailableError
from workers.principal import Principal
from workers.redis_client import open_async_redis

log = logging.getLogger(__name__)

KEPT_SECONDS: Final = 7 * 24 * 3_600
_RESPITE: Final = 2.0
"""Seconds without trying after Redis could not be reached: a check should not wait for a cache twice."""

T = TypeVar("T")


class RedisCache:
    """Findings in Redis, for seven days each. Lives in one event loop; connects on first use."""

    def __init__(self, config: BrokerConfig) -> None:
        self._config = config
        self._redis = open_async_redis(config, reply=config.connect)
        self._again = 0.0

    async def get(self, keys: Sequence[str]) -> Mapping[str, Finding]:
        found: dict[str, Finding] = {}
        if not keys:
            return found
        values = await self._try(lambda: self._redis.mget([self._key(key) for key in keys]))
        for key, data in zip(keys, values or (), strict=False):
            if isinstance(data, bytes):
                try:
                    found[key] = decode_finding(data)
                except msgspec.MsgspecError:
                    log.warning("a finding in the cache cannot be read")
        return found

    async def put(self, key: str, finding: Finding, principal: Principal) -> None:
        pipe = self._redis.pipeline(transaction=True)
        pipe.set(self._key(key), encode(finding), ex=KEPT_SECONDS)
        if principal.student is not None:
            owned = self._owned(principal.tenant, principal.student)
            pipe.sadd(owned, key)
            pipe.expire(owned, KEPT_SECONDS)
        await self._try(pipe.execute)

    async def forget(self, tenant: str, student: str) -> None:
        """
        Raises:
            UnavailableError: Redis cannot be reached, and what is there stays: erasing is no best effort.
        """
        owned = self._owned(tenant, student)
        try:
            keys = [self._key(key.decode()) for key in await self._redis.smembers(owned) if isinstance(key, bytes)]
            await self._redis.delete(owned, *keys)
        except (RedisError, OSError) as error:
            raise UnavailableError("Redis cannot be reached and keeps what it has of the student") from error

    async def close(self) -> None:
        await self._redis.aclose()

    async def _try(self, call: Callable[[], Awaitable[T]]) -> T | None:
        if time.monotonic() < self._again:
            return None
        try:
            return await call()
        except (RedisError, OSError) as error:
            log.warning("the cache cannot be reached: %s", error)
            self._again = time.monotonic() + _RESPITE
            return None

    def _key(self, key: str) -> str:
        return self._config.key("verdict", key)

    def _owned(self, tenant: str, student: str) -> str:
        return self._config.key("owned", hashlib.sha256(encode((tenant, student))).hexdigest())
