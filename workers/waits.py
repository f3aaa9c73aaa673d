"""Frames as they arrive here, for everybody who waits for them."""

import asyncio
from collections.abc import AsyncGenerator

from workers.errors import FailedTaskError
from workers.notices import Notice
from workers.work import Task


class Wait:
    """Frames of a task so far. `accepted` once the broker has it, `listeners` counts who waits here."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.frames: list[bytes] = []
        self.done = False
        self.error: Exception | None = None
        self.accepted = False
        self.listeners = 0
        self._changed = asyncio.Event()

    def take(self, notice: Notice) -> None:
        for number, frame in enumerate(notice.frames, notice.first):
            if number == len(self.frames):
                self.frames.append(bytes(frame))
        if notice.error:
            self.error = FailedTaskError(f"task {self.task.id} could not be done: {notice.error}")
        self.done = self.done or notice.done
        self.wake()

    def fail(self, error: Exception) -> None:
        if not self.done:
            self.done, self.error = True, error
            self.wake()

    def wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def follow(self) -> AsyncGenerator[bytes, None]:
        at = 0
        while True:
            changed = self._changed
            while at < len(self.frames):
                yield self.frames[at]
                at += 1
            if not self.done:
                await changed.wait()
            elif at == len(self.frames):
                if self.error is not None:
                    raise self.error
                return
