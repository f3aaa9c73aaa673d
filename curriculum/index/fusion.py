"""Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009): ranks are added, never scores of different kinds."""

from collections.abc import Sequence
from typing import Final

K: Final = 60


def fused(*rankings: Sequence[str], k: int = K) -> list[str]:
    """Ids by the sum of 1 / (k + rank) over the rankings they are in, best first; equal ones as first met."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, name in enumerate(ranking, 1):
            scores[name] = scores.get(name, 0.0) + 1 / (k + rank)
    return sorted(scores, key=lambda name: -scores[name])
