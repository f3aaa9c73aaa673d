"""What a quick caller waits for its answer while others hold connections open and hardly use them.

python -m tests.bench.slow_clients --slow 1000
"""

import argparse
import asyncio
import json
import resource
import sys
import time
from collections.abc import Sequence

from tests.bench.serving import connection, serving
from tests.bench.table import percentile, print_table
from tests.slow_callers import slow_callers


async def _waits(port: int, count: int) -> list[float]:
    """Milliseconds, for one claim each, on one connection."""
    waits = []
    async with connection(port) as line:
        for n in range(count):
            body = json.dumps({"answer": f"{n} + 2 = {n + 2}"}).encode()
            began = time.perf_counter()
            status, _ = await line.ask("POST", "/v1/check", body)
            waits.append((time.perf_counter() - began) * 1000)
            if status != 200:
                raise RuntimeError(f"status {status}")
    return waits


async def _beside(port: int, slow: int, count: int) -> list[float]:
    async with slow_callers(port, slow):
        return await _waits(port, count)


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slow", type=int, default=1_000)
    parser.add_argument("--count", type=int, default=300)
    options = parser.parse_args(arguments)
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with serving() as server:
        asyncio.run(_waits(server.port, 50))
        alone = asyncio.run(_waits(server.port, options.count))
        beside = asyncio.run(_beside(server.port, options.slow, options.count))
    rows = [
        (name, percentile(waits, 50), percentile(waits, 95), max(waits))
        for name, waits in (("alone", alone), (f"beside {options.slow} slow ones", beside))
    ]
    print_table(("one claim, ms", "median", "95 %", "most"), rows)


if __name__ == "__main__":
    main(sys.argv[1:])
