"""One contract for every `VerdictCache`; then what only a shared one can promise."""

import asyncio
from collections.abc import Callable, Iterator
from typing import TypeAlias

import pytest

from tests.services import RedisServer, free_port
from verifiers.verdicts import Certificate, Reason, supported, undecided
from workers.broker import BrokerConfig
from workers.cache import Finding, MemoryCache, VerdictCache
from workers.errors import UnavailableError
from workers.principal import LOCAL, Principal
from workers.redis_cache import RedisCache

RIGHT = Finding(
    verdict=supported(Reason.COMPUTED, "exact evaluation", "2 + 3 is 5."),
    certificate=Certificate(replayable=False, method="exact evaluation", versions=(("pramana", "1"),), budget="quick"),
)
OPEN = Finding(verdict=undecided(Reason.UNSUPPORTED, "nobody knows"))
ANA = Principal(tenant="school", student="ana")
BEN = Principal(tenant="school", student="ben")

Made: TypeAlias = Callable[[], VerdictCache]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path_factory.mktemp("cache"))
    yield server
    server.stop()


@pytest.fixture(params=["memory", "redis"])
def made(request: pytest.FixtureRequest) -> Made:
    if request.param == "memory":
        return MemoryCache
    server: RedisServer = request.getfixturevalue("server")
    server.client.flushall()
    return lambda: RedisCache(BrokerConfig(url=server.url, prefix="cache:"))


def test_what_is_put_is_there_and_nothing_else(made: Made) -> None:
    async def scenario() -> None:
        cache = made()
        assert await cache.get([]) == {}
        assert await cache.get(["a"]) == {}
        await cache.put("a", RIGHT, LOCAL)
        await cache.put("b", OPEN, ANA)
        assert await cache.get(["b", "c", "a"]) == {"a": RIGHT, "b": OPEN}
        await cache.put("a", OPEN, BEN)
        assert await cache.get(["a"]) == {"a": OPEN}
        await cache.close()

    asyncio.run(scenario())


def test_a_student_is_forgotten_and_others_are_not(made: Made) -> None:
    async def scenario() -> None:
        cache = made()
        await cache.put("a", RIGHT, ANA)
        await cache.put("b", RIGHT, BEN)
        await cache.put("c", RIGHT, Principal(tenant="other", student="ana"))
        await cache.put("d", RIGHT, LOCAL)
        await cache.forget("school", "ana")
        await cache.forget("school", "never seen")
        assert set(await cache.get(["a", "b", "c", "d"])) == {"b", "c", "d"}
        await cache.close()

    asyncio.run(scenario())


def test_another_process_finds_it_in_redis(server: RedisServer) -> None:
    async def scenario() -> None:
        config = BrokerConfig(url=server.url, prefix="shared:")
        one, other = RedisCache(config), RedisCache(config)
        stranger = RedisCache(BrokerConfig(url=server.url, prefix="stranger:"))
        await one.put("a", RIGHT, ANA)
        assert await other.get(["a"]) == {"a": RIGHT}
        assert await stranger.get(["a"]) == {}
        assert 0 < server.client.ttl("shared:verdict:a") <= 7 * 24 * 3600  # type: ignore[operator]
        for cache in (one, other, stranger):
            await cache.close()

    asyncio.run(scenario())


def test_what_lies_there_and_is_no_finding_is_not_found(server: RedisServer) -> None:
    async def scenario() -> None:
        cache = RedisCache(BrokerConfig(url=server.url, prefix="broken:"))
        server.client.set("broken:verdict:a", b'{"verdict": "yes"}')
        await cache.put("b", RIGHT, LOCAL)
        assert await cache.get(["a", "b"]) == {"b": RIGHT}
        await cache.close()

    asyncio.run(scenario())


def test_a_redis_that_is_not_there_is_an_empty_cache_but_cannot_have_forgotten() -> None:
    async def scenario() -> None:
        cache = RedisCache(BrokerConfig(url=f"redis://127.0.0.1:{free_port()}/0"))
        await cache.put("a", RIGHT, ANA)
        assert await cache.get(["a"]) == {}
        with pytest.raises(UnavailableError, match="keeps what it has"):
            await cache.forget("school", "ana")
        await cache.close()

    asyncio.run(scenario())
