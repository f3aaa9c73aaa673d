"""How numbers travel through an answer: what is computed where, from what, and what becomes of it."""

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Final

import msgspec

from verifiers.extraction.document import Document
from verifiers.extraction.words.computations import Computation, computations
from verifiers.extraction.words.quantities import DIGITS, Quantity, number, quantities

_MARK: Final = re.compile(r"<<[^<>\n]{0,2000}>>")
_NUMBER: Final = re.compile(rf"(?<![\d.])(?:{DIGITS})")
_FINAL: Final = re.compile(
    rf"\s*(?:(?:A|Answer|Final answer|The answer is)\s*:?)?\s*(?P<minus>[-−]?)\s*\$?\s*"
    rf"(?P<digits>{DIGITS})\s*%?\s*\.?\s*",
    re.IGNORECASE,
)


class Mention(msgspec.Struct, frozen=True):
    """A number written anywhere in the answer."""

    step: int
    start: int
    value: Fraction


class Outcome(msgspec.Struct, frozen=True):
    """The closing line that holds nothing but the result."""

    step: int
    start: int
    end: int
    value: Fraction


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """The computations of an answer in order, every number written in it, and what the question gives."""

    computations: tuple[Computation, ...]
    mentions: tuple[Mention, ...]
    given: frozenset[Fraction]
    """Values of the numbers and number words of the question."""
    final: Outcome | None

    def later(self, step: int, offset: int) -> Iterable[Fraction]:
        return (m.value for m in self.mentions if (m.step, m.start) >= (step, offset))

    def earlier(self, step: int, offset: int) -> Iterable[Fraction]:
        return (m.value for m in self.mentions if (m.step, m.start) < (step, offset))

    @property
    def results(self) -> tuple[Computation, ...]:
        """The computations whose outcome is a single written number."""
        return tuple(c for c in self.computations if c.result is not None)


def unmarked(text: str) -> str:
    """The text with calculator marks blanked out, offsets kept."""
    return _MARK.sub(lambda match: " " * len(match.group()), text)


def mentions(text: str, step: int) -> list[Mention]:
    return [Mention(step, m.start(), number(m.group())) for m in _NUMBER.finditer(unmarked(text))]


def final(text: str, step: int) -> Outcome | None:
    """The result a step consists of (`A: 45`, ` 4000`), if it consists of one."""
    match = _FINAL.fullmatch(text) if len(text) < 200 else None
    if match is None:
        return None
    value = number(match.group("digits"))
    start = match.start("minus") if match.group("minus") else match.start("digits")
    return Outcome(step, start, match.end("digits"), -value if match.group("minus") else value)


def flow(document: Document) -> Flow:
    """Reads the numbers of a document. Linear in its length."""
    steps = document.steps
    question = document.question.text
    given: set[Quantity] = set(quantities(question, document.question.step, numerals=True))
    last = steps[-1] if steps else None
    return Flow(
        computations=tuple(c for part in steps for c in computations(part.text, part.step)),
        mentions=tuple(m for part in steps for m in mentions(part.text, part.step)),
        given=frozenset(q.value for q in given) | {m.value for m in mentions(question, document.question.step)},
        final=final(last.text, last.step) if last else None,
    )
