"""True sentences about an answer that give ground for doubt: loose ends, detours, counts that do not come out whole.

Each rule is kept because it is said of many more wrong than right answers; none of them shows an error.
"""

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final

from verifiers.claims import Span
from verifiers.extraction.document import Document
from verifiers.extraction.words.asking import Asked, asked, asking_sentence
from verifiers.extraction.words.computations import Computation
from verifiers.extraction.words.flow import Flow, mentions
from verifiers.extraction.words.nouns import DIVISIBLE, SIGNED, UNITS, WHOLE
from verifiers.extraction.words.quantities import Quantity, quantities
from verifiers.verdicts import Remark

_REMAINDER: Final = re.compile(r"\b(?:remain\w*|left ?over|remainder|left)\b", re.IGNORECASE)
_MOST: Final = 200
_RATED: Final = re.compile(r"\b(?:each|every|per|average)\b", re.IGNORECASE)
_COMPARED: Final = re.compile(
    r"(?P<number>\$?\d[\d,]*(?:\.\d+)?)\s?(?:%|percent\b|times\b"
    r"|(?:[a-z]+ )?(?:more|fewer|less|older|younger|taller|shorter|longer)\b)"
)


_SIGNED: Final = re.compile(
    r"\b(?:temperatures?|degrees?|below|debts?|owe[sd]?|loss(?:es)?|overdr\w+|withdr\w+|net|negative|altitude|sea level"
    r"|elevations?|floors?|balance)\b|°",
    re.IGNORECASE,
)
"""What goes below zero."""
_SHARES: Final = {
    "half": Fraction(1, 2), "halves": Fraction(1, 2), "quarter": Fraction(1, 4), "third": Fraction(1, 3),
    "fifth": Fraction(1, 5), "double": Fraction(2), "triple": Fraction(3), "dozen": Fraction(12),
}  # fmt: skip


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


def _clause(document: Document, computation: Computation) -> str:
    """What stands before a sum in its clause."""
    before = document.steps[computation.step].text[: computation.start]
    return before[max(before.rfind(mark) for mark in ".,;:\n") + 1 :]


def _leaves_rest(document: Document, computation: Computation) -> bool:
    """Whether a division is one with remainder: "33 stickers, with 1 sticker remaining"."""
    text = document.steps[computation.step].text
    end = _result(computation).end
    return _REMAINDER.search(text[end : end + 40]) is not None


def _result(computation: Computation) -> Quantity:
    assert computation.result is not None
    return computation.result


def _remark(rule: str, computation: Computation, text: str) -> Remark:
    return Remark(rule=rule, span=Span(computation.step, computation.start, computation.end), text=text)


def unused_intermediate(document: Document, flow: Flow) -> Iterator[Remark]:
    """A computed result that never enters anything after it."""
    results = flow.results
    sums = {_result(c).value for c in results}
    for index, computation in enumerate(results[:-1]):
        result = _result(computation)
        value = result.value
        after = list(flow.later(computation.step, result.end))
        forms = (value, value * 100, value / 100, value * 1000, value * 10**6, 1 - value, 100 - value)
        if any(near(form, x) for form in forms for x in after):
            continue
        if value in flow.earlier(computation.step, computation.start):
            continue
        if value.denominator > 1 and {value.__floor__(), value.__ceil__()}.intersection(after):
            continue
        if _leaves_rest(document, computation):
            continue
        if _aside(flow, computation):
            continue
        before = flow.given.union(_result(c).value for c in results[:index])
        if any(x - value in before and x not in sums for x in after):
            continue
        yield _remark(
            "unused_intermediate",
            computation,
            f"The result {labelled(result)} of step {computation.step + 1} is not used again and is not the answer.",
        )


def _aside(flow: Flow, computation: Computation) -> bool:
    """A total or a conversion said in passing: what it is made of goes on into later sums by itself."""
    operands = [o.value for o in computation.operands]
    following = [c for c in flow.computations if (c.step, c.start) > (computation.step, computation.start)]
    if any(
        [o.value for o in c.operands][: len(operands)] == operands and len(c.operands) > len(operands)
        for c in following
    ):
        return True
    if computation.ops == ("*",) and (60 in operands or 100 in operands):
        return True
    later = {o.value for c in following for o in c.operands}
    return set(computation.ops) == {"+"} and later.issuperset(operands)


def repeated_sum(document: Document, flow: Flow) -> Iterator[Remark]:
    """The same sum in two steps: something may be counted twice."""
    first: dict[tuple[tuple[Fraction, ...], tuple[str, ...]], Computation] = {}
    for computation in flow.results:
        if len(computation.operands) < 2:
            continue
        key = (tuple(sorted(o.value for o in computation.operands)), computation.ops)
        earlier = first.setdefault(key, computation)
        if earlier.step == computation.step or _needed_twice(document, flow, earlier, computation):
            continue
        value = shown(_result(computation).value)
        text = f"Step {computation.step + 1} computes again what step {earlier.step + 1} has computed: {value}."
        yield _remark("repeated_sum", computation, text)
        return


