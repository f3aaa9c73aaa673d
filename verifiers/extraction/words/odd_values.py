"""Values that do not come out: counts below zero or broken, long decimals, zero, dollars where things are counted."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from verifiers.claims import Span
from verifiers.extraction.document import Document
from verifiers.extraction.words.asking import Asked, asked, asking_sentence
from verifiers.extraction.words.doubts import clause, labelled, leaves_rest, near, outcome, remark, shown
from verifiers.extraction.words.flow import Flow
from verifiers.extraction.words.nouns import DIVISIBLE, SIGNED, UNITS, WHOLE
from verifiers.extraction.words.quantities import Quantity, quantities
from verifiers.verdicts import Remark

_RATED: Final = re.compile(r"\b(?:each|every|per|average)\b", re.IGNORECASE)
_SIGNED: Final = re.compile(
    r"\b(?:temperatures?|degrees?|below|debts?|owe[sd]?|loss(?:es)?|overdr\w+|withdr\w+|net|negative|altitude|sea level"
    r"|elevations?|floors?|balance)\b|°",
    re.IGNORECASE,
)
"""What goes below zero."""
_SCALES: Final = (1, 100, 1000, 10**6, Fraction(1, 100), Fraction(1, 1000))
"""A result may be given in percent, cents or thousands."""


def _counted(wanted: Asked | None, result: Quantity) -> bool:
    """Whether these are things that come whole, or the things asked for."""
    return result.noun in WHOLE or (wanted is not None and not wanted.measured and result.noun in wanted.nouns)


def broken_count(document: Document, flow: Flow) -> Iterator[Remark]:
    """A count that came out negative or not whole, and whether it was rounded."""
    wanted = asked(document.question.text)
    for computation in flow.results:
        result, value = outcome(computation), computation.value
        if value is None or result.money or result.percent or result.per or result.noun in UNITS:
            continue
        if not _counted(wanted, result):
            continue
        if _RATED.search(clause(document, computation)):
            continue
        where = f"in step {computation.step + 1}"
        things = " ".join(result.words)
        if value < 0 and result.noun not in SIGNED:
            yield remark(
                "negative_count", computation, f"The number of {things} comes out negative {where}: {shown(value)}."
            )
        elif value.denominator > 1 and abs(value - result.value) < 1 and not leaves_rest(document, computation):
            rounded = result.value.denominator == 1
            rule, tail = (
                ("rounded_count", f", and is written as {shown(result.value)}") if rounded else ("broken_count", "")
            )
            text = f"The number of {things} does not come out whole {where}: {shown(value)}{tail}."
            yield remark(rule, computation, text)


def uneven_result(document: Document, flow: Flow) -> Iterator[Remark]:
    """A final result that is negative, a part of a cent, or a long decimal."""
    final = flow.final
    if final is None:
        return
    value, span = final.value, Span(final.step, final.start, final.end)
    wanted = asked(document.question.text)
    if value < 0:
        if _SIGNED.search(document.question.text):
            return
        yield Remark(rule="negative_result", span=span, text=f"The final result is negative: {shown(value)}.")
    elif value.denominator > 1 and wanted is not None and not wanted.measured and not _shares(document, wanted):
        text = f"The question asks for a number of {wanted.text}, and the result is not whole: {shown(value)}."
        yield Remark(rule="broken_count", span=span, text=text)
    elif (value * 100).denominator > 1:
        text = f"The final result does not come out even: {shown(value)}."
        yield Remark(rule="uneven_result", span=span, text=text)


def _shares(document: Document, wanted: Asked) -> bool:
    """Whether the question shares out something of which a part is still some."""
    return wanted.head in DIVISIBLE and _RATED.search(asking_sentence(document.question.text)) is not None


def taken_from_less(document: Document, flow: Flow) -> Iterator[Remark]:
    """A larger number taken from a smaller one, where nothing in the question goes below zero."""
    if _SIGNED.search(document.question.text):
        return
    for computation in flow.computations:
        if computation.ops == ("-",) and computation.operands[0].value < computation.operands[1].value:
            a, b = (shown(o.value) for o in computation.operands)
            text = f"Step {computation.step + 1} takes {b} from {a}, which is less."
            yield remark("taken_from_less", computation, text)
            return


def comes_to_nothing(document: Document, flow: Flow) -> Iterator[Remark]:
    """A sum whose outcome is zero."""
    for computation in flow.results:
        if outcome(computation).value == 0 and computation.value == 0 and "-" in computation.ops:
            yield remark("zero_result", computation, f"Step {computation.step + 1} comes to zero.")
            return


def other_unit(document: Document, flow: Flow) -> Iterator[Remark]:
    """The question asks how many things there are, and the last sum, the result, is an amount of money."""
    wanted = asked(document.question.text)
    if wanted is None or wanted.measured or not flow.results:
        return
    last = flow.results[-1]
    result = outcome(last)
    if result.money and list(flow.later(last.step, result.end))[-1:] in ([], [result.value]):
        text = f"The question asks for a number of {wanted.text}, and the last sum comes to {labelled(result)}."
        yield remark("other_unit", last, text)


def uncomputed_result(document: Document, flow: Flow) -> Iterator[Remark]:
    """A result in the closing line that stands nowhere in the answer before it."""
    final = flow.final
    if final is None or not flow.results:
        return
    before = document.steps[: final.step]
    known = {m.value for m in flow.mentions if m.step < final.step}
    known |= {q.value for part in before for q in quantities(part.text, part.step, numerals=True)}
    if any(near(abs(final.value) * scale, abs(x)) for x in known for scale in _SCALES):
        return
    text = f"The final result {shown(final.value)} is computed nowhere in the answer."
    yield Remark(rule="uncomputed_result", span=Span(final.step, final.start, final.end), text=text)
