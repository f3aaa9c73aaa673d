"""How long after its budget a runaway check is gone and its process replaced.

usage: python -m tests.bench.kill_margin
"""

import argparse
import sys
import time

from tests.bench.table import percentile, print_table
from verifiers.sandbox import PoolConfig, ProcessSandbox, SandboxError


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--budget", type=float, default=0.2)
    args = parser.parse_args(arguments)
    late, again, warm = [], [], []
    pool = ProcessSandbox(PoolConfig(processes=1))
    list(pool.run("pid", b"", 60))
    for _ in range(args.rounds):
        began = time.perf_counter()
        list(pool.run("pid", b"", 60))
        warm.append(time.perf_counter() - began)
        began = time.perf_counter()
        try:
            list(pool.run("sleep", b"60", args.budget))
        except SandboxError:
            late.append(time.perf_counter() - began - args.budget)
        began = time.perf_counter()
        list(pool.run("pid", b"", 60))
        again.append(time.perf_counter() - began)
    pool.close()
    rows = [("over the budget until killed", late), ("respawn and first answer", again), ("warm round trip", warm)]
    print_table(
        ["ms", "median", "p95", "max"],
        [[name, 1000 * percentile(s, 50), 1000 * percentile(s, 95), 1000 * max(s)] for name, s in rows],
    )


if __name__ == "__main__":
    main(sys.argv[1:])
