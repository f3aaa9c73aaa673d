"""What a worker process holds between tasks: its sandbox processes and its leases."""

import logging
from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

import msgspec

from verifiers.checker import Checker, CheckerConfig
from verifiers.sandbox import Failure, PoolConfig, SandboxError
from workers.broker import BrokerConfig
from workers.leases import Lease, Leases
from workers.runner import frames
from workers.work import CheckAnswers, Task, decode_task

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 5
"""Executions of one task, each ended by the death of its worker, after which it is taken for the cause."""


class Station:
    """Performs tasks by id, from `slots` threads at once. Nothing is started, and nothing connects, before `start`."""

    def __init__(self, config: BrokerConfig) -> None:
        self._config = config
        self._leases: Leases | None = None
        self._checker: Checker | None = None

    def start(self, queues: Iterable[str], slots: int) -> None:
        """Brings the sandbox processes up, so that no task waits for that."""
        clocks = self._config.clocks
        self._checker = checker = Checker(
            CheckerConfig(
                budget=msgspec.structs.replace(self._config.budget, seconds=clocks.check),
                reading=clocks.reading,
                group=clocks.group,
                pool=PoolConfig(processes=slots, warm=True),
            )
        )
        with ThreadPoolExecutor(slots) as threads:
            list(threads.map(lambda _: checker.check_answer("", ["1"]), range(slots)))
        self._leases = Leases(self._config)
        self._leases.start(queues, slots)

    def perform(self, task_id: str) -> None:
        """Does the task unless it is done, cancelled, or somebody is at it."""
        assert self._leases
        lease = self._leases.acquire(task_id)
        if lease is None:
            return
        try:
            task = decode_task(lease.work)
        except msgspec.MsgspecError as error:
            log.exception("task %s cannot be read", task_id)
            lease.finish([], f"this worker does not know such a task: {error}"[:500])
            return
        if lease.attempt > MOST_ATTEMPTS:
            log.error("task %s is given up", task_id)
            said: Sequence[bytes] | None = _given_up(task, f"{MOST_ATTEMPTS} workers died of it")
        else:
            try:
                said = self._say(lease, task)
            except Exception as error:
                log.exception("task %s failed", task_id)
                said = _given_up(task, f"the worker failed: {type(error).__name__}")
        if said is None:
            self._leases.drop(lease)
        else:
            lease.finish(said)

    def _say(self, lease: Lease, task: Task) -> Sequence[bytes] | None:
        """All frames; None when somebody else has the task by now."""
        assert self._checker
        said: list[bytes] = []
        for frame in frames(self._checker, task):
            said.append(frame)
            lease.progress()
            if not lease.held:
                return None
            if _is_followed(task):
                lease.say(len(said) - 1, frame)
        return said

    def leave(self) -> None:
        """No more tasks will come; those under way go on."""
        if self._leases:
            self._leases.leave()

    def close(self) -> None:
        if self._leases:
            self._leases.close()
        if self._checker:
            self._checker.close()


class _NoSandbox:
    """Fails whatever it is asked, so that a checker says of everything that it is undecided."""

    size = 1

    def __init__(self, why: str) -> None:
        self._why = why

    def run(
        self, operation: str, payload: bytes, seconds: float, first: float | None = None
    ) -> Generator[bytes, None, None]:
        raise SandboxError(Failure.CRASHED, self._why)
        yield b""

    def close(self) -> None:
        pass


def _given_up(task: Task, why: str) -> list[bytes]:
    """The frames of a task that cannot be done."""
    return list(frames(Checker(sandbox=_NoSandbox(why)), task))


def _is_followed(task: Task) -> bool:
    return isinstance(task.work, CheckAnswers) and task.work.follow
