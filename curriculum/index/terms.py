"""Text to the terms it is indexed by, and BM25 over them: one analysis and one score for every kind of index.

BM25 with k1 = 0.9 and b = 0.4 (Robertson and Zaragoza 2009; the parameters are those of the Anserini baselines).
FTS5's own `bm25()` fixes k1 = 1.2 and b = 0.75, so it picks the candidates and this scores them.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

import msgspec

from curriculum.index.entries import Entry
from verifiers.facts.lexicon import lemma, words

K1: Final = 0.9
B: Final = 0.4
CANDIDATES: Final = 100
"""Least number of candidates that are scored for a query."""
MOST_TERMS: Final = 64
"""Terms of a query that are looked up."""
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_STOP: Final = frozenset(
    words(
        "a an the of to in on at by for with from as and or is are was were be been it its this that these those which"
        " who whom what when where how has have had do does did no any such shall may will would can could"
    )
)


@lru_cache(maxsize=200_000)
def _term(word: str) -> str:
    low = word.lower().replace("’", "'").removesuffix("'s")
    return "" if low in _STOP else lemma(low).replace("'", "")


def terms(text: str) -> list[str]:
    """Terms in order, stop words left out."""
    return [term for word in _WORD.findall(text) if (term := _term(word))]


def entry_terms(entry: Entry) -> list[str]:
    """What an entry is found by; its title counts twice."""
    title = terms(entry.title)
    return [*terms(entry.source), *title, *title, *terms(entry.text)]


def query_terms(query: str) -> list[str]:
    """The distinct terms of a query."""
    return list(dict.fromkeys(terms(query[:4_000])))[:MOST_TERMS]


class Corpus(msgspec.Struct, frozen=True):
    """What scoring needs to know of all entries."""

    count: int
    length: int
    """Terms of all entries together."""
    holding: Mapping[str, int]
    """Entries that hold a term, for the terms of the query."""


def score(wanted: Sequence[str], held: Iterable[str], corpus: Corpus) -> float:
    """BM25 of one entry."""
    counts = Counter(held)
    length = sum(counts.values())
    norm = K1 * (1 - B + B * length * corpus.count / max(1, corpus.length))
    total = 0.0
    for term in wanted:
        if count := counts[term]:
            holding = corpus.holding.get(term, 0)
            weight = math.log(1 + (corpus.count - holding + 0.5) / (holding + 0.5))
            total += weight * count * (K1 + 1) / (count + norm)
    return total
