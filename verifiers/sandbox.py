"""Processes that may be killed: bounded in time and memory, so that no formula can cost more than its budget.

A pool keeps a few warm processes, forked from a server that has SymPy loaded. A request goes in, frames come
back as they are ready; when a frame is late the process is killed and replaced, and its neighbours never notice.
Usable from any thread; from asyncio through `asyncio.to_thread`.

`InlineSandbox` is the double: the same contract without processes, so without limits.
"""

import contextlib
import ctypes
import gc
import math
import multiprocessing
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from enum import StrEnum
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Final, Protocol

import msgspec

PRELOAD: Final = ("verifiers.check", "sympy")
WARM: Final = ("verifiers.warm",)

_END: Final = b""
"""Frame after the last one of a request."""

_COLLECT_AFTER: Final = 20_000
"""Objects between two collections: trees have no cycles, and looking through the engines' own is the dear part."""

_PR_SET_PDEATHSIG: Final = 1
"""`prctl(2)`: the signal a process gets when its parent, here the fork server, is gone."""


class Failure(StrEnum):
    """Why a request came to an early end."""

    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"


class SandboxError(Exception):
    """A sandbox process did not finish its request: `failure` says why. It is replaced already."""

    def __init__(self, failure: Failure, detail: str) -> None:
        super().__init__(detail)
        self.failure = failure
        self.detail = detail


class Sandbox(Protocol):
    """Runs one of `check.OPERATIONS` and yields its frames.

    Raises (from the iterator):
        SandboxError: the next frame took longer than `seconds`, or the process ran out of memory or died.
    """

    @property
    def size(self) -> int:
        """Requests that can run at once."""
        ...

    def run(
        self, operation: str, payload: bytes, seconds: float, first: float | None = None
    ) -> Generator[bytes, None, None]:
        """`seconds` bounds the wait for each frame, `first` that for the first one where it is another."""
        ...

    def close(self) -> None: ...


class PoolConfig(msgspec.Struct, frozen=True, kw_only=True):
    """`processes` run side by side; one is replaced after `requests` requests to let go of what caches hold.
    `memory` is the address space, in bytes, that a process may take beyond what it starts with; `start` the seconds
    a new process has to come up. `warm` takes a second or two once, and then no process is slow at first: for servers.
    """

    processes: int = 1
    memory: int = 1_536 * 2**20
    requests: int = 500
    start: float = 60.0
    warm: bool = False


class _Worker:
    def __init__(self, config: PoolConfig) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([*PRELOAD, *(WARM if config.warm else ())])
        self._parent, child = context.Pipe()
        self._process: BaseProcess = context.Process(target=_serve, args=(child, config.memory), daemon=True)
        try:
            with _without_main():
                self._process.start()
            child.close()
            if not self._parent.poll(config.start) or self._parent.recv_bytes() != _END:
                raise EOFError
        except (EOFError, OSError) as error:
            if self._process.pid is not None:
                self._process.kill()
            self._parent.close()
            raise SandboxError(Failure.CRASHED, "a sandbox process did not start") from error
        self.served = 0

    def run(self, operation: str, payload: bytes, seconds: float, first: float) -> Generator[bytes, None, None]:
        self.served += 1
        wait = first
        try:
            self._parent.send_bytes(msgspec.json.encode((operation, math.ceil(max(first, seconds)))) + b"\n" + payload)
            while True:
                if not self._parent.poll(wait):
                    raise SandboxError(Failure.TIMEOUT, f"not done within {wait:g} s")
                wait = seconds
                frame = self._parent.recv_bytes()
                if frame == _END:
                    return
                if frame.startswith(b"!"):
                    failure, _, detail = frame[1:].decode("utf-8", "replace").partition(" ")
                    raise SandboxError(Failure(failure), detail)
                yield frame
        except (EOFError, OSError) as error:
            self._process.join(1)
            code = self._process.exitcode
            ended = f"signal {-code}" if code is not None and code < 0 else f"status {code}"
            failure = Failure.TIMEOUT if code == -signal.SIGXCPU else Failure.CRASHED
            raise SandboxError(failure, f"the process ended with {ended}") from error

    def kill(self) -> None:
        self._process.kill()
        self._process.join()
        self._parent.close()

    @property
    def pid(self) -> int:
        return self._process.pid or 0


