"""How long one quick claim takes over Redis, in round trips of a Celery task that does nothing on the same broker.

All in turns, on the same machine in the same run. Needs `redis-server`.

usage: python -m tests.bench.service_latency [--times N]
"""

import argparse
import asyncio
import contextlib
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

from celery import Celery

from tests.bench.serving import Line, connection, serving
from tests.bench.table import percentile, print_table
from tests.services import RedisServer, running_workers
from workers.broker import BrokerConfig
from workers.celery_dispatch import CeleryDispatcher
from workers.work import Answer, CheckAnswers, Task

CLAIM = "16 - 3 = 13"
BLOCK = 20
"""Measured of one kind before the next has its turn."""


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=400)
    args = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        server = RedisServer(Path(folder))
        try:
            config = BrokerConfig(url=server.url)
            with (
                running_workers(server, config, Path(folder), level="info"),
                _noop_worker(server) as app,
                serving(PRAMANA_BROKER_URL=server.url) as served,
            ):
                measured = asyncio.run(_measure(config, app, served.port, args.times))
        finally:
            server.stop()
    unit = percentile(next(iter(measured.values())), 50)
    print_table(
        ["", "median ms", "p95 ms", "median in no-ops"],
        [
            [name, 1000 * percentile(times, 50), 1000 * percentile(times, 95), percentile(times, 50) / unit]
            for name, times in measured.items()
        ],
    )
    print(f"{args.times} of each, in turns of {BLOCK}. Aim: over HTTP at most 3 no-ops")


@contextlib.contextmanager
def _noop_worker(server: RedisServer) -> Iterator[Celery]:
    url = server.url.removesuffix("0") + "1"
    os.environ["NOOP_BROKER_URL"] = url
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "tests.bench.noop",
        "--quiet",
        "worker",
        "-P",
        "threads",
        "-c",
        "1",
    ]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat", "-l", "ERROR"]
    process = subprocess.Popen([*command, *quiet])
    try:
        from tests.bench.noop import app, noop

        noop.delay().get(timeout=60)
        yield app
    finally:
        process.terminate()
        process.wait(30)


async def _measure(config: BrokerConfig, app: Celery, port: int, times: int) -> dict[str, list[float]]:
    dispatcher = CeleryDispatcher(config)
    await dispatcher.start()
    async with connection(port) as line:
        kinds: dict[str, Callable[[], Awaitable[None]]] = {
            "a bare Celery no-op, with Celery's results": lambda: _noop(app),
            "one quick claim, dispatcher": lambda: _dispatched(dispatcher),
            "one quick claim, HTTP": lambda: _asked(line),
        }
        measured: dict[str, list[float]] = {name: [] for name in kinds}
        for ask in kinds.values():
            for _ in range(BLOCK):
                await ask()
        for _ in range(max(1, times // BLOCK)):
            for name, ask in kinds.items():
                for _ in range(BLOCK):
                    began = time.perf_counter()
                    await ask()
                    measured[name].append(time.perf_counter() - began)
    await dispatcher.close()
    return measured


async def _noop(app: Celery) -> None:
    """Blocks the loop, which has nothing else to do: as cheap as it gets."""
    app.tasks["noop"].delay().get(timeout=60)


async def _dispatched(dispatcher: CeleryDispatcher) -> None:
    work = CheckAnswers(answers=(Answer(steps=(CLAIM,)),))
    async for _ in dispatcher.run(Task(id=uuid.uuid4().hex, work=work, urgent=True)):
        pass


async def _asked(line: Line) -> None:
    status, body = await line.ask("POST", "/v1/check", b'{"answer": "%s"}' % CLAIM.encode())
    if status != 200 or b'"supported"' not in body:
        raise RuntimeError(f"{status} {body[:200]!r}")


if __name__ == "__main__":
    main(sys.argv[1:])
