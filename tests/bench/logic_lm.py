"""Logic programs that language models wrote, run by our entailment checks, beside the published figures.

usage: python -m tests.bench.logic_lm [--data FOLDER] [--task TASK] [--show]

executed = programs read whole and decided ÷ all; right = answers that equal the gold one ÷ all.
"""

import argparse
import gzip
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from tests.bench.dialects import csp, rules, z3like
from tests.bench.dialects.lines import DialectError
from tests.bench.table import print_table
from verifiers.check import decide
from verifiers.claims import Deduction
from verifiers.expr import Apply
from verifiers.logic import Problem, Statement
from verifiers.protocol import QUICK
from verifiers.verdicts import Label, Reason

DATA: Final = Path(__file__).resolve().parents[3] / "shared/data/logic/logic_lm/outputs/logic_programs"
MODELS: Final = ("text-davinci-003", "gpt-3.5-turbo", "gpt-4")


def follows(problem: Problem, conclusion: Statement) -> bool | None:
    """Whether it follows; None where that stays undecided for want of resources."""
    verdict = decide(Deduction(problem=problem, conclusion=conclusion), QUICK)
    if verdict.label is Label.UNDECIDED and verdict.reason is not Reason.NOT_ENTAILED:
        return None
    return verdict.label is Label.SUPPORTED


def open_world(program: str) -> str | None:
    """A for true, B for false, C for what neither follows."""
    read = rules.read(program)
    so, not_so = follows(read.problem, read.query), follows(read.problem, read.opposite)
    if so is None or not_so is None:
        return None
    return "A" if so else "B" if not_so else "C"


def closed_world(program: str) -> str | None:
    read = rules.read(program)
    so = follows(read.problem, read.query)
    return None if so is None else "A" if so else "B"


def arrangement(program: str) -> str | None:
    """The one option that follows."""
    read = csp.read(program)
    held = [(letter, follows(read.problem, statement)) for letter, statement in read.options]
    return only(held)


def possible(problem: Problem, statement: Statement) -> bool | None:
    verdict = decide(Deduction(problem=problem, conclusion=statement, modality="can"), QUICK)
    return None if verdict.label is Label.UNDECIDED else verdict.label is Label.SUPPORTED


def analytical(program: str) -> str | None:
    """The one option that the question's test picks."""
    read = z3like.read(program)
    held: list[tuple[str, bool | None]] = []
    for option in read.options:
        first = option.sentences[0]
        if option.question == "valid":
            truth = follows(read.problem, first)
        elif option.question == "accurate_list":
            sentences = tuple(s.sentence for s in option.sentences)
            one = Statement(sentences[0] if len(sentences) == 1 else Apply("or", sentences))
            each = [possible(read.problem, s) for s in option.sentences]
            covered = follows(read.problem, one)
            truth = None if covered is None or None in each else covered and all(each)
        else:
            truth = possible(read.problem, first)
            truth = truth if truth is None or option.question == "sat" else not truth
        held.append((option.letter, truth if truth is None else truth is not option.exception))
    return only(held)


def only(held: list[tuple[str, bool | None]]) -> str | None:
    """The letter of the one option that holds."""
    if any(truth is None for _, truth in held):
        return None
    letters = [letter for letter, truth in held if truth]
    return letters[0] if len(letters) == 1 else "none" if not letters else "several"


TASKS: Final[dict[str, Callable[[str], str | None]]] = {
    "ProofWriter": open_world,
    "ProntoQA": closed_world,
    "LogicalDeduction": arrangement,
    "AR-LSAT": analytical,
}


def programs(folder: Path, task: str, model: str) -> list[dict[str, Any]]:
    path = folder / f"{task}_dev_{model}.json"
    if path.exists():
        rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        return rows
    with gzip.open(path.with_suffix(".json.gz"), "rt", encoding="utf-8") as file:
        zipped: list[dict[str, Any]] = json.load(file)
        return zipped


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--task", choices=TASKS)
    parser.add_argument("--show", action="store_true", help="list malformed programs with the place of the fault")
    parser.add_argument("--limit", type=int)
    args = parser.parse_args(arguments)
    if not args.data.is_dir():
        print(f"skipped: no folder {args.data}")
        return
    table = []
    for task in [args.task] if args.task else TASKS:
        for model in MODELS:
            rows = programs(args.data, task, model)[: args.limit]
            executed = right = 0
            for row in rows:
                try:
                    answer = TASKS[task](row["raw_logic_programs"][0])
                except DialectError as error:
                    if args.show:
                        print(f"{task} {model} {row['id']}: {error.place}")
                    continue
                executed += answer is not None
                right += answer == row["answer"]
                if args.show and answer != row["answer"]:
                    print(f"{task} {model} {row['id']}: {answer}, gold {row['answer']}")
            shares = [100 * part / len(rows) for part in (executed, right)]
            table.append([f"{task} {model}", len(rows), *shares, 100 * right / executed if executed else 0.0])
    print_table(["", "programs", "executed %", "right %", "right of executed %"], table)


if __name__ == "__main__":
    main(sys.argv[1:])