class ProcessSandbox:
    """The pool. Processes start on first use.

    A request waits for a free process; an iterator that is not read to its end kills the one it holds.
    """

    def __init__(self, config: PoolConfig = PoolConfig()) -> None:  # noqa: B008 - a frozen value
        self._config = config
        self._free: list[_Worker | None] = [None] * config.processes
        self._ready = threading.Condition()
        self._closed = False

    @property
    def size(self) -> int:
        return self._config.processes

    def run(
        self, operation: str, payload: bytes, seconds: float, first: float | None = None
    ) -> Generator[bytes, None, None]:
        with self._ready:
            self._ready.wait_for(lambda: self._free or self._closed)
            if self._closed:
                raise SandboxError(Failure.CRASHED, "the sandbox is closed")
            worker = self._free.pop()
        finished = False
        try:
            if worker is None:
                worker = _Worker(self._config)
            yield from worker.run(operation, payload, seconds, seconds if first is None else first)
            finished = True
        finally:
            if worker and (not finished or self._closed or worker.served >= self._config.requests):
                worker.kill()
                worker = None
            with self._ready:
                self._free.append(worker)
                self._ready.notify()

    def close(self) -> None:
        """Ends the processes; requests under way finish first."""
        with self._ready:
            self._closed = True
            workers, self._free = self._free, []
            self._ready.notify_all()
        for worker in workers:
            if worker:
                worker.kill()


class InlineSandbox:
    """Runs requests where it stands: for tests, and where something else does the isolating."""

    size = 1

    def run(
        self, operation: str, payload: bytes, seconds: float, first: float | None = None
    ) -> Generator[bytes, None, None]:
        from verifiers.check import perform

        yield from perform(operation, payload)

    def close(self) -> None:
        pass


_STARTING: Final = threading.Lock()


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """Keeps multiprocessing from importing the caller's script again in every child: children need nothing of it,
    and a script without a `__main__` guard would start itself over.
    """
    main = sys.modules["__main__"]
    with _STARTING:
        saved: dict[str, Any] = {name: vars(main)[name] for name in ("__file__", "__spec__") if name in vars(main)}
        vars(main).update(dict.fromkeys(saved))
        try:
            yield
        finally:
            vars(main).update(saved)


def _serve(connection: Connection, memory: int) -> None:
    """Life of a sandbox process: requests in, frames out, until the other end closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    from verifiers.check import perform

    with open("/proc/self/statm", encoding="ascii") as statm:
        pages = int(statm.read().split()[0])
    limit = pages * resource.getpagesize() + memory
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER, 20, 20)
    connection.send_bytes(_END)
    while True:
        try:
            request = connection.recv_bytes()
        except (EOFError, OSError):
            return
        header, _, payload = request.partition(b"\n")
        operation, seconds = msgspec.json.decode(header, type=tuple[str, int])
        try:
            _allow_cpu(seconds)
            for frame in PROBES[operation](payload) if operation in PROBES else perform(operation, payload):
                connection.send_bytes(frame)
                _allow_cpu(seconds)
            connection.send_bytes(_END)
        except MemoryError:
            connection.send_bytes(b"!memory out of memory")
        except (BrokenPipeError, ConnectionResetError):
            return
        except Exception as error:
            connection.send_bytes(f"!crashed {type(error).__name__}: {error}"[:500].encode("utf-8", "replace"))


def _probe_pid(_payload: bytes) -> Iterator[bytes]:
    yield str(os.getpid()).encode()


def _probe_sleep(payload: bytes) -> Iterator[bytes]:
    time.sleep(float(payload))
    yield b"slept"


def _probe_allocate(payload: bytes) -> Iterator[bytes]:
    yield str(len(bytearray(int(payload)))).encode()


def _probe_die(payload: bytes) -> Iterator[bytes]:
    os.kill(os.getpid(), int(payload))
    yield b"alive"


PROBES: Final[Mapping[str, Callable[[bytes], Iterator[bytes]]]] = {
    "pid": _probe_pid,
    "sleep": _probe_sleep,
    "allocate": _probe_allocate,
    "die": _probe_die,
}
"""Requests that misbehave on purpose, for tests and drills: who serves, and what a late, greedy or dying one costs."""


def _allow_cpu(seconds: int) -> None:
    """The kernel's backstop for a process whose parent is gone: twice the budget of processor time, then SIGXCPU."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    limit = math.ceil(usage.ru_utime + usage.ru_stime) + 2 * seconds + 2
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
