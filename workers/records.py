"""The submit side of a task's life in Redis: blocking calls, a round trip each."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

import msgspec

from workers import scripts
from workers.broker import QUEUES, URGENT, BrokerConfig, lane, lanes
from workers.leases import Presence
from workers.notices import Notice, cancelled_notice, decode_notice
from workers.redis_client import open_redis
from workers.work import Task, encode

_AT_ONCE: Final = 500
"""Tasks in one call: a script keeps everybody else waiting."""


class Asked(StrEnum):
    """What became of a question."""

    NEW = "new"
    KNOWN = "known"
    DONE = "done"
    CANCELLED = "cancelled"


class Seen(StrEnum):
    """How a task that somebody waits for is getting on. Of a lost one the message must be sent again, at once: who
    looks next is told that it is waiting.
    """

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    LOST = "lost"
    UNKNOWN = "unknown"


class Census(msgspec.Struct, frozen=True, kw_only=True):
    """Workers alive, and tasks not yet begun by queue."""

    workers: tuple[Presence, ...]
    waiting: Mapping[str, int]

    def slots(self, queue: str | None = None) -> int:
        return sum(worker.slots for worker in self.workers if queue is None or queue in worker.queues)


class Records:
    """`channel` is where whoever asks through this object listens. Thread-safe.

    Every method raises `redis.RedisError` when Redis cannot be reached.
    """

    def __init__(self, config: BrokerConfig, channel: str) -> None:
        self._config = config
        self.channel = channel
        self._redis = open_redis(config)
        self._ask = self._redis.register_script(scripts.ASK)
        self._look = self._redis.register_script(scripts.LOOK)
        self._cancel = self._redis.register_script(scripts.CANCEL)
        self._forget = self._redis.register_script(scripts.FORGET)
        self._count = self._redis.register_script(scripts.COUNT)

    def ask(self, task: Task) -> tuple[Asked, Notice | None]:
        """Writes the task down unless it is known, and has its frames sent here. A new one wants a message; of one
        that is done the result is there.
        """
        state, *rest = self._ask(
            keys=self._keys(task.id, "task", "result", "ears"),
            args=[self.channel, encode(task), lane(task), self._kept],
        )
        return Asked(state.decode()), decode_notice(rest[0]) if rest else None

    def look(self, tasks: Sequence[Task]) -> list[Seen]:
        config = self._config
        keys = [key for task in tasks for key in self._keys(task.id, "task", "result", "lease", "ears")]
        first = [lanes(QUEUES[task.cost])[URGENT] for task in tasks]
        lease = int(config.clocks.lease * 1000)
        seen = self._look(keys=keys, args=[config.prefix, self.channel, lease, self._kept, *first])
        return [Seen(state.decode()) for state in seen]

    def result(self, task_id: str) -> Notice | None:
        data = self._redis.get(self._config.key("result", task_id))
        return decode_notice(data) if isinstance(data, bytes) else None

    def cancel(self, task_id: str) -> None:
        self._cancel(keys=self._keys(task_id, "task", "result", "lease", "ears"), args=[cancelled_notice(task_id)])

    def forget(self, task_ids: Sequence[str]) -> None:
        for start in range(0, len(task_ids), _AT_ONCE):
            some = task_ids[start : start + _AT_ONCE]
            keys = [key for task_id in some for key in self._keys(task_id, "task", "result", "ears")]
            self._forget(keys=keys, args=[cancelled_notice(task_id) for task_id in some])

    def census(self) -> Census:
        queues = tuple(QUEUES.values())
        lists = [self._config.prefix + name for queue in queues for name in lanes(queue)]
        workers, lengths = self._count(keys=[self._config.prefix + "live", *lists])
        return Census(
            workers=tuple(msgspec.json.decode(worker, type=Presence) for worker in workers),
            waiting={queue: sum(lengths[2 * n : 2 * n + 2]) for n, queue in enumerate(queues)},
        )

    def close(self) -> None:
        self._redis.close()

    def _keys(self, task_id: str, *kinds: str) -> list[str]:
        return [self._config.key(kind, task_id) for kind in kinds]

    @property
    def _kept(self) -> int:
        return int(self._config.kept * 1000)
