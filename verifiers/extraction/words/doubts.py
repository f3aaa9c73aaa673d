"""What the rules of remarks share: how a doubt is said, and where a sum stands."""

import re
from fractions import Fraction
from typing import Final

from verifiers.claims import Span
from verifiers.extraction.document import Document
from verifiers.extraction.words.computations import Computation
from verifiers.extraction.words.quantities import Quantity
from verifiers.verdicts import Remark

_REMAINDER: Final = re.compile(r"\b(?:remain\w*|left ?over|remainder|left)\b", re.IGNORECASE)


def near(a: Fraction, b: Fraction) -> bool:
    """Equal, or equal as far as a rounded decimal tells."""
    if a == b:
        return True
    return (a.denominator > 1 or b.denominator > 1) and abs(a - b) * 50 <= max(abs(a), abs(b))


def shown(value: Fraction) -> str:
    """`1,200`, `0.75` or `1.667…`."""
    if value.denominator == 1:
        return f"{value.numerator:,}"
    places = next((p for p in range(1, 5) if (value * 10**p).denominator == 1), None)
    return f"{float(value):.{places}f}" if places else f"{float(value):.3f}…"


def labelled(quantity: Quantity) -> str:
    """A quantity in words: `$45`, `30%`, `6 hours`."""
    if quantity.money:
        return f"${shown(quantity.value)}"
    if quantity.percent:
        return f"{shown(quantity.value * 100)}%"
    return f"{shown(quantity.value)} {' '.join(quantity.words)}" if quantity.words else shown(quantity.value)


def clause(document: Document, computation: Computation) -> str:
    """What stands before a sum in its clause."""
    before = document.steps[computation.step].text[: computation.start]
    return before[max(before.rfind(mark) for mark in ".,;:\n") + 1 :]


def leaves_rest(document: Document, computation: Computation) -> bool:
    """Whether a division is one with remainder: "33 stickers, with 1 sticker remaining"."""
    text = document.steps[computation.step].text
    end = outcome(computation).end
    return _REMAINDER.search(text[end : end + 40]) is not None


def outcome(computation: Computation) -> Quantity:
    assert computation.result is not None
    return computation.result


def remark(rule: str, computation: Computation, text: str) -> Remark:
    return Remark(rule=rule, span=Span(computation.step, computation.start, computation.end), text=text)
