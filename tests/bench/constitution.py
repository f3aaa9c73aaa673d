"""Statements about the Constitution of India: decided right, decided wrong, left open; and the right article quoted.

usage: python -m tests.bench.constitution [--data FOLDER] [--show LABEL] [--questions FILE] [--passages N]

The statements are made by rule (`constitution_statements.py`). A third of the wordings, fixed before the checker was
written, is held out; both parts are reported. Passages come from a fresh SQLite index of the articles, by BM25.
`--show wrong|undecided|elsewhere` prints those statements with the verdict (`elsewhere`: right, but another article is
quoted); `--questions` prints what the checker says of each
option of UPSC's questions that cite an article number.
"""

import argparse
import csv
import gzip
import io
import json
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from curriculum.index import Entry, IndexEvidence, SqliteIndex
from tests.bench.constitution_statements import Statement, statements
from tests.bench.table import print_table
from verifiers.check import decide
from verifiers.claims import Fact
from verifiers.protocol import QUICK
from verifiers.verdicts import Label, Verdict

SHARED: Final = Path(__file__).resolve().parents[3] / "shared/data/curriculum"
_TRUTH: Final = {Label.SUPPORTED: True, Label.REFUTED: False}


def entries(articles: list[dict[str, Any]]) -> Iterator[Entry]:
    for number, article in enumerate(articles):
        named = "Preamble" if article["article"] == 0 else f"Article {article['article']}"
        yield Entry(
            id=f"{number}", pack="constitution", source=f"Constitution of India, {named}",
            title=str(article["title"]).strip(), text=str(article["description"]),
        )  # fmt: skip


def judged(statement: Statement, verdict: Verdict) -> str:
    truth = _TRUTH.get(verdict.label)
    return "undecided" if truth is None else "right" if truth is statement.true else "wrong"


def quotes_right(statement: Statement, verdict: Verdict) -> bool:
    quotes = verdict.evidence.quotes if verdict.evidence else ()
    return any(quote.source.removeprefix("Constitution of India, Article ") in statement.articles for quote in quotes)


def told(verdict: Verdict) -> str:
    why = verdict.evidence.text if verdict.evidence else verdict.detail
    return f"{verdict.label.value} ({verdict.reason.value}): {why}"


def measure(made: list[Statement], source: IndexEvidence, passages: int, show: str) -> None:
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for statement in made:
        brought = tuple(source.passages(statement.text, passages))
        verdict = decide(Fact(statement=statement.text, passages=brought), QUICK)
        outcome = judged(statement, verdict)
        part = "held out" if statement.held else "tune"
        for key in ((part, "all"), (part, statement.kind)):
            counts[key][outcome] += 1
            counts[key]["quoted"] += outcome == "right" and quotes_right(statement, verdict)
        if outcome == show or (show == "elsewhere" and outcome == "right" and not quotes_right(statement, verdict)):
            print(f"{outcome} [{part}, {statement.kind}, {statement.true}] {statement.text}\n    {told(verdict)}")
    rows = []
    for (part, kind), count in sorted(counts.items(), key=lambda item: (item[0][0], item[0][1] != "all", item[0][1])):
        total = count["right"] + count["wrong"] + count["undecided"]
        quoted = f"{count['quoted'] / count['right']:.1%}" if count["right"] else ""
        rows.append((f"{part}: {kind}", total, f"{count['right'] / total:.1%}", f"{count['wrong'] / total:.1%}",
                     f"{count['undecided'] / total:.1%}", quoted))  # fmt: skip
    print_table(("statements", "number", "right", "wrong", "undecided", "right article quoted"), rows)


_CITED: Final = re.compile(r"\bArticle\s+\d+[A-Z]*\b")
_LETTERS: Final = "abcd"


def questions(path: Path, source: IndexEvidence, passages: int) -> None:
    """One line for each option that is read as a statement with its question's stem or stands as one by itself."""
    with gzip.open(path, "rt", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(io.StringIO(file.read())))
    seen: Counter[str] = Counter()
    for row in rows:
        question = row["Question"].strip()
        options = [row[name].strip() for name in row if name.lower().startswith("option")]
        if not _CITED.search(" ".join([question, *options])):
            continue
        print(f"\n[{row.get('Year', '')}] {' '.join(question.split())[:300]}  (key: {row['Correct Answer']})")
        for letter, option in zip(_LETTERS, options, strict=False):
            statement = as_statement(question, option)
            verdict = decide(Fact(statement=statement, passages=tuple(source.passages(statement, passages))), QUICK)
            keyed = row["Correct Answer"].strip().lower().startswith(letter)
            seen[f"{verdict.label.value}, {'the key' if keyed else 'no key'}"] += 1
            print(f"  ({letter}) {' '.join(option.split())[:100]} -> {told(verdict)[:150]}")
    print()
    print_table(("verdict on an option", "number"), sorted(seen.items()))


_BLANK: Final = re.compile(
    r"(?:in|under|by|through)?\s*which (?:one )?(?:of the (?:following )?)?Articles?"
    r"(?: of the Constitution(?: of India)?)?",
    re.IGNORECASE,
)


def as_statement(question: str, option: str) -> str:
    """The stem with the option in its gap, where the stem has one; else the two after each other, or the option."""
    stem = " ".join(question.split()).rstrip("?:. ")
    gap = _BLANK.search(stem)
    if gap is not None and re.fullmatch(r"(?:Article )?\d+[A-Z]?", option.strip()):
        named = option if option.startswith("Article") else f"Article {option}"
        return f"{stem[: gap.start()]} under {named} {stem[gap.end() :]}.".strip()
    if stem.endswith(("to", "is", "by", "the", "that", "of", "with", "in", "under")):
        return f"{stem} {option}"
    return option if len(option.split()) > 4 else f"{stem} {option}"


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=SHARED / "constitution_of_india")
    parser.add_argument("--show", choices=("wrong", "undecided", "elsewhere"), default="")
    parser.add_argument("--questions", type=Path, nargs="?", const=SHARED / "upsc/upscpyqs_to_2021.csv.gz")
    parser.add_argument("--passages", type=int, default=10)
    chosen = parser.parse_args(arguments)
    path = chosen.data / "constitution_of_india.json"
    if not path.exists():
        print(f"no {path}: skipped")
        return
    articles = json.loads(path.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        index = SqliteIndex(Path(folder) / "index.db")
        index.build(entries(articles))
        source = IndexEvidence(index)
        if chosen.questions is not None:
            questions(chosen.questions, source, chosen.passages)
        else:
            measure(statements(articles), source, chosen.passages, chosen.show)
        index.close()


if __name__ == "__main__":
    main(sys.argv[1:])
