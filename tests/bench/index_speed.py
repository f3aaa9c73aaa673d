"""The index on many passages: how fast it is built and asked, beside FTS5 by itself and brute force over vectors.

usage: python -m tests.bench.index_speed [--passages N] [--queries N]

Passages are synthetic: 60 words of a Zipf vocabulary, drawn with a fixed seed. All are asked the same queries in the
same run. Brute force is numpy's product of float32 vectors of 384 dimensions with one query, where numpy is installed.
"""

import argparse
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Final

from curriculum.index import Entry, SqliteIndex
from tests.bench.table import percentile, print_table

VOCABULARY: Final = 50_000
WORDS: Final = 60
DIMENSIONS: Final = 384


def passages(number: int) -> list[Entry]:
    draw = random.Random(11)
    letters = "bcdfghklmnprstv"
    vocabulary = [
        "".join(draw.choice(letters) + draw.choice("aeiou") for _ in range(3)) + str(n) for n in range(VOCABULARY)
    ]
    weights = list(accumulate(1 / (rank + 10) for rank in range(VOCABULARY)))
    texts = (" ".join(draw.choices(vocabulary, cum_weights=weights, k=WORDS)) for _ in range(number))
    return [Entry(id=f"p{n}", pack="speed", source=f"Source {n}", text=text) for n, text in enumerate(texts)]


def queries(entries: Sequence[Entry], number: int) -> list[str]:
    draw = random.Random(12)
    return [" ".join(draw.sample(draw.choice(entries).text.split(), 6)) for _ in range(number)]


def timed(ask: Callable[[str], object], asked: Sequence[str]) -> tuple[float, float]:
    """Milliseconds at the median and the 95th percentile."""
    for query in asked[:10]:
        ask(query)
    taken = []
    for query in asked:
        began = time.perf_counter()
        ask(query)
        taken.append(1_000 * (time.perf_counter() - began))
    return percentile(taken, 50), percentile(taken, 95)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=200)
    chosen = parser.parse_args(arguments)
    entries = passages(chosen.passages)
    asked = queries(entries, chosen.queries)
    rows: list[tuple[object, ...]] = []
    with tempfile.TemporaryDirectory() as folder:
        index = SqliteIndex(Path(folder) / "index.db")
        began = time.perf_counter()
        index.build(entries)
        built = len(entries) / (time.perf_counter() - began)
        rows.append(("index", f"{built:,.0f}", *timed(lambda query: index.search(query, 10), asked)))
        began = time.perf_counter()
        index.build(entries)
        print(f"a build that changes nothing: {time.perf_counter() - began:.1f} s")
        index.close()
        alone = sqlite3.connect(Path(folder) / "alone.db")
        alone.execute("CREATE VIRTUAL TABLE t USING fts5(text)")
        began = time.perf_counter()
        with alone:
            alone.executemany("INSERT INTO t VALUES (?)", ((entry.text,) for entry in entries))
        built = len(entries) / (time.perf_counter() - began)
        search = "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10"
        rows.append(
            ("FTS5 alone", f"{built:,.0f}",
             *timed(lambda query: alone.execute(search, (" OR ".join(query.split()),)).fetchall(), asked))
        )  # fmt: skip
        alone.close()
    try:
        import numpy
    except ImportError:
        print("numpy is not installed: no vectors")
    else:
        generator = numpy.random.default_rng(13)
        vectors = generator.standard_normal((len(entries), DIMENSIONS), dtype=numpy.float32)
        wanted = generator.standard_normal((DIMENSIONS,), dtype=numpy.float32)
        times = timed(lambda _: numpy.argpartition(-(vectors @ wanted), 10)[:10], asked)
        rows.append(("brute force, vectors", "", *times))
    print_table((f"{len(entries):,} passages", "built per s", "query p50 ms", "p95 ms"), rows)


if __name__ == "__main__":
    main(sys.argv[1:])
