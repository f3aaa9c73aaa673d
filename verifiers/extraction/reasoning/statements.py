"""Numbered statements of a question that are mathematics by themselves: "1. 91 is a prime number. 2. 15% of 200 is 30.
How many of the above statements are correct?"

A statement is read where one claim covers all of it; what holds a letter is not, but as an identity where nothing else
is given.
"""

import re
from collections.abc import Iterator
from typing import Final

from verifiers.claims import Claim, Formula, Identity, Stated
from verifiers.expr import free_symbols
from verifiers.extraction import prose
from verifiers.extraction.document import Document
from verifiers.extraction.formulas import evaluations, links
from verifiers.extraction.reading.reader import read_document
from verifiers.extraction.reasoning.arguments import denied
from verifiers.extraction.reasoning.choices import STATED
from verifiers.extraction.reasoning.options import Item, Posed, of_numbered
from verifiers.extraction.reasoning.posed import Question

_LONGEST: Final = 200
_FILLING: Final = re.compile(r"(?:the|a|an|number|value|of|that|we have|it is|\W)*", re.IGNORECASE)


def posed_statements(parts: Question) -> Posed | None:
    """The statements to be judged that can be, each by itself."""
    if not parts.judged:
        return None
    alone = not parts.statements
    read = ((c, _closed(c.text, alone=alone)) for c in parts.conclusions)
    items = tuple(Item(str(c.number), c.text, formulas) for c, formulas in read if formulas)
    numbers = tuple(c.number for c in parts.conclusions)
    options = tuple(of_numbered(letter, text, numbers, denied=denied(parts)) for letter, text in parts.options)
    return Posed(items, options) if items else None


def _closed(text: str, *, alone: bool) -> tuple[Stated, ...]:
    """What decides a statement without anything else, nothing where it was not read to its last word."""
    if len(text) > _LONGEST:
        return ()
    document = read_document("", [text])
    found = list(_read(document, text))
    if not found or any(not isinstance(formula, STATED) for _, formula in found):
        return ()
    covered = found[0][0]
    formulas = tuple(formula for span, formula in found if span == covered and isinstance(formula, STATED))
    if len(formulas) != len(found):
        return ()
    rest = f"{text[: covered[0]]} {text[covered[1] :]}"
    if not _FILLING.fullmatch(rest):
        return ()
    return formulas if all(_is_closed(formula, alone=alone) for formula in formulas) else ()


def _is_closed(formula: Stated, *, alone: bool) -> bool:
    if isinstance(formula, Identity):
        return alone
    relation = getattr(formula, "relation", None)
    return relation is None or not free_symbols(relation)


def _read(document: Document, text: str) -> Iterator[tuple[tuple[int, int], Formula]]:
    for finder in (prose.find, evaluations.find, links.find):
        found = [c for c in finder(document) if isinstance(c, Claim)]
        if found:
            for claim in found:
                if claim.formula is not None:
                    yield (claim.span.start, claim.span.end), claim.formula
            return
