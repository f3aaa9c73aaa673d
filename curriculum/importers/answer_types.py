"""Which item a question with a written answer becomes, by what the answer is."""

import re
from typing import Any, Final

from curriculum.importers.draft import clean, flat
from curriculum.items import Expression, Item, Numeric, ShortAnswer
from curriculum.numbers import exact_number
from verifiers.expr import Text
from verifiers.notation import Unread, read

_DOLLARS: Final = re.compile(r"^\$+|\$+$")
_SYMBOL: Final = re.compile(r"[\d=+*/^√π\\<>≤≥(]|^[A-Za-z]$")


def bare(text: str) -> str:
    """An answer without the marks of mathematics around it."""
    return _DOLLARS.sub("", text.strip()).strip() if text.count("$") in (0, 2, 4) else text.strip()


def written(common: dict[str, Any], answer: str, *, formula: bool) -> Item | None:
    """Numeric where the answer is a rational number, an expression where it reads as one (and is meant as a formula),
    a short answer otherwise; None where there is no answer.
    """
    plain = flat(bare(answer))
    if not clean(answer):
        return None
    if _SYMBOL.search(plain) and len(plain) <= 200:
        if exact_number(plain) is not None:
            return Numeric(**common, value=plain)
        if formula and not isinstance(read(plain), Unread | Text):
            return Expression(**common, value=plain)
    return ShortAnswer(**common, accepted=(clean(answer),))
