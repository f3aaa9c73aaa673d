"""The embedded default: threads of this process, each holding one sandbox process. No Redis, no other machine.

Also the double of `CeleryDispatcher` (with an inline sandbox), and the command line's engine.
"""

import asyncio
import itertools
from collections import OrderedDict
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor

from verifiers.checker import Checker
from workers.dispatch import Status
from workers.errors import CancelledTaskError, UnavailableError
from workers.runner import frames
from workers.work import CostClass, Task

KEPT_TASKS = 1_000
"""Finished tasks whose frames are kept for whoever asks again."""


class _Running:
    """Frames of a task so far, and everybody who waits for more."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.frames: list[bytes] = []
        self.done = False
        self.begun = False
        self.error: Exception | None = None
        self.changed = asyncio.Condition()

    async def follow(self) -> AsyncGenerator[bytes, None]:
        at = 0
        while True:
            while at < len(self.frames):
                yield self.frames[at]
                at += 1
            async with self.changed:
                while len(self.frames) == at and not self.done:
                    await self.changed.wait()
            if self.done and at == len(self.frames):
                if self.error is not None:
                    raise self.error
                return


class InProcess:
    """Runs tasks on `checker`, which it closes, `checker.size` at once. One in two places is kept from heavy work
    while quick work waits, so that a slow formula never blocks everybody.
    """

    def __init__(self, checker: Checker) -> None:
        self._checker = checker
        self._threads = ThreadPoolExecutor(checker.size, thread_name_prefix="check")
        self._waiting: list[tuple[tuple[bool, int], _Running]] = []
        self._known: OrderedDict[str, _Running] = OrderedDict()
        self._order = itertools.count()
        self._busy = {CostClass.QUICK: 0, CostClass.HEAVY: 0}
        self._jobs: set[asyncio.Task[None]] = set()
        self._closed = False

    @property
    def capacity(self) -> int:
        return self._checker.size

    async def start(self) -> None:
        """Brings the sandbox processes up, so that nobody waits for that."""
        loop = asyncio.get_running_loop()
        await asyncio.gather(
            *(loop.run_in_executor(self._threads, self._checker.check_answer, "", ["1"]) for _ in range(self.capacity))
        )

    async def run(self, task: Task) -> AsyncGenerator[bytes, None]:
        if self._closed:
            raise UnavailableError("this server is shutting down")
        running = self._known.get(task.id)
        if running is None:
            running = self._known[task.id] = _Running(task)
            self._waiting.append(((not task.urgent, next(self._order)), running))
            self._waiting.sort(key=lambda entry: entry[0])
            self._begin()
        async for frame in running.follow():
            yield frame

    def _begin(self) -> None:
        """Starts what may start now."""
        while sum(self._busy.values()) < self.capacity:
            chosen = next((n for n, (_, r) in enumerate(self._waiting) if self._may_begin(r.task.cost)), None)
            if chosen is None:
                return
            _, running = self._waiting.pop(chosen)
            self._busy[running.task.cost] += 1
            job = asyncio.create_task(self._perform(running))
            self._jobs.add(job)
            job.add_done_callback(self._jobs.discard)

    def _may_begin(self, cost: CostClass) -> bool:
        return cost is CostClass.QUICK or self._busy[CostClass.HEAVY] < max(1, self.capacity // 2)

    async def _perform(self, running: _Running) -> None:
        loop = asyncio.get_running_loop()
        arrived: asyncio.Queue[bytes | None] = asyncio.Queue()
        running.begun = True

        def work() -> None:
            try:
                for frame in frames(self._checker, running.task):
                    loop.call_soon_threadsafe(arrived.put_nowait, frame)
            finally:
                loop.call_soon_threadsafe(arrived.put_nowait, None)

        ended = loop.run_in_executor(self._threads, work)
        while (frame := await arrived.get()) is not None:
            async with running.changed:
                running.frames.append(frame)
                running.changed.notify_all()
        try:
            await ended
        except Exception as error:
            running.error = error
        self._busy[running.task.cost] -= 1
        await self._finish(running)
        self._begin()

    async def _finish(self, running: _Running) -> None:
        async with running.changed:
            running.done = True
            running.changed.notify_all()
        self._known.move_to_end(running.task.id)
        while len(self._known) > KEPT_TASKS and next(iter(self._known.values())).done:
            self._known.popitem(last=False)

    async def cancel(self, task_id: str) -> None:
        running = self._known.get(task_id)
        if running is None or running.begun:
            return
        self._waiting = [entry for entry in self._waiting if entry[1] is not running]
        running.error = CancelledTaskError(f"task {task_id} was cancelled")
        await self._finish(running)

    async def forget(self, task_ids: list[str]) -> None:
        for task_id in task_ids:
            if (running := self._known.get(task_id)) and running.done:
                del self._known[task_id]

    async def status(self) -> Status:
        waiting = {f"checks.{cost.value}": sum(r.task.cost is cost for _, r in self._waiting) for cost in CostClass}
        return Status(waiting=waiting, running=sum(self._busy.values()), capacity=self.capacity)

    async def close(self) -> None:
        """Work under way ends first; what has not begun is given up with `UnavailableError`."""
        self._closed = True
        waiting, self._waiting = self._waiting, []
        for _, running in waiting:
            running.error = UnavailableError("this server is shutting down")
            await self._finish(running)
        await asyncio.gather(*self._jobs)
        self._threads.shutdown()
        self._checker.close()
