"""What comparing two answers costs, beside Math-Verify on the same pairs in the same run.

usage: python -m tests.bench.compare_speed [PAIRS.jsonl ...]

PAIRS hold `gold` and `pred`; without any the table `tests/cases/compare.json` is used. All are warmed up, then
take turns block by block. Pramana is measured twice: with its sandbox process, as `pramana compare`
runs it, and within the process, as Math-Verify runs.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from tests.bench.table import percentile, print_table

CASES = Path(__file__).parents[1] / "cases" / "compare.json"
WARM_UP = 20
BLOCK = 25
"""Pairs that one side compares before the next has its turn: all meet the same load, none a cold cache each time."""
MEDIAN_AIM, P95_AIM = 4, 3
Pair = tuple[str, str]


def read_pairs(paths: Sequence[str]) -> list[Pair]:
    """Gold and pred of JSON lines files, or of our own cases."""
    if not paths:
        return [(row["gold"], row["pred"]) for row in json.loads(CASES.read_text(encoding="utf-8"))]
    lines = [line for path in paths for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]
    return [(row["gold"], row["pred"]) for row in map(json.loads, lines)]


@cache
def math_verify() -> Callable[[str, str], object]:
    """Parse both, then verify, as Math-Verify's own documentation does."""
    from math_verify import parse, verify

    return lambda gold, pred: verify(parse(gold), parse(pred))


def seconds_of(compare: Callable[[str, str], object], pair: Pair) -> float:
    began = time.perf_counter()
    compare(*pair)
    return time.perf_counter() - began


def math_verify_seconds(pairs: Sequence[Pair] = ()) -> list[float]:
    """Seconds of each comparison by Math-Verify, warm."""
    pairs = pairs or read_pairs(())
    compare = math_verify()
    for pair in pairs[:WARM_UP]:
        compare(*pair)
    return [seconds_of(compare, pair) for pair in pairs]


def main(arguments: list[str]) -> None:
    from verifiers.check import decide
    from verifiers.checker import Checker
    from verifiers.comparison import CompareOptions, compare_with
    from verifiers.protocol import QUICK

    parser = argparse.ArgumentParser()
    parser.add_argument("pairs", nargs="*")
    pairs = read_pairs(parser.parse_args(arguments).pairs)
    options = CompareOptions()
    with Checker() as checker:
        sides: dict[str, Callable[[str, str], object]] = {
            "Math-Verify": math_verify(),
            "Pramana, sandboxed": lambda gold, pred: checker.compare(gold, pred, options),
            "Pramana, in the process": lambda gold, pred: compare_with(
                gold, pred, options, lambda formula: decide(formula, QUICK)
            ),
        }
        for compare in sides.values():
            for pair in pairs[:WARM_UP]:
                compare(*pair)
        seconds: dict[str, list[float]] = {name: [] for name in sides}
        for start in range(0, len(pairs), BLOCK):
            for name, compare in sides.items():
                seconds[name] += [seconds_of(compare, pair) for pair in pairs[start : start + BLOCK]]
    base = seconds["Math-Verify"]
    rows = []
    for name, found in seconds.items():
        half, tail = percentile(found, 50), percentile(found, 95)
        rows.append(
            [
                name,
                1000 * half,
                1000 * tail,
                1000 * max(found),
                percentile(base, 50) / half,
                percentile(base, 95) / tail,
            ]
        )
    header = [f"{len(pairs)} pairs", "median ms", "p95 ms", "max ms", "times faster: median", "p95"]
    print_table(header, rows)
    print(f"aim: median {MEDIAN_AIM} times, 95th percentile {P95_AIM} times")


if __name__ == "__main__":
    main(sys.argv[1:])
