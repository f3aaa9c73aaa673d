"""Memory of the server and its workers at rest and after many answers.

usage: python -m tests.bench.soak [--answers N] [--redis] [ANSWERS.jsonl.gz ...]
"""

import argparse
import asyncio
import json
import sys
import time

from tests.bench.answers import Answer, read_answers
from tests.bench.serving import Server, connection, serving
from tests.bench.table import print_table

_BATCH = 2_000


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("answers", nargs="*")
    parser.add_argument("--count", type=int, default=20_000)
    args = parser.parse_args(arguments)
    answers = read_answers(args.answers, args.count)
    with serving() as server:
        began = time.monotonic()
        rows: list[list[object]] = []
        for done in (0, *range(_BATCH, args.count + 1, _BATCH)):
            if done:
                asyncio.run(_batch(server, [answers[(done + n) % len(answers)] for n in range(_BATCH)]))
            server_, *others = server.tree.pss_mib()
            rows.append([f"after {done}", server_ + sum(others), server_, len(others), time.monotonic() - began])
            print(f"{rows[-1][0]} answers: {rows[-1][1]:.0f} MiB", file=sys.stderr)
    print_table(["answers", "PSS MiB", "of it the server's", "other processes", "s"], rows)
    warm, last = rows[1][1], rows[-1][1]
    assert isinstance(warm, float)
    assert isinstance(last, float)
    print(f"growth since the first {_BATCH} answers: {100 * (last / warm - 1):.1f}% (aim: at most 10%)")


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
