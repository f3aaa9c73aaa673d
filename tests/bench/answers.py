"""Answers to measure on: the project's own, or labelled ones from files given on the command line."""

import gzip
import json
from pathlib import Path
from typing import NamedTuple

from tutor.demo import ANSWERS


class Answer(NamedTuple):
    question: str
    steps: list[str]


def read_answers(paths: list[str], limit: int) -> list[Answer]:
    """The first `limit` answers of every file (`.jsonl` or `.jsonl.gz`); without files those of `make demo`."""
    if not paths:
        return [Answer(a.question, a.text.split("\n")) for a in ANSWERS]
    found = []
    for path in paths:
        text = gzip.decompress(Path(path).read_bytes()) if path.endswith(".gz") else Path(path).read_bytes()
        rows = [json.loads(line) for line in text.decode().splitlines()[:limit]]
        found += [Answer(row["question"], row["steps"]) for row in rows]
    return found
