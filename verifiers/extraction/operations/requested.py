"""Final results of questions that ask for the derivative, antiderivative, determinant or inverse of one formula."""

import re
from collections.abc import Iterator
from typing import Final

from verifiers.claims import Calculus, Claim
from verifiers.expr import Apply, Expr, Sym
from verifiers.extraction.document import Document
from verifiers.extraction.operations.calculus import antiderived, derived, variable_of
from verifiers.extraction.operations.matrix_questions import asked
from verifiers.extraction.reading.boxes import boxed
from verifiers.extraction.reading.told import F, claim, slot
from verifiers.verdicts import Remark

_FIND: Final = r"^\s*(?:please )?(?:find|compute|calculate|determine|evaluate|give|what is|what's) (?:the |an? )?"
_STOP: Final = r"\s*[.?]?\s*$"
_BY: Final = r"(?:,? with respect to \$?(?P<x>[a-z])\$?)?"
_ORDER: Final = {"second ": 2, "third ": 3}
_DERIVATIVE: Final = re.compile(
    rf"(?:{_FIND}(?P<nth>first |second |third )?derivative of |^\s*differentiate ){F}{_BY}{_STOP}", re.IGNORECASE
)
_ANTIDERIVATIVE: Final = re.compile(
    rf"(?:{_FIND}(?:general )?(?:anti-?derivative|indefinite integral) of |^\s*integrate ){F}{_BY}{_STOP}",
    re.IGNORECASE,
)
_INTEGRAL: Final = re.compile(rf"{_FIND}(?:indefinite )?(?:integral )?{F}{_STOP}", re.IGNORECASE)
_LONGEST: Final = 600


def find(document: Document) -> Iterator[Claim | Remark]:
    """The box of the last step as the claimed result; nothing where the question says anything more."""
    question = document.question.text
    if not document.steps or len(question) > _LONGEST:
        return
    part = document.steps[-1]
    box = boxed(part.text)
    matrix = asked(question, box.texts) if box is not None else None
    if box is not None and matrix is not None:
        yield claim(part, box.start, box.end, matrix)
        return
    result = slot(box.texts[0]) if box is not None and len(box.texts) == 1 else None
    if box is None or result is None:
        return
    formula = _formula(question, result)
    if formula is not None:
        yield claim(part, box.start, box.end, formula)


def _formula(question: str, result: Expr) -> Calculus | None:
    if match := _DERIVATIVE.match(question):
        operand = slot(match["f"])
        letter = match["x"] or (None if operand is None else variable_of(operand))
        if operand is None or letter is None:
            return None
        return derived(operand, letter, _ORDER.get((match["nth"] or "").lower(), 1), result)
    if match := _ANTIDERIVATIVE.match(question):
        operand = slot(match["f"])
        letter = match["x"] or (None if operand is None else variable_of(operand))
        return None if operand is None or letter is None else antiderived(operand, letter, result)
    if match := _INTEGRAL.match(question):
        whole = slot(match["f"])
        if isinstance(whole, Apply) and whole.head == "integral" and len(whole.args) == 2:
            variable = whole.args[1]
            return antiderived(whole.args[0], variable.name, result) if isinstance(variable, Sym) else None
    return None
