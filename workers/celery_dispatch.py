"""Work for processes elsewhere: asked for through Celery, answered over Redis' publish and subscribe.

Nothing polls for results. Every two seconds the tasks that somebody here waits for are looked at all the same, for
what can go wrong: a notice that was missed, a worker that died, a Redis that came back without its memory.
"""

import asyncio
import contextlib
import logging
import uuid
from collections.abc import AsyncGenerator, Callable, Coroutine, Sequence
from typing import Any, Final

import msgspec
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError

from workers.broker import QUEUES, BrokerConfig
from workers.celery_app import make_app
from workers.dispatch import Status
from workers.errors import CancelledTaskError, UnavailableError
from workers.notices import Notice, decode_notice
from workers.records import Asked, Census, Records, Seen
from workers.redis_client import open_async_redis
from workers.sender import Sender
from workers.waits import Wait
from workers.work import Task

log = logging.getLogger(__name__)

_RETRY: Final = 0.5
"""Seconds between two tries to reach a broker that is gone."""

_SWEPT_AT_ONCE: Final = 500
_SILENCE: Final = 5.0
"""Seconds without a notice after which the subscription is asked whether it lives."""


class CeleryDispatcher:
    """Brings tasks to the workers that listen on Redis."""

    def __init__(self, config: BrokerConfig) -> None:
        self._config = config
        self._channel = f"{config.prefix}to:{uuid.uuid4().hex}"
        self._records = Records(config, self._channel)
        self._sender = Sender(make_app(config))
        self._waits: dict[str, Wait] = {}
        self._census = Census(workers=(), waiting={})
        self._reached = False
        self._listening = asyncio.Event()
        self._background: set[asyncio.Task[None]] = set()
        self._promised: set[asyncio.Future[None]] = set()
        self._started = self._closed = False

    @property
    def capacity(self) -> int:
        return max(1, self._census.slots())

    async def start(self) -> None:
        """Comes up without Redis too, and finds it later."""
        self._started = True
        self._loop = asyncio.get_running_loop()
        self._sender.start()
        self._spawn(self._listen())
        self._spawn(self._sweep_for_ever())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._listening.wait(), 2 * self._config.connect)
        await self._take_census()

    async def run(self, task: Task) -> AsyncGenerator[bytes, None]:
        if self._closed or not self._started:
            raise UnavailableError("this server is shutting down")
        wait = self._waits.get(task.id)
        if wait is None:
            wait = self._waits[task.id] = Wait(task)
            self._ask(wait)
        wait.listeners += 1
        try:
            async for frame in wait.follow():
                yield frame
        finally:
            wait.listeners -= 1
            if wait.listeners == 0 and self._waits.get(task.id) is wait:
                del self._waits[task.id]

    async def cancel(self, task_id: str) -> None:
        wait = self._waits.get(task_id)
        if wait is not None and not wait.accepted:
            wait.fail(CancelledTaskError(f"task {task_id} was cancelled"))
        await self._through_sender(lambda: self._records.cancel(task_id))

    async def forget(self, task_ids: list[str]) -> None:
        """Without a broker done as soon as it is back; nothing outlives `BrokerConfig.kept` anyway."""
        try:
            await self._through_sender(lambda: self._records.forget(task_ids))
        except UnavailableError:
            if not self._closed:
                self._loop.call_later(_RETRY, lambda: self._spawn(self.forget(task_ids)))

    async def status(self) -> Status:
        await self._take_census()
        census = self._census
        missing = [f"no worker listens on {queue}" for queue in QUEUES.values() if not census.slots(queue)]
        if not self._reached:
            missing = ["the broker cannot be reached"]
        return Status(
            missing=tuple(missing),
            waiting={queue: census.waiting.get(queue, 0) for queue in QUEUES.values()},
            running=sum(wait.accepted for wait in self._waits.values()),
            capacity=self.capacity,
        )

    async def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        for wait in self._waits.values():
            wait.fail(UnavailableError("this server is shutting down"))
        for job in self._background:
            job.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        for promise in list(self._promised):
            promise.set_exception(UnavailableError("this server is shutting down"))
        if self._started:
            await asyncio.to_thread(self._sender.close)
        await asyncio.to_thread(self._records.close)

    def _spawn(self, coroutine: Coroutine[Any, Any, None]) -> None:
        job = asyncio.create_task(coroutine)
        self._background.add(job)
        job.add_done_callback(self._background.discard)

    def _on_loop(self, call: Callable[..., None], *args: object) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            self._loop.call_soon_threadsafe(call, *args)

    async def _through_sender(self, call: Callable[[], None]) -> None:
        """After everything that was asked before.

        Raises:
            UnavailableError: the broker cannot be reached.
        """
        if self._closed or not self._started:
            raise UnavailableError("this server is shutting down")
        done: asyncio.Future[None] = self._loop.create_future()
        self._promised.add(done)
        done.add_done_callback(self._promised.discard)

        def settle(error: Exception | None) -> None:
            if done.done():
                return
            if error is None:
                done.set_result(None)
            else:
                done.set_exception(UnavailableError("the broker cannot be reached"))

        def job() -> None:
            try:
                call()
            except Exception as error:
                self._on_loop(settle, error)
            else:
                self._on_loop(settle, None)

        self._sender.put(job, urgent=False)
        await done

    def _ask(self, wait: Wait) -> None:
        self._sender.put(lambda: self._ask_now(wait), urgent=wait.task.urgent)

    def _ask_now(self, wait: Wait) -> None:
        """In the sender's thread."""
        task = wait.task
        if wait.done or self._closed:
            return
        try:
            state, result = self._records.ask(task)
            if state is Asked.NEW:
                self._sender.publish(task.id, QUEUES[task.cost], urgent=task.urgent)
        except Exception as error:
            self._on_loop(self._not_sent, wait, error)
        else:
            self._on_loop(self._sent, wait, state, result)

    def _not_sent(self, wait: Wait, error: Exception) -> None:
        log.warning("task %s cannot be sent: %s", wait.task.id, error)
        if wait.task.urgent and not wait.accepted:
            wait.fail(UnavailableError("the broker cannot be reached"))
        elif not wait.done and not self._closed:
            self._loop.call_later(_RETRY, self._ask, wait)

    def _sent(self, wait: Wait, state: Asked, result: Notice | None) -> None:
        wait.accepted = True
        if result is not None:
            wait.take(result)
        elif state is Asked.CANCELLED:
            wait.fail(CancelledTaskError(f"task {wait.task.id} was cancelled"))

    async def _listen(self) -> None:
        """Takes notices in, for as long as this dispatcher lives, over as many connections as that takes."""
        while True:
            client = open_async_redis(self._config, reply=None)
            try:
                async with client.pubsub() as subscription:
                    await subscription.subscribe(self._channel)
                    pinged = False
                    while True:
                        message = await subscription.get_message(timeout=_SILENCE)
                        if message is None and pinged:
                            raise RedisConnectionError("the subscription is silent")
                        pinged = message is None
                        if message is None:
                            await subscription.ping()
                        elif message["type"] == "subscribe":
                            self._listening.set()
                            self._spawn(self._sweep())
                        elif message["type"] == "message":
                            self._hear(message["data"])
            except (RedisError, OSError) as error:
                log.warning("redis cannot be reached: %s", error)
            except Exception:
                log.exception("listening failed")
            finally:
                self._listening.clear()
                with contextlib.suppress(RedisError, OSError):
                    await client.aclose()
            await asyncio.sleep(_RETRY)

    def _hear(self, data: bytes) -> None:
        try:
            notice = decode_notice(data)
        except msgspec.MsgspecError:
            log.exception("a notice cannot be read")
            return
        wait = self._waits.get(notice.task)
        if wait is None:
            return
        if notice.cancelled:
            wait.fail(CancelledTaskError(f"task {notice.task} was cancelled"))
        elif notice.stored:
            self._spawn(self._fetch(wait))
        else:
            wait.take(notice)

    async def _fetch(self, wait: Wait) -> None:
        try:
            result = await asyncio.to_thread(self._records.result, wait.task.id)
        except RedisError as error:
            log.warning("the result of task %s cannot be fetched: %s", wait.task.id, error)
            return
        if result is not None:
            wait.take(result)

    async def _sweep_for_ever(self) -> None:
        while True:
            await asyncio.sleep(self._config.clocks.renewal)
            try:
                await self._take_census()
                await self._sweep()
            except Exception:
                log.exception("looking after tasks failed")

    async def _sweep(self) -> None:
        waits = [wait for wait in self._waits.values() if wait.accepted and not wait.done]
        for start in range(0, len(waits), _SWEPT_AT_ONCE):
            some = waits[start : start + _SWEPT_AT_ONCE]
            try:
                seen = await asyncio.to_thread(self._records.look, [wait.task for wait in some])
            except RedisError as error:
                log.warning("redis cannot be reached: %s", error)
                return
            await self._act(some, seen)

    async def _act(self, waits: Sequence[Wait], seen: Sequence[Seen]) -> None:
        for wait, state in zip(waits, seen, strict=True):
            match state:
                case Seen.DONE:
                    await self._fetch(wait)
                case Seen.CANCELLED:
                    wait.fail(CancelledTaskError(f"task {wait.task.id} was cancelled"))
                case Seen.UNKNOWN:
                    self._ask(wait)
                case Seen.LOST:
                    log.warning("task %s is sent again", wait.task.id)
                    self._sender.put(lambda task=wait.task: self._send_again(task), urgent=True)  # type: ignore[misc]

    def _send_again(self, task: Task) -> None:
        """In the sender's thread; before everything else, since it should have been done by now."""
        try:
            self._sender.publish(task.id, QUEUES[task.cost], urgent=True)
        except Exception as error:
            log.warning("task %s cannot be sent again yet: %s", task.id, error)

    async def _take_census(self) -> None:
        try:
            self._census = await asyncio.to_thread(self._records.census)
            self._reached = True
        except RedisError:
            self._reached = False
