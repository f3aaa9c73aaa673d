"""Answers a second through `pramana check --jsonl` with one process and with two.

usage: python -m tests.bench.throughput [--limit N] [ANSWERS.jsonl.gz ...]
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.answers import read_answers
from tests.bench.table import print_table

COMMAND = str(Path(sys.executable).parent / "pramana")


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("answers", nargs="*")
    parser.add_argument("--limit", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args(arguments)
    answers = read_answers(args.answers, args.limit)
    answers = answers * max(1, args.limit // len(answers))
    lines = [json.dumps({"id": n, "question": a.question, "steps": a.steps}) for n, a in enumerate(answers)]
    start = min(_seconds(1, []) for _ in range(args.rounds))
    rates = {count: max(len(lines) / (_seconds(count, lines) - start) for _ in range(args.rounds)) for count in (1, 2)}
    print_table(
        ["processes", "answers/s", "times one"],
        [[count, rate, rate / rates[1]] for count, rate in rates.items()],
    )
    print(f"{len(lines)} answers, best of {args.rounds} rounds, without the {start:.1f} s that an empty run takes")


def _seconds(processes: int, lines: list[str]) -> float:
    """An empty run still checks one trivial answer, so that starting the processes is in it."""
    text = "\n".join(lines or ['{"id": 0, "answer": "1 + 1 = 2"}'] * processes) + "\n"
    began = time.perf_counter()
    command = [COMMAND, "check", "--jsonl", "-p", str(processes)]
    subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main(sys.argv[1:])
