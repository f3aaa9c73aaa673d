"""Answers a second over Redis and Celery workers, beside the same number of sandbox processes in one process.

Both do the same packs, in turns, on the same machine in the same run. Needs `redis-server`.

usage: python -m tests.bench.service_throughput [--limit N] [--slots N] [ANSWERS.jsonl.gz ...]
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.bench.answers import read_answers
from tests.bench.serving import Tree
from tests.bench.table import percentile, print_table
from tests.services import RedisServer, running_workers
from verifiers.checker import Checker, CheckerConfig
from verifiers.sandbox import PoolConfig
from workers.broker import BrokerConfig
from workers.celery_dispatch import CeleryDispatcher
from workers.dispatch import Dispatcher
from workers.in_process import InProcess
from workers.packing import packs
from workers.work import Answer, CheckAnswers, Task

AHEAD = 3
"""Packs on their way for each slot, as batch jobs have them."""


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("answers", nargs="*")
    parser.add_argument("--limit", type=int, default=1_000)
    parser.add_argument("--slots", type=int, default=2)
    parser.add_argument("--workers", type=int, default=1, help="processes that the slots are spread over")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args(arguments)
    read = read_answers(args.answers, args.limit)
    read = read * max(1, args.limit // len(read))
    answers = [Answer(id=n, question=a.question, steps=tuple(a.steps)) for n, a in enumerate(read)]
    with tempfile.TemporaryDirectory() as folder:
        server = RedisServer(Path(folder))
        try:
            config = BrokerConfig(url=server.url)
            slots = args.slots // args.workers
            with running_workers(server, config, Path(folder), count=args.workers, slots=slots, level="info"):
                rates = asyncio.run(_compare(config, answers, args.slots, args.rounds))
        finally:
            server.stop()
    inside, over = rates
    ratios = [o.rate / i.rate for i, o in zip(inside, over, strict=True)]
    costs = [i.cpu / o.cpu for i, o in zip(inside, over, strict=True)]
    print_table(
        ["", *(f"round {n + 1}" for n in range(args.rounds)), "median"],
        [
            _row("one process, answers/s", [one.rate for one in inside]),
            _row("over Redis, answers/s", [one.rate for one in over]),
            _row("ratio", ratios),
            _row("one process, ms of CPU an answer", [one.cpu for one in inside]),
            _row("over Redis, ms of CPU an answer", [one.cpu for one in over]),
            _row("ratio", costs),
        ],
    )
    print(
        f"{len(answers)} answers a round, {args.slots} sandbox processes, {args.workers} worker process(es); CPU is of "
        "everything: both ends, Redis and the sandboxes. Aim: a ratio of 0.85"
    )


class Measured(NamedTuple):
    rate: float
    cpu: float


def _row(name: str, values: Sequence[float]) -> list[object]:
    return [name, *values, percentile(values, 50)]


async def _compare(
    config: BrokerConfig, answers: Sequence[Answer], slots: int, rounds: int
) -> tuple[list[Measured], list[Measured]]:
    inside = InProcess(Checker(CheckerConfig(pool=PoolConfig(processes=slots))))
    over = CeleryDispatcher(config)
    measured: tuple[list[Measured], list[Measured]] = ([], [])
    for dispatcher in (inside, over):
        await dispatcher.start()
        await _measure(dispatcher, answers[:100], slots)
    for _ in range(rounds):
        for dispatcher, values in zip((inside, over), measured, strict=True):
            values.append(await _measure(dispatcher, answers, slots))
    for dispatcher in (inside, over):
        await dispatcher.close()
    return measured


async def _measure(dispatcher: Dispatcher, answers: Sequence[Answer], slots: int) -> Measured:
    room = asyncio.Semaphore(AHEAD * slots)
    frames = 0

    async def run(pack: Sequence[Answer]) -> None:
        nonlocal frames
        async with room:
            async for _ in dispatcher.run(Task(id=uuid.uuid4().hex, work=CheckAnswers(answers=tuple(pack)))):
                frames += 1

    tree = Tree(os.getpid())
    began, spent = time.perf_counter(), tree.cpu_seconds()
    async with asyncio.TaskGroup() as group:
        for pack in packs([(None, answer) for answer in answers]):
            group.create_task(run([answer for _, answer in pack]))
    assert frames >= len(answers)
    seconds = time.perf_counter() - began
    return Measured(len(answers) / seconds, 1000 * (tree.cpu_seconds() - spent) / len(answers))


if __name__ == "__main__":
    main(sys.argv[1:])
