"""Answers of a batch to packs: enough work to be worth the trip, little enough that nothing waits long for one."""

from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

from verifiers.cost import answer_ms
from workers.work import Answer

PACK_MS: Final = 50.0
MOST_ANSWERS: Final = 64
"""In one pack, however short: a pack is what is lost, and done again, when a worker dies."""

T = TypeVar("T")


def packs(items: Sequence[tuple[T, Answer]], ms: float = PACK_MS) -> Iterator[list[tuple[T, Answer]]]:
    """Neighbours together until `ms` of estimated work are reached; an answer that alone is more goes alone."""
    pack: list[tuple[T, Answer]] = []
    load = 0.0
    for key, answer in items:
        cost = answer_ms(answer.question, answer.steps)
        if pack and (load + cost > ms or len(pack) == MOST_ANSWERS):
            yield pack
            pack, load = [], 0.0
        pack.append((key, answer))
        load += cost
    if pack:
        yield pack
