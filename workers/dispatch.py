"""The port through which work reaches workers. `InProcess` and `CeleryDispatcher` keep one contract
(`tests/contracts/test_dispatcher.py`).
"""

from collections.abc import AsyncGenerator, Mapping
from typing import Protocol

import msgspec

from workers.work import Task


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """`missing` names in words what keeps work from being done; empty when all is there."""

    missing: tuple[str, ...] = ()
    waiting: Mapping[str, int] = {}
    """Tasks not yet begun, by queue: `checks.quick`, `checks.heavy`."""
    running: int = 0
    capacity: int = 0
    """Tasks that can run at once."""


class Dispatcher(Protocol):
    """Brings tasks to workers and their frames back. Lives in one event loop, from `start` to `close`."""

    @property
    def capacity(self) -> int:
        """Tasks that can run at once, as far as is known; at least 1."""
        ...

    async def start(self) -> None: ...

    def run(self, task: Task) -> AsyncGenerator[bytes, None]:
        """The frames of the task, each once and in order, as they come; ends when the task is done.

        Asking again for an id that is under way or was just done gives the same frames without doing it again.
        Closing the generator early gives up waiting, not the task. Urgent tasks are begun before others.

        Raises (from the generator):
            UnavailableError: nobody can be asked.
            CancelledTaskError: `cancel` was called.
        """
        ...

    async def cancel(self, task_id: str) -> None:
        """A task not yet begun is never begun; one under way may end."""
        ...

    async def forget(self, task_ids: list[str]) -> None:
        """Drops what is kept of the frames of these tasks: they were taken over, or a student is erased. That they are
        done is remembered without a word of them, so that a message delivered twice is not executed again.
        """
        ...

    async def status(self) -> Status: ...

    async def close(self) -> None:
        """Stops waiting for anything. Work under way here ends; work elsewhere goes on."""
        ...
