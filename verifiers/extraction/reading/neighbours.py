"""Formulas that go on outside their delimiters, and dashes that open the items of a list."""

import re
from typing import Final

import msgspec

from verifiers.extraction.reading.chains import Piece

_SIGNS: Final = frozenset("×*/·÷^-+−")
_OPERATOR_BEFORE: Final = re.compile(r"(?:[×*/·÷^]|[\w)$]\s*[-+−])$")
_OPERATOR_AFTER: Final = re.compile(r"\s*(?:[×*/·÷^+%]|\\%|-\s*[\d$\\])")
_MOST_ITEMS: Final = 12


def cut_by_neighbours(text: str, start: int, end: int, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """A delimited formula (`start:end`, delimiters included) that goes on outside its delimiters, "coins × $1 = 2$",
    loses the term that is not whole.
    """
    if not pieces:
        return pieces
    first = pieces[0]
    before = text[max(0, start - 6) : start].rstrip()
    if before[-1:] in _SIGNS and _OPERATOR_BEFORE.search(before) and not _opens_item(text, start):
        term = msgspec.structs.replace(first.terms[0], expr=None, problem="cut")
        pieces = (msgspec.structs.replace(first, terms=(term, *first.terms[1:])), *pieces[1:])
    after = _OPERATOR_AFTER.match(text, end, end + 6)
    if after and not ("\n" in after.group() and _opens_item(text, after.end())):
        last = pieces[-1]
        term = msgspec.structs.replace(last.terms[-1], expr=None, problem="cut")
        pieces = (*pieces[:-1], msgspec.structs.replace(last, terms=(*last.terms[:-1], term)))
    return pieces


def _opens_item(text: str, place: int) -> bool:
    """Whether the line of the place is an item of a list: it begins with a dash or star, and above the first such line
    a sentence ends or goes on in words. Below a formula the sign may be an operator.
    """
    line = text.rfind("\n", 0, place) + 1
    sign = text[line:].lstrip()[:2]
    if sign not in ("- ", "* ", "− "):
        return False
    for _ in range(_MOST_ITEMS):
        if line == 0:
            return True
        previous = text.rfind("\n", 0, line - 1) + 1
        above = text[previous : line - 1].strip()
        if not above.startswith(sign):
            return not above or above[-1] in ":.,;?!*" or (above[-1].isalpha() and above[-2:-1].isalpha())
        line = previous
    return False
