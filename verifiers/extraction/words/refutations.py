"""Claims of a word problem that its own question can contradict, rule by rule.

Claims that fit the question come out of the same rules and are supported; nothing here says which it is.
"""

from collections.abc import Callable, Iterator
from typing import Final

from verifiers.claims import Claim
from verifiers.extraction.document import Document
from verifiers.extraction.words.counts import count_claims
from verifiers.extraction.words.flow import Flow
from verifiers.extraction.words.mixed_units import unit_claims
from verifiers.extraction.words.outcomes import outcome_claims
from verifiers.extraction.words.stated import given_claims, relation_claims

RULES: Final[tuple[Callable[[Document, Flow], Iterator[Claim]], ...]] = (
    relation_claims, given_claims, count_claims, unit_claims, outcome_claims,
)  # fmt: skip


def claims(document: Document, flow: Flow) -> Iterator[Claim]:
    """All claims of an answer, rule by rule."""
    for rule in RULES:
        yield from rule(document, flow)
