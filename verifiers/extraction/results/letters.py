"""Arrangements of the letters of a word."""

import re
from collections import Counter
from collections.abc import Sequence
from math import factorial
from typing import Final

from verifiers.expr import Expr, num
from verifiers.extraction.results.skeleton import Skeleton
from verifiers.extraction.results.template import Template, template


def _arranged(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    del skeleton
    word = match["word"]
    count = factorial(len(word))
    for repeated in Counter(word).values():
        count //= factorial(repeated)
    return num(count) if 2 <= len(word) <= 20 else None


PHRASES: Final[Sequence[Template]] = (
    template(
        "letters",
        r"how many (?:different |distinct |unique )*(?:arrangements|permutations|orderings|ways to arrange"
        r"|ways can) ?(?:of |are there of )?(?:you arrange )?(?:all )?(?:the )?letters (?:in|of) (?:the )?"
        r"(?:word )?['\"“‘]?(?P<word>[a-z]{2,20})['\"”’]?(?: are there| be arranged)?",
        _arranged,
    ),
)

