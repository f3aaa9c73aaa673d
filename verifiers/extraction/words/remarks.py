"""True sentences about an answer that give ground for doubt: loose ends, detours, values that do not come out.

Each rule is kept because it is said of many more wrong than right answers; none of them shows an error.
"""

from collections.abc import Callable, Iterator
from typing import Final

from verifiers.extraction.document import Document
from verifiers.extraction.words.detours import multiplied_twice, repeated_sum, round_trip, undone_sum
from verifiers.extraction.words.flow import Flow
from verifiers.extraction.words.odd_values import (
    broken_count,
    comes_to_nothing,
    other_unit,
    taken_from_less,
    uncomputed_result,
    uneven_result,
)
from verifiers.extraction.words.unused import unused_intermediate, unused_relation, unused_share
from verifiers.verdicts import Remark

_MOST: Final = 200

RULES: Final[tuple[Callable[[Document, Flow], Iterator[Remark]], ...]] = (
    unused_intermediate, unused_relation, unused_share, repeated_sum, round_trip, undone_sum, multiplied_twice,
    broken_count, uneven_result, taken_from_less, comes_to_nothing, other_unit, uncomputed_result,
)  # fmt: skip


def remarks(document: Document, flow: Flow) -> Iterator[Remark]:
    """All remarks of an answer, rule by rule; none of one with more sums than a word problem has."""
    if len(flow.computations) > _MOST:
        return
    for rule in RULES:
        yield from rule(document, flow)
