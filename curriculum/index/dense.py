"""Vectors of passages in one memory-mapped file, searched exactly: every vector is compared with the query's.

Optional: numpy comes with the extra `dense`, and a model with an `Embedder`. Vectors only order passages; nothing is
supported or refuted by them.
"""

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

from curriculum.index.entries import Entry

_MANIFEST: Final = "vectors.json"
_BATCH: Final = 512


class Embedder(Protocol):
    @property
    def name(self) -> str:
        """The model, with its version: vectors of another are not reused."""
        ...

    def encode(self, texts: Sequence[str]) -> Any:
        """Unit vectors, float32 of shape (B, D)."""
        ...


class DenseIndex:
    """Vectors as float16 of shape (N, D) beside a list of ids. The list names the file of its vectors, and is put in
    place last and whole, so that a build that dies leaves the old one.

    Raises:
        ImportError: numpy is not installed.
    """

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        import numpy

        self._np = numpy
        self._folder = folder
        self._embedder = embedder
        folder.mkdir(parents=True, exist_ok=True)
        self._ids: list[str] = []
        self._digests: list[str] = []
        self._vectors: Any = None
        self._stamp = ""
        self._refresh()

    def build(self, entries: Iterable[Entry]) -> int:
        """Makes it hold just these; only what is new or changed is encoded. Says how many were."""
        np = self._np
        self._refresh()
        old = dict(zip(self._digests, range(len(self._ids)), strict=True))
        wanted = [(entry.id, entry.digest.hex(), entry) for entry in entries]
        fresh = [(at, entry) for at, (_, digest, entry) in enumerate(wanted) if digest not in old]
        made: dict[int, Any] = {}
        for first in range(0, len(fresh), _BATCH):
            some = fresh[first : first + _BATCH]
            encoded = self._embedder.encode([f"{entry.title}. {entry.text}".lstrip(". ") for _, entry in some])
            made.update((at, encoded[row]) for row, (at, _) in enumerate(some))
        rows = [made[at] if at in made else self._vectors[old[digest]] for at, (_, digest, _) in enumerate(wanted)]
        stacked = np.asarray(rows, dtype=np.float16) if rows else np.zeros((0, 1), dtype=np.float16)
        self._put(stacked, [name for name, _, _ in wanted], [digest for _, digest, _ in wanted])
        return len(fresh)

    def ranked(self, query: str, limit: int) -> list[str]:
        """Ids by cosine with the query, best first."""
        self._refresh()
        if self._vectors is None or not len(self._ids):
            return []
        return [name for name, _ in self.scored(self._embedder.encode([query])[0], limit)]

    def scored(self, vector: Any, limit: int, block: int = 65_536) -> list[tuple[str, float]]:
        """Ids and cosines of a unit vector of shape (D,)."""
        np = self._np
        asked = np.asarray(vector, dtype=np.float32)
        parts = [self._vectors[at : at + block].astype(np.float32) @ asked for at in range(0, len(self._ids), block)]
        scores = np.concatenate(parts)
        best = np.argpartition(-scores, min(limit, len(scores) - 1))[:limit]
        order = sorted(best.tolist(), key=lambda at: (-float(scores[at]), self._ids[at]))
        return [(self._ids[at], float(scores[at])) for at in order]

    def _put(self, vectors: Any, ids: list[str], digests: list[str]) -> None:
        np = self._np
        name = f"vectors-{os.getpid()}-{os.urandom(6).hex()}.npy"
        np.save(self._folder / name, vectors)
        manifest = {"model": self._embedder.name, "file": name, "ids": ids, "digests": digests}
        half = self._folder / f"{name}.json"
        half.write_text(json.dumps(manifest), encoding="utf-8")
        half.replace(self._folder / _MANIFEST)
        for other in self._folder.glob("vectors-*.npy"):
            if other.name != name:
                other.unlink(missing_ok=True)
        self._refresh()

    def _refresh(self) -> None:
        """Takes up what another process has built."""
        path = self._folder / _MANIFEST
        try:
            stamp = str(path.stat().st_mtime_ns)
            if stamp == self._stamp:
                return
            manifest = json.loads(path.read_text(encoding="utf-8"))
            vectors = self._np.load(self._folder / manifest["file"], mmap_mode="r")
        except FileNotFoundError:
            return
        self._stamp = stamp
        if manifest["model"] != self._embedder.name:
            self._ids, self._digests, self._vectors = [], [], None
            return
        self._ids, self._digests, self._vectors = manifest["ids"], manifest["digests"], vectors
