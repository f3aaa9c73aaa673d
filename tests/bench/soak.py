"""Memory of the server and its workers at rest and after many answers.

With `--redis` the checking is done by a `pramana worker`, which is counted too; needs `redis-server`.

usage: python -m tests.bench.soak [--count N] [--redis] [ANSWERS.jsonl.gz ...]
"""

import argparse
import asyncio
import contextlib
import json
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.answers import Answer, read_answers
from tests.bench.serving import Server, Tree, connection, serving
from tests.bench.table import print_table
from tests.services import RedisServer, running_workers
from workers.broker import BrokerConfig

_BATCH = 2_000


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("answers", nargs="*")
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--redis", action="store_true")
    args = parser.parse_args(arguments)
    answers = read_answers(args.answers, args.count)
    with contextlib.ExitStack() as running:
        settings, trees = {}, []
        if args.redis:
            folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
            redis = RedisServer(folder)
            running.callback(redis.stop)
            config = BrokerConfig(url=redis.url)
            (worker,) = running.enter_context(running_workers(redis, config, folder, slots=2, level="error"))
            settings = {"PRAMANA_BROKER_URL": redis.url}
            trees.append(Tree(worker.process.pid))
        server = running.enter_context(serving(**settings))
        trees.insert(0, server.tree)
        rows = _soak(server, trees, answers, args.count)
    print_table(["answers", "PSS MiB", "server", "worker", "sandboxes", "s"], rows)
    warm, last = (row[1] for row in (rows[1], rows[-1]))
    assert isinstance(warm, float)
    assert isinstance(last, float)
    print(f"growth since the first {_BATCH} answers: {100 * (last / warm - 1):.1f}% (aim: at most 10%)")


def _soak(server: Server, trees: list[Tree], answers: list[Answer], count: int) -> list[list[object]]:
    began = time.monotonic()
    rows: list[list[object]] = []
    for done in (0, *range(_BATCH, count + 1, _BATCH)):
        if done:
            asyncio.run(_batch(server, [answers[(done + n) % len(answers)] for n in range(_BATCH)]))
        sizes = [tree.pss_mib() for tree in trees]
        total = sum(map(sum, sizes))
        parents = [size[0] for size in sizes]
        worker = parents[1] if len(parents) > 1 else 0.0
        rows.append([f"after {done}", total, parents[0], worker, total - sum(parents), time.monotonic() - began])
        print(f"{rows[-1][0]} answers: {total:.0f} MiB", file=sys.stderr)
    return rows


async def _batch(server: Server, answers: list[Answer]) -> None:
    body = json.dumps([{"question": a.question, "steps": a.steps} for a in answers]).encode()
    async with connection(server.port) as line:
        status, said = await line.ask("POST", "/v1/check/batch", body)
        if status != 202:
            raise RuntimeError(f"{status}: {said.decode()[:300]}")
        job = json.loads(said)["id"]
        while True:
            _, said = await line.ask("GET", f"/v1/jobs/{job}")
            if json.loads(said)["state"] != "open":
                return
            await asyncio.sleep(0.5)


if __name__ == "__main__":
    main(sys.argv[1:])
