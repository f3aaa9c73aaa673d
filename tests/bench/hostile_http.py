"""Random bodies against a server of its own: which statuses come back, and whether a process was lost.

python -m tests.bench.hostile_http --count 10000
"""

import argparse
import asyncio
import re
import sys
import time
from collections.abc import Sequence

from tests.bench.serving import connection, serving
from tests.bench.table import print_table
from tests.hostile_bodies import throw


async def _kills(port: int) -> float:
    async with connection(port) as line:
        _, body = await line.ask("GET", "/metrics")
    return sum(float(count) for count in re.findall(rb"^pramana_kills_total\{.*\} (\S+)$", body, re.MULTILINE))


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with serving() as server:
        asyncio.run(throw(server.port, 50, options.seed + 1))
        before = set(server.tree.members())
        began = time.monotonic()
        statuses = asyncio.run(throw(server.port, options.count, options.seed))
        seconds = time.monotonic() - began
        lost = before - set(server.tree.members())
        kills = asyncio.run(_kills(server.port))
    print_table(("status", "answers"), [(str(status or "none"), n) for status, n in sorted(statuses.items())])
    told = f"{len(lost)} of {len(before)} processes lost, {kills:.0f} checks killed"
    print(f"\n{options.count} bodies in {seconds:.0f} s: {told}")
    if lost or any(status >= 500 for status in statuses):
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
