"""Loose ends: what was computed, or given as a comparison, and is never used."""

import re
from collections.abc import Iterator, Mapping, Set
from fractions import Fraction
from typing import Final

from verifiers.claims import Span
from verifiers.extraction.document import Document
from verifiers.extraction.words.computations import Computation
from verifiers.extraction.words.doubts import labelled, leaves_rest, near, outcome, remark
from verifiers.extraction.words.flow import Flow, mentions
from verifiers.extraction.words.quantities import quantities
from verifiers.verdicts import Remark

_COMPARED: Final = re.compile(
    r"(?P<number>\$?\d[\d,]*(?:\.\d+)?)\s?(?:%|percent\b|times\b"
    r"|(?:[a-z]+ )?(?:more|fewer|less|older|younger|taller|shorter|longer)\b)"
)
_GOES_ON: Final = re.compile(
    r"\s*(?:[a-z]+ ?){0,3},?\s*(?:(?:minus|plus|times|less|divided by|multiplied by)\b|[-+*/×÷−] ?\$?\d)", re.IGNORECASE
)
"""How a sum is carried on after its result: "= 36 eggs, minus 5 = 31"."""
_STOP: Final = re.compile(r"[.;\n]")
_SHARES: Final = {
    "half": Fraction(1, 2), "halves": Fraction(1, 2), "quarter": Fraction(1, 4), "third": Fraction(1, 3),
    "fifth": Fraction(1, 5), "double": Fraction(2), "triple": Fraction(3), "dozen": Fraction(12),
}  # fmt: skip


def unused_intermediate(document: Document, flow: Flow) -> Iterator[Remark]:
    """A computed result that never enters anything after it."""
    results = flow.results
    sums = {outcome(c).value for c in results}
    for index, computation in enumerate(results[:-1]):
        result = outcome(computation)
        value = abs(result.value)
        after = list(flow.later(computation.step, result.end))
        forms = (value, value * 100, value / 100, value * 1000, value * 10**6, 1 - value, 100 - value)
        if any(near(form, x) for form in forms for x in after):
            continue
        if value in flow.earlier(computation.step, computation.start):
            continue
        if value.denominator > 1 and {value.__floor__(), value.__ceil__()}.intersection(after):
            continue
        if leaves_rest(document, computation) or _GOES_ON.match(document.steps[computation.step].text, result.end):
            continue
        if _aside(flow, computation) or _beside(document, flow, computation):
            continue
        before = flow.given.union(outcome(c).value for c in results[:index])
        if any(x - value in before and x not in sums for x in after):
            continue
        yield remark(
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


def _beside(document: Document, flow: Flow, computation: Computation) -> bool:
    """Whether another sum stands in the same sentence: "Chris works 8 - 1 = 7 weeks while Cathy works 8 + 1 = 9"."""
    text = document.steps[computation.step].text
    return any(
        other.step == computation.step
        and other.start > computation.start
        and not _STOP.search(text[computation.end : other.start])
        for other in flow.results
    )


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
        if any(near(form, x) for form in forms for x in used) or _applied(value / 100, used):
            continue
        span = Span(document.steps[-1].step, 0, 0) if document.steps else Span(0, 0, 0)
        text = f"“{match.group().strip()}” in the question is never used."
        yield Remark(rule="unused_relation", span=span, text=text)
        return


def _applied(share: Fraction, values: Set[Fraction]) -> bool:
    """Whether one of the values is this share of another, or what the share leaves or adds."""
    return any(x * k in values for x in values if x for k in (share, 1 - share, 1 + share) if k > 0)


_SHARE_WORDS: Final[Mapping[str, tuple[re.Pattern[str], re.Pattern[str], tuple[Fraction, ...]]]] = {
    word: (re.compile(rf"\b(?:{asked})", re.IGNORECASE), re.compile(said, re.IGNORECASE), tuple(map(Fraction, forms)))
    for word, asked, said, forms in (
        ("half", r"half (?:as|of|the|that|his|her|their|its|off)\b", r"hal[fv]", ("1/2", "2", "50", "3/2", "5/2")),
        ("twice", r"twice\b", r"twice|two times|doubl", ("2",)),
        ("double", r"doubl(?:e|ed|es)\b", r"twice|two times|doubl", ("2",)),
        ("triple", r"tripl(?:e|ed|es)\b", r"tripl|three times", ("3",)),
        ("a dozen", r"dozens?\b", r"dozen", ("12", "6")),
        ("a third", r"(?:a|one|two)[- ]thirds?\b", r"third", ("1/3", "3", "2/3")),
        ("a quarter", r"(?:a|one|three)[- ](?:quarter|fourth)s?\b", r"quarter|fourth", ("1/4", "4", "3/4", "25", "75")),
    )
}
"""What the question may compare with: how it says so, how an answer takes it up, and the numbers it comes in."""


def unused_share(document: Document, flow: Flow) -> Iterator[Remark]:
    """A share or multiple the question gives in words ("half as many", "a dozen") that the answer never takes up."""
    if not document.steps:
        return
    question = document.question.text
    used = {m.value for m in flow.mentions}
    for word, (asking, saying, forms) in _SHARE_WORDS.items():
        if not asking.search(question) or any(saying.search(part.text) for part in document.steps):
            continue
        if any(near(form, x) for form in forms for x in used):
            continue
        if _applied(forms[0], used | flow.given) or _applied(1 / forms[0], used | flow.given):
            continue
        text = f"“{word}” in the question is never used."
        yield Remark(rule="unused_relation", span=Span(document.steps[-1].step, 0, 0), text=text)
        return
