"""What a worker's window does when Redis misses an acknowledgement."""

from contextlib import contextmanager

import pytest
from kombu.transport.redis import Channel
from redis.exceptions import TimeoutError as RedisTimeoutError

from workers.transport import ForgivingQoS, forgive


class Unreachable:
    """A channel whose Redis does not answer."""

    unacked_key = unacked_index_key = "unacked"

    @contextmanager
    def conn_or_acquire(self, client=None):  # type: ignore[no-untyped-def]
        raise RedisTimeoutError
        yield


def test_a_message_that_cannot_be_acknowledged_makes_room_for_the_next() -> None:
    window = ForgivingQoS(Unreachable(), prefetch_count=1)
    window.restore_at_shutdown = False
    window._quick_append("tag", object())
    assert not window.can_consume()
    with pytest.raises(RedisTimeoutError):
        window.ack("tag")
    assert window.can_consume()


def test_every_channel_is_made_like_that() -> None:
    forgive()
    assert Channel.QoS is ForgivingQoS
