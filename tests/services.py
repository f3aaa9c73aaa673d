"""Servers and workers that tests start for themselves and end again."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError

from workers.broker import BrokerConfig
from workers.clocks import Clocks

PRAMANA = Path(sys.executable).parent / "pramana"
CEILING = 60.0
"""Seconds that anything may take before a test gives up; nothing is expected to come near it."""


def wait_until(condition: Callable[[], bool], what: str, seconds: float = CEILING) -> None:
    """Returns as soon as the condition holds.

    Raises:
        TimeoutError: it did not come to hold.
    """
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {seconds:g} s: {what}")
        time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class RedisServer:
    """A `redis-server` of its own on a free port. `durable` keeps its memory over restarts."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        binary = shutil.which("redis-server")
        if binary is None:
            pytest.skip("redis-server is not installed: nothing over Redis is tested")
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = folder
        self._command = [binary, "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(folder)]
        self._command += ["--save", "", "--appendonly", "yes" if durable else "no", "--appendfsync", "always"]
        self._command += ["--loglevel", "warning", "--logfile", str(folder / "redis.log")]
        self.client = Redis.from_url(self.url)
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        wait_until(self.answers, "redis-server comes up")

    def answers(self) -> bool:
        try:
            return bool(self.client.ping())
        except RedisError:
            return False

    def kill(self, *, forgetting: bool = False) -> None:
        """`forgetting` also what a durable one has on disk."""
        self.process.kill()
        self.process.wait()
        if forgetting:
            shutil.rmtree(self._folder / "appendonlydir", ignore_errors=True)

    def stop(self) -> None:
        self.client.close()
        with contextlib.suppress(ProcessLookupError):
            self.kill()


class WorkerProcess:
    """`pramana worker`, or `command`, on its own broker settings; its lines go to a file."""

    def __init__(
        self,
        config: BrokerConfig,
        folder: Path,
        *,
        slots: int = 1,
        level: str = "debug",
        command: Sequence[str | Path] = (),
    ) -> None:
        settings = {f"PRAMANA_{name.upper()}_SECONDS": str(value) for name, value in _clocks(config.clocks).items()}
        settings |= {"PRAMANA_BROKER_URL": config.url, "PRAMANA_BROKER_PREFIX": config.prefix}
        settings |= {"PRAMANA_HOME": str(folder), "PRAMANA_LOG_LEVEL": level, "PRAMANA_LOG_FORMAT": "json"}
        self.log = folder / f"worker-{time.monotonic_ns()}.log"
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [*(command or (PRAMANA, "worker")), "--concurrency", str(slots)],
                env={**os.environ, **settings},
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def executions(self) -> Counter[str]:
        """How often it began which task, by its own account."""
        return Counter(re.findall(r"task (\S+) begins", self.log.read_text(errors="replace")))

    def pause(self) -> None:
        """A worker that hangs: it holds what it has and does nothing."""
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """As the kernel does it when memory is short."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """As a supervisor does it."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()


def _clocks(clocks: Clocks) -> dict[str, float]:
    return {name: getattr(clocks, name) for name in clocks.__struct_fields__}


def workers_alive(server: RedisServer, config: BrokerConfig) -> int:
    return int(server.client.zcard(config.prefix + "live"))  # type: ignore[arg-type]


def leases_held(server: RedisServer, config: BrokerConfig) -> list[str]:
    """Ids of tasks under way, as Redis has it."""
    start = config.key("lease", "")
    return [key.decode().removeprefix(start) for key in server.client.scan_iter(start + "*", count=10_000)]


def executions(workers: Sequence[WorkerProcess]) -> Counter[str]:
    """How often which task was begun."""
    return sum((worker.executions() for worker in workers), Counter())


def catch_at_work(server: RedisServer, config: BrokerConfig, workers: Sequence[WorkerProcess]) -> None:
    """All workers stand still, each in the middle of a task."""

    def caught() -> bool:
        for worker in workers:
            worker.pause()
        if len(leases_held(server, config)) == len(workers):
            return True
        for worker in workers:
            worker.resume()
        return False

    wait_until(caught, "all workers are at work")


@contextlib.contextmanager
def running_workers(
    server: RedisServer, config: BrokerConfig, folder: Path, *, count: int = 1, slots: int = 1, level: str = "debug"
) -> Iterator[list[WorkerProcess]]:
    """Workers that have announced themselves."""
    workers = [WorkerProcess(config, folder, slots=slots, level=level) for _ in range(count)]
    try:
        wait_until(lambda: workers_alive(server, config) >= count, "the workers come up")
        yield workers
    finally:
        for worker in workers:
            worker.stop()
