"""The run side of a task's life: who takes a task holds a lease on it, renewed as long as work goes on.

A task that is finished, cancelled or held by somebody alive is not taken. An execution that stops making progress, or
whose process dies or hangs, loses its lease, and the task goes to another; the result that comes first stays.
"""

import logging
import math
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeVar

import msgspec
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import OutOfMemoryError, ReadOnlyError, RedisError
from redis.exceptions import TimeoutError as RedisTimeoutError

from workers import scripts
from workers.broker import BrokerConfig
from workers.notices import MOST_BYTES, frame_notice, result_notice, stored_notice
from workers.redis_client import open_redis

log = logging.getLogger(__name__)

T = TypeVar("T")

_PASSING: Final = (RedisConnectionError, RedisTimeoutError, OutOfMemoryError, ReadOnlyError)
"""What goes away by itself, or when somebody has seen to it."""

_PAUSE: Final = 0.25
"""Seconds between two tries to reach Redis with a result in hand."""


class Presence(msgspec.Struct, frozen=True, kw_only=True):
    """A worker as it announces itself."""

    id: str
    queues: tuple[str, ...]
    slots: int


class Lease:
    """One execution of a task. `work` is the task's JSON, `attempt` counts its executions from 1."""

    def __init__(self, leases: "Leases", task_id: str, token: str, work: bytes, attempt: int) -> None:
        self._leases = leases
        self.task_id = task_id
        self.token = token
        self.work = work
        self.attempt = attempt
        self.held = True
        self.alive_at = time.monotonic()

    def progress(self) -> None:
        """Work goes on. An execution that has not said so for longer than any answer may take is not renewed."""
        self.alive_at = time.monotonic()

    def say(self, number: int, frame: bytes) -> None:
        """Hands a frame on at once to whoever waits; one that gets lost is in the result as well."""
        self._leases.say(self.task_id, number, frame)

    def finish(self, frames: Sequence[bytes], error: str = "") -> bool:
        """Keeps the result and tells whoever waits; False when there was a result already, which stays."""
        return self._leases.finish(self, frames, error)


class Leases:
    """All leases of one worker process, thread-safe. One thread renews them, and the worker's own presence."""

    def __init__(self, config: BrokerConfig) -> None:
        self._config = config
        self._redis = open_redis(config)
        self._acquire = self._redis.register_script(scripts.ACQUIRE)
        self._renew = self._redis.register_script(scripts.RENEW)
        self._say = self._redis.register_script(scripts.SAY)
        self._finish = self._redis.register_script(scripts.FINISH)
        self._announce = self._redis.register_script(scripts.ANNOUNCE)
        self._held: dict[str, Lease] = {}
        self._presence: bytes | None = None
        self._stopping = threading.Event()
        self._left_at = math.inf
        self._renewer = threading.Thread(target=self._keep, name="leases", daemon=True)

    def start(self, queues: Iterable[str], slots: int) -> None:
        self._presence = msgspec.json.encode(Presence(id=uuid.uuid4().hex, queues=tuple(queues), slots=slots))
        self._renewer.start()

    def leave(self) -> None:
        """This worker takes no more tasks; those under way keep their leases, but without Redis not for long."""
        self._left_at = time.monotonic()
        presence, self._presence = self._presence, None
        if presence is not None:
            self._try(lambda: self._announce(keys=[self._live], args=[presence, 0]))

    def close(self) -> None:
        self.leave()
        self._stopping.set()
        if self._renewer.is_alive():
            self._renewer.join()
        self._redis.close()

    def acquire(self, task_id: str) -> Lease | None:
        """None where there is nothing to do."""
        token = uuid.uuid4().hex
        keys = [self._key(kind, task_id) for kind in ("task", "result", "lease")]
        prefix = self._config.prefix
        taken = self._insist(lambda: self._acquire(keys=keys, args=[token, self._lease_ms, prefix]))
        if taken is None:
            return None
        work, attempt = taken
        log.debug("task %s begins, execution %s", task_id, int(attempt))
        lease = self._held[token] = Lease(self, task_id, token, work, int(attempt))
        return lease

    def say(self, task_id: str, number: int, frame: bytes) -> None:
        notice = frame_notice(task_id, number, frame)
        self._try(lambda: self._say(keys=[self._key("ears", task_id)], args=[notice]))

    def finish(self, lease: Lease, frames: Sequence[bytes], error: str) -> bool:
        result = result_notice(lease.task_id, frames, error)
        notice = result if len(result) <= MOST_BYTES else stored_notice(lease.task_id)
        keys = [self._key(kind, lease.task_id) for kind in ("task", "result", "lease", "ears")]
        kept = int(self._config.kept * 1000)
        try:
            return bool(self._insist(lambda: self._finish(keys=keys, args=[lease.token, result, kept, notice])))
        finally:
            self._held.pop(lease.token, None)

    def drop(self, lease: Lease) -> None:
        """Stops renewing without a result."""
        self._held.pop(lease.token, None)

    def _keep(self) -> None:
        while True:
            try:
                self._try(self._renew_all)
            except Exception:
                log.exception("renewing leases failed")
            if self._stopping.wait(self._config.clocks.renewal):
                return

    def _renew_all(self) -> None:
        if self._presence is not None:
            self._announce(keys=[self._live], args=[self._presence, self._lease_ms])
        clocks = self._config.clocks
        # Finding the claims again after the process died, and one check over the end, belong to an answer's time.
        longest = clocks.reading + clocks.group + 2 * clocks.check
        now = time.monotonic()
        due = [lease for lease in list(self._held.values()) if now - lease.alive_at <= longest]
        if not due:
            return
        keys = [self._key(kind, lease.task_id) for lease in due for kind in ("lease", "result")]
        held = self._renew(keys=keys, args=[self._lease_ms, *(lease.token for lease in due)])
        for lease, still in zip(due, held, strict=True):
            lease.held = bool(still)

    def _insist(self, call: Callable[[], T]) -> T:
        """Tries until Redis is there; once this worker is to end, for the time of a lease.

        Raises:
            RedisError: that was too long, or Redis says no.
        """
        clocks = self._config.clocks
        deadline = time.monotonic() + clocks.visibility
        while True:
            try:
                return call()
            except _PASSING:
                if time.monotonic() > min(deadline, self._left_at + clocks.lease) or self._stopping.wait(_PAUSE):
                    raise

    def _try(self, call: Callable[[], Any]) -> None:
        try:
            call()
        except RedisError as error:
            log.warning("redis cannot be reached: %s", error)

    def _key(self, kind: str, name: str) -> str:
        return self._config.key(kind, name)

    @property
    def _live(self) -> str:
        return self._config.prefix + "live"

    @property
    def _lease_ms(self) -> int:
        return int(self._config.clocks.lease * 1000)
