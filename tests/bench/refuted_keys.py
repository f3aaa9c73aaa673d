"""Keys of a collection of questions that the verifiers refute, each with its witness.

    python -m tests.bench.refuted_keys FORMAT FILE [--limit N] [--out FOUND.jsonl]

FORMAT is one of the importers'. FILE may be gzipped. A refuted key is a finding to read, not yet an error of the
collection: the question may mean something that the verifiers do not read.
"""

import argparse
import gzip
import json
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from curriculum.importers import IMPORTERS
from curriculum.items import Item
from curriculum.proofs import ItemProof, Prover, coverage
from tests.bench.table import print_table
from verifiers import Checker


def read(path: Path) -> str:
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("format", choices=sorted(IMPORTERS))
    parser.add_argument("file", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args(arguments)
    draft = IMPORTERS[asked.format](read(asked.file), asked.file.name)
    items = draft.items[: asked.limit]
    start = time.perf_counter()
    with Checker() as checker, ThreadPoolExecutor(checker.size) as threads:
        prover = Prover(check=lambda question, answer: checker.check_answer(question, [answer]))
        proofs = list(threads.map(prover.prove, items))
    report(items, proofs, len(draft.left_out), time.perf_counter() - start)
    found = [row for item, proof in zip(items, proofs, strict=True) for row in rows(item, proof)]
    for row in found:
        print(json.dumps(row, ensure_ascii=False, indent=1))
    if asked.out:
        asked.out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found), encoding="utf-8")


def report(items: tuple[Item, ...], proofs: list[ItemProof], left_out: int, seconds: float) -> None:
    found = coverage(proofs)
    why = Counter(one.why.partition(":")[0] for proof in proofs for one in proof.keys if one.status == "unproved")
    print_table(
        ("items", "number"),
        [
            ("read", found.items),
            ("left out by the importer", left_out),
            ("key proved", found.key_proved),
            ("key proved and all options refuted", found.complete),
            ("key refuted or another option proved", found.wrong),
            ("seconds", seconds),
        ],
    )
    print_table(("why a key is not proved", "number"), why.most_common(12))


def rows(item: Item, proof: ItemProof) -> list[dict[str, str]]:
    parts = {f"part {n}": part.stem for n, part in enumerate(getattr(item, "parts", ()), 1)}
    return [
        {
            "id": item.id,
            "question": f"{item.context} {item.stem} {parts.get(one.what.partition(',')[0], '')}".strip(),
            "what": one.what,
            "answer": one.text,
            "status": one.status,
            "why": one.why,
        }
        for one in proof.wrong
    ]


if __name__ == "__main__":
    main(sys.argv[1:])
