"""First-stage retrieval: MAP and MRR of BM25, of vectors and of both fused, on two public sets.

usage: python -m tests.bench.retrieval [--data FOLDER]

trec_qa (test): the candidate sentences of a question are ranked. entailmentbank task2 (test): 25 sentences a
hypothesis, of which the gold ones are wanted; as in the published figures for these sets each question ranks its own
candidates, with the term statistics of the whole set. Without the extra `dense` only BM25 is measured, and it says so.
"""

import argparse
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from curriculum.index.fusion import fused
from curriculum.index.terms import Corpus, query_terms, score, terms
from tests.bench.table import print_table

DATA: Final = Path(__file__).resolve().parents[3] / "shared/data/retrieval"
Task = tuple[str, list[str], list[bool]]
"""A query, its candidates, and which of them are wanted."""
Ranking = Callable[[str, Sequence[str]], list[int]]


def rows(path: Path) -> Iterable[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def trec_qa(folder: Path) -> list[Task]:
    asked: dict[str, Task] = {}
    for row in rows(folder / "trec_qa/pairs.jsonl.gz"):
        if row["split"] == "test":
            task = asked.setdefault(row["question"], (row["question"], [], []))
            task[1].append(row["passage"])
            task[2].append(row["label"] == 1)
    return [task for task in asked.values() if any(task[2])]


def entailmentbank(folder: Path) -> list[Task]:
    tasks = []
    for row in rows(folder / "entailmentbank/task2.jsonl.gz"):
        if row["split"] == "test":
            names, texts = list(row["sentences"]), list(row["sentences"].values())
            tasks.append((row["hypothesis"], texts, [int(name) in row["gold"] for name in names]))
    return [task for task in tasks if any(task[2])]


def by_words(tasks: Sequence[Task]) -> Ranking:
    texts = {text for _, candidates, _ in tasks for text in candidates}
    read = {text: terms(text) for text in texts}
    holding = Counter(term for held in read.values() for term in set(held))
    corpus = Corpus(len(texts), sum(map(len, read.values())), holding)

    def ranked(query: str, candidates: Sequence[str]) -> list[int]:
        wanted = query_terms(query)
        scores = [score(wanted, read[text], corpus) for text in candidates]
        return sorted(range(len(candidates)), key=lambda at: -scores[at])

    return ranked


def by_meaning(tasks: Sequence[Task]) -> Ranking:
    from curriculum.index.minilm import MiniLm

    model = MiniLm()
    texts = sorted({text for query, candidates, _ in tasks for text in (query, *candidates)})
    vectors = dict(zip(texts, model.encode(texts), strict=True))

    def ranked(query: str, candidates: Sequence[str]) -> list[int]:
        scores = [float(vectors[query] @ vectors[text]) for text in candidates]
        return sorted(range(len(candidates)), key=lambda at: -scores[at])

    return ranked


def measured(tasks: Sequence[Task], ranking: Ranking) -> tuple[float, float]:
    """Mean average precision and mean reciprocal rank."""
    precision = reciprocal = 0.0
    for query, candidates, wanted in tasks:
        hits = [rank for rank, at in enumerate(ranking(query, candidates), 1) if wanted[at]]
        precision += sum((n + 1) / rank for n, rank in enumerate(hits)) / len(hits)
        reciprocal += 1 / hits[0]
    return precision / len(tasks), reciprocal / len(tasks)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=DATA)
    folder = parser.parse_args(arguments).data
    if not folder.exists():
        print(f"no {folder}: skipped")
        return
    table: dict[str, list[object]] = defaultdict(list)
    for name, tasks in (("trec_qa test", trec_qa(folder)), ("entailmentbank task2 test", entailmentbank(folder))):
        if not tasks:
            print(f"no {name} in {folder}")
            continue
        words = by_words(tasks)
        rankings = {"BM25": words}
        try:
            meaning = by_meaning(tasks)
            rankings["vectors"] = meaning
            rankings["both"] = lambda q, c, w=words, m=meaning: [  # type: ignore[misc]
                int(at) for at in fused([str(n) for n in w(q, c)], [str(n) for n in m(q, c)])
            ]
        except ImportError as error:
            print(error)
        for kind, ranking in rankings.items():
            found = measured(tasks, ranking)
            table[f"{name} ({len(tasks)}): {kind}"] = [f"{value:.3f}" for value in found]
    print_table(("set and ranking", "MAP", "MRR"), [(name, *values) for name, values in table.items()])


if __name__ == "__main__":
    main(sys.argv[1:])
