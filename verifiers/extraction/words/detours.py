"""Detours: a sum done twice, undone again, or applied to its own result."""

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from verifiers.extraction.document import Document
from verifiers.extraction.words.asking import asking_sentence
from verifiers.extraction.words.computations import Computation, Operand
from verifiers.extraction.words.doubts import clause, outcome, remark, shown
from verifiers.extraction.words.flow import Flow, mentions
from verifiers.extraction.words.quantities import quantities
from verifiers.verdicts import Remark

_DIFFERENCE: Final = re.compile(r"\bdifferen\w+|\b(?:more|fewer|less)\b", re.IGNORECASE)
_USES: Final = 2
"""A number used more often than this stands for something many things have in common."""


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
        value = shown(outcome(computation).value)
        text = f"Step {computation.step + 1} computes again what step {earlier.step + 1} has computed: {value}."
        yield remark("repeated_sum", computation, text)
        return


def _needed_twice(document: Document, flow: Flow, first: Computation, second: Computation) -> bool:
    """Whether a repeated sum is about two things alike, or justifies a result just said."""
    value = outcome(second).value
    said = mentions(clause(document, second), second.step)
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
        value = outcome(computation).value
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
                yield remark("round_trip", later, text)
                return


def _times_given(document: Document, flow: Flow) -> Counter[Fraction]:
    """How often the question gives a number or the answer computes it. What comes twice may be two things alike."""
    found = Counter(q.value for q in quantities(document.question.text, document.question.step, numerals=True))
    found.update(outcome(c).value for c in flow.results)
    return found


def _terms(computation: Computation) -> list[tuple[int, Operand]]:
    """Operands of a sum with their signs; none of a product or quotient."""
    if not computation.ops or not set(computation.ops) <= {"+", "-"}:
        return []
    signs = [1, *(1 if op == "+" else -1 for op in computation.ops)]
    return list(zip(signs, computation.operands, strict=True))


def undone_sum(document: Document, flow: Flow) -> Iterator[Remark]:
    """A number is added and taken from the result again, or taken away twice, and the question gives it once."""
    given = _times_given(document, flow)
    difference = _DIFFERENCE.search(asking_sentence(document.question.text)) is not None
    used = Counter(o.value for c in flow.computations for o in c.operands)
    for index, first in enumerate(flow.results):
        parts = {(sign, o.value) for sign, o in _terms(first)}
        value = outcome(first).value
        for second in flow.results[index + 1 :] if parts else ():
            terms = [(sign, o.value) for sign, o in _terms(second)]
            if (1, value) not in terms:
                continue
            for sign, x in terms:
                if x in (0, value) or given[x] > 1 or used[x] > _USES:
                    continue
                if (-sign, x) in parts:
                    verbs = ("adds", "takes it away") if sign < 0 else ("takes away", "adds it")
                    text = f"Step {first.step + 1} {verbs[0]} {shown(x)} and step {second.step + 1} {verbs[1]} again."
                    yield remark("undone_sum", second, text)
                    return
                if sign < 0 and (sign, x) in parts and not difference:
                    text = f"{shown(x)} is taken away in step {first.step + 1} and again in step {second.step + 1}."
                    yield remark("taken_twice", second, text)
                    return


def multiplied_twice(document: Document, flow: Flow) -> Iterator[Remark]:
    """A whole number is a factor of a product, and of another product made with that one."""
    given = _times_given(document, flow)
    factors: dict[Fraction, set[Fraction]] = {}
    for computation in flow.results:
        if set(computation.ops) != {"*"}:
            continue
        values = [o.value for o in computation.operands]
        inside = set[Fraction]().union(*(factors.get(v, ()) for v in values))
        for x in values:
            again = any(v != x and x in factors.get(v, ()) for v in values)
            if again and x not in (1, 2) and x.denominator == 1 and given[x] < 2:
                text = f"Step {computation.step + 1} multiplies by {shown(x)}, which is a factor already."
                yield remark("multiplied_twice", computation, text)
                return
        factors.setdefault(outcome(computation).value, set()).update(values, inside)
