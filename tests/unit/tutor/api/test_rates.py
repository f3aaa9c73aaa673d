"""One window for all server processes over Redis; without Redis nobody is turned away."""

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services import RedisServer
from tutor.api.problems import Problem
from tutor.api.rates import Rates
from workers.principal import Principal

ASHA = Principal(tenant="school", key="a")


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path)
    yield server
    server.stop()


def test_two_processes_share_a_window_over_redis(redis: RedisServer) -> None:
    async def run() -> None:
        one, other = Rates("3/hour", redis.url, "mine:"), Rates("3/hour", redis.url, "mine:")
        for rates in (one, other, one):
            await rates.count(ASHA)
        with pytest.raises(Problem, match="3 per 1 hour"):
            await other.count(ASHA)
        await Rates("3/hour", redis.url, "other:").count(ASHA)

    asyncio.run(run())
    keys = redis.client.keys("*")
    assert all(key.startswith((b"mine:", b"other:")) for key in keys)  # type: ignore[union-attr]


def test_nobody_is_turned_away_while_redis_is_gone_or_hangs(redis: RedisServer) -> None:
    async def run() -> None:
        rates = Rates("1/hour", redis.url)
        await rates.count(ASHA)
        redis.process.send_signal(signal.SIGSTOP)
        await rates.count(ASHA)
        redis.process.send_signal(signal.SIGCONT)
        redis.kill()
        await rates.count(ASHA)

    asyncio.run(asyncio.wait_for(run(), 30))
