"""FOLIO: how many formulas are read, and whether the verdict on a conclusion is the gold one.

usage: python -m tests.bench.folio [--data FOLDER] [--show]

A row counts as parsed where all its premises are; a row with a conclusion agrees where the verdict on it is the label,
and one that cannot be read disagrees. `--show` lists every malformed or mended formula with its place, and every
disagreement with what the premises allow.
"""

import argparse
import gzip
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from tests.bench.table import print_table
from verifiers.check import decide
from verifiers.claims import Deduction
from verifiers.logic import LogicError, Statement, untyped
from verifiers.logic.notation import Fault, mend_sentence
from verifiers.protocol import QUICK

DATA: Final = Path(__file__).resolve().parents[3] / "shared/data/logic/folio"
LABELS: Final = {"True": "proved", "False": "contradicts", "Uncertain": "not_entailed", "Unknown": "not_entailed"}


def statements(formulas: Sequence[str], words: Sequence[str], notes: list[str]) -> list[Statement] | None:
    """The sentences, or None where one cannot be read; empty formulas are no sentences."""
    read: list[Statement] = []
    whole = True
    for at, formula in enumerate(formulas):
        if not formula.strip():
            continue
        sentence = mend_sentence(formula)
        if isinstance(sentence, Fault):
            notes.append(f"malformed: {sentence}: {formula.strip()}")
            whole = False
            continue
        notes.extend(f"mended: {fault}: {formula.strip()}" for fault in sentence.mended)
        read.append(Statement(sentence.expr, words[at] if at < len(words) else formula))
    return read if whole else None


def parsed(rows: Sequence[dict[str, Any]], show: bool) -> int:
    """Rows whose premises are all read and have one meaning each."""
    count = 0
    for number, row in enumerate(rows, 1):
        notes: list[str] = []
        premises = statements(row["premises-FOL"], row["premises"], notes)
        if premises is not None:
            try:
                untyped(premises)
                count += 1
            except LogicError as error:
                notes.append(f"without meaning: {error}")
        if show:
            for note in notes:
                print(f"row {number}: {note}")
    return count


def verdict(row: dict[str, Any]) -> tuple[str, str]:
    """Reason and explanation of the verdict on a row's conclusion."""
    notes: list[str] = []
    words = [*row["premises"], row["conclusion"]]
    read = statements([*row["premises-FOL"], row["conclusion-FOL"]], words, notes)
    if read is None:
        return "malformed", notes[0]
    try:
        problem, (conclusion,) = untyped(read[:-1], read[-1])
    except LogicError as error:
        return "malformed", str(error)
    found = decide(Deduction(problem=problem, conclusion=conclusion), QUICK)
    return found.reason.value, found.evidence.text if found.evidence else found.detail


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args(arguments)
    if not args.data.is_dir():
        print(f"skipped: no folder {args.data}")
        return
    with gzip.open(args.data / "folio-train.jsonl.gz", "rt", encoding="utf-8") as file:
        train = [json.loads(line) for line in file]
    concluded = [json.loads(line) for line in (args.data / "folio-with-conclusions.jsonl").open(encoding="utf-8")]
    count = parsed(train, args.show)
    agreed = 0
    for number, row in enumerate(concluded, 1):
        reason, why = verdict(row)
        agreed += reason == LABELS[row["label"]]
        if args.show and reason != LABELS[row["label"]]:
            print(f"conclusion {number}: gold {row['label']}, found {reason}: {row['conclusion']} | {why}")
    print_table(
        ["", "rows", "of them", "%"],
        [
            ["train: all premises parsed", len(train), count, 100 * count / len(train)],
            ["with conclusion: verdict is the label", len(concluded), agreed, 100 * agreed / len(concluded)],
        ],
    )


if __name__ == "__main__":
    main(sys.argv[1:])
