"""Reasoning questions of past UPSC papers (CSAT): how many are formalized, how many of those solve to the keyed option.

usage: python -m tests.bench.reasoning_questions [--show] FILE.csv[.gz]

The file has the columns Paper, Passage, Question, Option A … Option D, Correct Answer, Subject, Topic, Year. A question
is formalized where at least one of its options was read, and solved where exactly one option can be right.
"""

import argparse
import csv
import gzip
import io
import sys
from collections import Counter
from pathlib import Path

from tests.bench.table import print_table
from verifiers.extraction.reasoning.questions import Posed, chosen, item_label, option_label, read_question
from verifiers.protocol import QUICK
from verifiers.registry import VERIFIERS
from verifiers.verdicts import Label

PAPER = "GS2"
SUBJECTS = ("Logical Reasoning", "Quantitative Ability")


def rows(path: Path) -> list[dict[str, str]]:
    csv.field_size_limit(10**8)
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    found = list(csv.DictReader(io.StringIO(data.decode("utf-8"))))
    return [row for row in found if row["Paper"] == PAPER and row["Subject"] in SUBJECTS]


def solve(posed: Posed) -> tuple[dict[str, Label], str]:
    labels = {
        item.label: item_label([VERIFIERS[type(formula)](formula, QUICK).label for formula in item.formulas])
        for item in posed.items
    }
    return labels, chosen(posed, labels)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--show", action="store_true", help="print every question that was formalized")
    args = parser.parse_args(arguments)
    if args.file is None or not args.file.exists():
        print("no file of questions: give the path of upscpyqs….csv[.gz]")
        return
    counts: dict[str, Counter[str]] = {}
    for row in rows(args.file):
        tally = counts.setdefault(f"{row['Subject']}: {row['Topic']}", Counter())
        tally["questions"] += 1
        question = f"{row['Passage']}\n{row['Question']}".replace("\\n", "\n").strip()
        options = [(letter, row[f"Option {letter}"]) for letter in "ABCD"]
        posed = read_question(question, options)
        if posed is None:
            continue
        key = row["Correct Answer"].strip()
        labels, answer = solve(posed)
        outcome = "open" if not answer else "as keyed" if answer == key else "otherwise"
        tally["formalized"] += 1
        tally[outcome] += 1
        if args.show or outcome == "otherwise":
            print(f"\n{row['Year']} {row['Topic']}, key {key}, found {answer or '-'} ({outcome})\n{question}")
            for option in posed.options:
                print(f"  ({option.letter}) {option.text} [{option_label(option, labels).value}]")
    names = ("questions", "formalized", "as keyed", "otherwise", "open")
    table = [[name, *(tally[n] for n in names)] for name, tally in sorted(counts.items()) if tally["formalized"]]
    total = sum(counts.values(), Counter())
    print()
    print_table(["topic", *names], [*table, ["all", *(total[n] for n in names)]])


if __name__ == "__main__":
    main(sys.argv[1:])
