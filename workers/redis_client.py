"""Connections to Redis that fail within seconds."""

from redis import Redis
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
        socket_keepalive=True,
        retry=Retry(NoBackoff(), 1),
    )
