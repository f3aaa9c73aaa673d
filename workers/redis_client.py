"""Connections to Redis that fail within seconds."""

from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from redis.asyncio.retry import Retry as AsyncRetry
from redis.backoff import NoBackoff
from redis.retry import Retry

from workers.broker import BrokerConfig


def open_redis(config: BrokerConfig) -> Redis:
    """A thread-safe client that connects on first use. A command is tried once more, since a connection from the pool
    may have died unnoticed: every script of ours may run twice.
    """
    return Redis.from_url(
        config.url,
        socket_connect_timeout=config.connect,
        socket_timeout=config.reply,
        retry=Retry(NoBackoff(), 1),
        **_keepalive(config),
    )


def open_async_redis(config: BrokerConfig, *, reply: float | None) -> AsyncRedis:
    """The same for an event loop. `reply` is how many seconds an answer may take, None for a subscription's client,
    which waits.
    """
    return AsyncRedis.from_url(
        config.url,
        socket_connect_timeout=config.connect,
        socket_timeout=reply,
        retry=AsyncRetry(NoBackoff(), 1),
        **_keepalive(config),
    )


def _keepalive(config: BrokerConfig) -> dict[str, bool]:
    return {} if config.url.startswith("unix:") else {"socket_keepalive": True}