def _needed_twice(document: Document, flow: Flow, first: Computation, second: Computation) -> bool:
    """Whether a repeated sum is about two things alike, or justifies a result just said."""
    value = _result(second).value
    said = mentions(_clause(document, second), second.step)
    if any(mention.value == value for mention in said):
        return True
    for later in flow.computations:
        operands = [o.value for o in later.operands]
        between = (first.step, first.start) < (later.step, later.start) < (second.step, second.start)
        if operands.count(value) > 1 or (between and operands[0] == value):
            return True
    return False


def round_trip(document: Document, flow: Flow) -> Iterator[Remark]:
    """Divided by n, then multiplied by n again, or the other way round. A number that the question gives twice may be
    two different things, and doubling what was halved is often meant.
    """
    results = flow.results
    given = [m.value for m in mentions(document.question.text, document.question.step)]
    for index, computation in enumerate(results):
        if len(computation.ops) != 1 or computation.ops[0] not in "*/":
            continue
        value = _result(computation).value
        if value.denominator == 1 and computation.value != value:
            continue
        for later in results[index + 1 :]:
            if len(later.ops) != 1 or later.ops[0] == computation.ops[0] or later.ops[0] not in "*/":
                continue
            first, second = (o.value for o in computation.operands)
            a, b = (o.value for o in later.operands)
            back = (
                ({a, b} == {value, second} and computation.ops[0] == "/")
                or (a == value and b in (first, second) and computation.ops[0] == "*")
            )  # fmt: skip
            by = second if computation.ops[0] == "/" else b
            if back and value != 0 and by not in (0, 1, 2) and a != b and given.count(by) < 2:
                verb = "divides" if computation.ops[0] == "/" else "multiplies"
                undone = "multiplies" if verb == "divides" else "divides"
                text = (
                    f"Step {computation.step + 1} {verb} by {shown(by)} and step {later.step + 1} {undone} by it again."
                )
                yield _remark("round_trip", later, text)
                return


def broken_count(document: Document, flow: Flow) -> Iterator[Remark]:
    """A count that came out negative or not whole, and whether it was rounded."""
    wanted = asked(document.question.text)
    for computation in flow.results:
        result, value = _result(computation), computation.value
        if value is None or result.money or result.percent or result.per or result.noun in UNITS:
            continue
        counts = result.noun in WHOLE or (wanted is not None and not wanted.measured and result.noun in wanted.nouns)
        if not counts:
            continue
        if _RATED.search(_clause(document, computation)):
            continue
        where = f"in step {computation.step + 1}"
        things = " ".join(result.words)
        if value < 0 and result.noun not in SIGNED:
            yield _remark(
                "negative_count", computation, f"The number of {things} comes out negative {where}: {shown(value)}."
            )
        elif value.denominator > 1 and abs(value - result.value) < 1 and not _leaves_rest(document, computation):
            rounded = result.value.denominator == 1
            rule, tail = (
                ("rounded_count", f", and is written as {shown(result.value)}") if rounded else ("broken_count", "")
            )
            text = f"The number of {things} does not come out whole {where}: {shown(value)}{tail}."
            yield _remark(rule, computation, text)


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
            yield _remark("taken_from_less", computation, text)
            return


def comes_to_nothing(document: Document, flow: Flow) -> Iterator[Remark]:
    """A sum whose outcome is zero."""
    for computation in flow.results:
        if _result(computation).value == 0 and computation.value == 0 and "-" in computation.ops:
            yield _remark("zero_result", computation, f"Step {computation.step + 1} comes to zero.")
            return


def unused_relation(document: Document, flow: Flow) -> Iterator[Remark]:
    """A number of the question that compares ("30% more", "5 times") and is never used."""
    question = document.question.text
    used = {m.value for m in flow.mentions}
    used |= {q.value for part in document.steps for q in quantities(part.text, part.step, numerals=True)}
    words = " ".join(part.text.lower() for part in document.steps)
    used |= {share for word, share in _SHARES.items() if word in words}
    for match in _COMPARED.finditer(question):
        value = next((m.value for m in mentions(match.group("number"), -1)), None)
        if value is None or value <= 2:
            continue
        forms = (value, value / 100, 100 - value, 1 - value / 100, 1 + value / 100, 100 + value, value * 100, 1 / value)
        if any(near(form, x) for form in forms for x in used):
            continue
        span = Span(document.steps[-1].step, 0, 0) if document.steps else Span(0, 0, 0)
        text = f"“{match.group().strip()}” in the question is never used."
        yield Remark(rule="unused_relation", span=span, text=text)
        return


RULES: Final[tuple[Callable[[Document, Flow], Iterator[Remark]], ...]] = (
    unused_intermediate, repeated_sum, round_trip, broken_count, uneven_result, taken_from_less, comes_to_nothing,
    unused_relation,
)  # fmt: skip


def remarks(document: Document, flow: Flow) -> Iterator[Remark]:
    """All remarks of an answer, rule by rule; none of one with more sums than a word problem has."""
    if len(flow.computations) > _MOST:
        return
    for rule in RULES:
        yield from rule(document, flow)
