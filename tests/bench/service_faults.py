"""What a fault in the middle of a batch costs: reports, executions, and the time until work that was lost is under way
again. Needs `redis-server`.

usage: python -m tests.bench.service_faults [--answers N]
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.batches import Batch, made_answers
from tests.bench.table import print_table
from tests.services import (
    RedisServer,
    WorkerProcess,
    catch_at_work,
    executions,
    leases_held,
    running_workers,
    wait_until,
)
from workers.broker import BrokerConfig
from workers.celery_dispatch import CeleryDispatcher


class Drill:
    """Two workers of one slot each, and a batch in its middle."""

    def __init__(self, server: RedisServer, config: BrokerConfig, workers: list[WorkerProcess]) -> None:
        self.server, self.config, self.workers = server, config, workers

    def kill(self) -> float:
        """Seconds until what the dead worker had is begun by the other."""
        return self._lose(self.workers[0].kill)

    def hang(self) -> float:
        return self._lose(lambda: None)

    def _lose(self, fault: Callable[[], None]) -> float:
        catch_at_work(self.server, self.config, self.workers)
        held = leases_held(self.server, self.config)
        fault()
        self.workers[1].resume()
        began = time.monotonic()
        wait_until(lambda: any(self._attempts(task) == 2 for task in held), "it is under way again")
        return time.monotonic() - began

    def restart_redis(self) -> float:
        """Seconds until anything is begun again."""
        self.server.kill()
        began = time.monotonic()
        so_far = executions(self.workers).total()
        self.server.start()
        wait_until(lambda: executions(self.workers).total() > so_far, "something is begun")
        return time.monotonic() - began

    def _attempts(self, task: str) -> int:
        return int(self.server.client.hget(self.config.key("task", task), "attempts") or 0)  # type: ignore[arg-type]


FAULTS: dict[str, tuple[Callable[[Drill], float], bool]] = {
    "a worker is killed": (Drill.kill, False),
    "a worker hangs": (Drill.hang, False),
    "Redis restarts, its memory is kept": (Drill.restart_redis, True),
    "Redis restarts, its memory is gone": (Drill.restart_redis, False),
}


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--answers", type=int, default=2_000)
    args = parser.parse_args(arguments)
    rows = [[name, *_drill(args.answers, fault, durable)] for name, (fault, durable) in FAULTS.items()]
    print_table(["", "answers", "without report", "with two", "tasks", "executions", "s to go on"], rows)
    print("in the middle of a batch on two workers; aim: none without report, none with two, 10 s to go on")


def _drill(answers: int, fault: Callable[[Drill], float], durable: bool) -> list[object]:
    batch = Batch(made_answers(answers))
    with tempfile.TemporaryDirectory() as folder:
        server = RedisServer(Path(folder), durable=durable)
        try:
            config = BrokerConfig(url=server.url)
            with running_workers(server, config, Path(folder), count=2) as workers:
                seconds = asyncio.run(_run(batch, Drill(server, config, workers), fault))
                began = executions(workers).total()
        finally:
            server.stop()
    without = sum(not reports for reports in batch.reports.values())
    double = sum(len(reports) > 1 for reports in batch.reports.values())
    return [answers, without, double, len(batch.tasks), began, seconds]


async def _run(batch: Batch, drill: Drill, fault: Callable[[Drill], float]) -> float:
    dispatcher = CeleryDispatcher(drill.config)
    await dispatcher.start()
    running = asyncio.create_task(batch.run(dispatcher))
    await batch.until_done(0.3)
    seconds = await asyncio.to_thread(fault, drill)
    await running
    await dispatcher.close()
    return seconds


if __name__ == "__main__":
    main(sys.argv[1:])
