"""What checking a whole answer costs, in comparisons of Math-Verify on the same machine in the same run.

usage: python -m tests.bench.answer_speed [--limit N] [ANSWERS.jsonl.gz ...]
"""

import argparse
import sys
import time

from tests.bench.answers import read_answers
from tests.bench.compare_speed import math_verify_seconds
from tests.bench.table import percentile, print_table
from verifiers.checker import Checker


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("answers", nargs="*")
    parser.add_argument("--limit", type=int, default=200)
    args = parser.parse_args(arguments)
    answers = read_answers(args.answers, args.limit)
    seconds = []
    with Checker() as checker:
        for answer in answers[:5]:
            checker.check_answer(answer.question, answer.steps)
        for answer in answers:
            began = time.perf_counter()
            checker.check_answer(answer.question, answer.steps)
            seconds.append(time.perf_counter() - began)
    peer = math_verify_seconds()
    unit = percentile(peer, 50)
    print_table(
        ["", "median ms", "p95 ms", "median in comparisons"],
        [
            ["Math-Verify, one comparison", 1000 * unit, 1000 * percentile(peer, 95), 1.0],
            [
                f"Pramana, a whole answer ({len(answers)})",
                1000 * percentile(seconds, 50),
                1000 * percentile(seconds, 95),
                percentile(seconds, 50) / unit,
            ],
        ],
    )


if __name__ == "__main__":
    main(sys.argv[1:])
