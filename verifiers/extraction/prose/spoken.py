"""Arithmetic in words: "the product of 6 and 7 is 42", "subtracting 8 from 20 leaves 12", "half of 18 is 9"."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from verifiers.claims import Arithmetic, Claim
from verifiers.expr import Expr, Unit, app, num, walk
from verifiers.extraction.prose.phrases import DATA, END, IS, Phrase, V, bare, numbers_begin, vocabulary

Operation: TypeAlias = Callable[[Sequence[Expr]], Expr]

_HINTS: Final = vocabulary(
    """
    sum product difference quotient plus minus times multiplied multiplying divided dividing adding subtracting
    squared cubed square cube root half twice double triple third quarter fourth factorial power
    """
)
_CUR: Final = r"[$£€]?"
_GIVES: Final = rf"(?:{IS}|gives(?: us)?|results in|yields|makes|leaves|we get|we obtain|we have|you get)"
_RESULT: Final = (
    rf"(?:a total of )?{_CUR}(?P<result>{V})(?: (?!(?:and|or|more|less|fewer|times|than|percent|of|million"
    rf"|billion|thousand"
    rf"|hundred|dozen|hours?|minutes?|days?|weeks?|months?|feet|inch(?:es)?|cents?|with|remainder"
    rf"|r)\b)[a-z]+){{0,2}}{END}"
)


def _sum(values: Sequence[Expr]) -> Expr:
    return app("add", *values)


def _product(values: Sequence[Expr]) -> Expr:
    return app("mul", *values)


def _difference(values: Sequence[Expr]) -> Expr:
    return app("add", values[0], app("neg", values[1]))


def _distance(values: Sequence[Expr]) -> Expr:
    return app("abs", _difference(values))


def _reversed(operation: Operation) -> Operation:
    return lambda values: operation(values[::-1])


def _quotient(values: Sequence[Expr]) -> Expr:
    return app("div", values[0], values[1])


def _power(exponent: int) -> Operation:
    return lambda values: app("pow", values[0], num(exponent))


def _share(fraction: str) -> Operation:
    return lambda values: app("mul", num(fraction), values[0])


_TWO: Final = rf"{_CUR}(?P<a>{V})"
_LIST: Final = rf"(?P<data>{DATA})"
_ROWS: Final[tuple[tuple[str, bool, Operation], ...]] = (
    # What is said, whether it has to begin a clause, and what it means.
    (rf"\bsum of {_LIST} (?:{IS}) ", False, _sum),
    (rf"\bproduct of {_LIST} (?:{IS}) ", False, _product),
    (rf"\bdifference (?:between|of) {_TWO} and {_CUR}(?P<b>{V}) (?:{IS}) ", False, _distance),
    (rf"\bquotient of {_TWO} and (?P<b>{V}) (?:{IS}) ", False, _quotient),
    (rf"{_TWO} plus {_CUR}(?P<b>{V}) {_GIVES} ", True, _sum),
    (rf"{_TWO} minus {_CUR}(?P<b>{V}) {_GIVES} ", True, _difference),
    (rf"{_TWO} (?:times|multiplied by) {_CUR}(?P<b>{V}) {_GIVES} ", True, _product),
    (rf"{_TWO} divided by {_CUR}(?P<b>{V}) {_GIVES} ", True, _quotient),
    (rf"\badding {_TWO} (?:and|to) {_CUR}(?P<b>{V}),? {_GIVES} ", False, _sum),
    (rf"\bsubtracting {_TWO} from {_CUR}(?P<b>{V}),? {_GIVES} ", False, _reversed(_difference)),
    (rf"\bmultiplying {_TWO} (?:and|by) {_CUR}(?P<b>{V}),? {_GIVES} ", False, _product),
    (rf"\bdividing {_TWO} by {_CUR}(?P<b>{V}),? {_GIVES} ", False, _quotient),
    (rf"{_TWO} squared {_GIVES} ", True, _power(2)),
    (rf"{_TWO} cubed {_GIVES} ", True, _power(3)),
    (rf"\bsquare of {_TWO} (?:{IS}) ", False, _power(2)),
    (rf"\bcube of {_TWO} (?:{IS}) ", False, _power(3)),
    (rf"\bsquare root of {_TWO} (?:{IS}) ", False, lambda values: app("sqrt", values[0])),
    (rf"\bcube root of {_TWO} (?:{IS}) ", False, lambda values: app("root", values[0], num(3))),
    (rf"{_TWO} factorial (?:{IS}) ", True, lambda values: app("factorial", values[0])),
    (rf"{_TWO} (?:raised )?to the power (?:of )?(?P<b>{V}) (?:{IS}) ", True, lambda values: app("pow", *values[:2])),
    (rf"\bhalf of {_TWO} (?:{IS}) ", False, _share("1/2")),
    (rf"\b(?:a|one)[- ]third of {_TWO} (?:{IS}) ", False, _share("1/3")),
    (rf"\b(?:a|one)[- ](?:quarter|fourth) of {_TWO} (?:{IS}) ", False, _share("1/4")),
    (rf"\b(?:twice|double) {_TWO} (?:{IS}) ", False, _share("2")),
    (rf"\btriple {_TWO} (?:{IS}) ", False, _share("3")),
)  # fmt: skip
_PATTERNS: Final = tuple(
    (re.compile(said + _RESULT, re.IGNORECASE), begins, operation) for said, begins, operation in _ROWS
)
_WITHIN: Final = re.compile(
    r"\b(?:first|last|squares?|cubes?|digits|than|plus|minus|times|half|twice|and|of|by|between|negative|or)"
    r" $",
    re.IGNORECASE,
)


def find(phrase: Phrase) -> Iterator[Claim]:
    if phrase.words.isdisjoint(_HINTS):
        return
    for pattern, begins, operation in _PATTERNS:
        for match in pattern.finditer(phrase.text):
            if begins and not numbers_begin(phrase.text, match.start()):
                continue
            before = phrase.text[: match.start()].removesuffix("the ")
            if _WITHIN.search(before) or not phrase.asserts(match.start(), match.end()):
                continue
            if (formula := _relation(phrase, match, operation)) is not None:
                yield phrase.claim(match.start(), match.end(), formula)


def _relation(phrase: Phrase, match: re.Match[str], operation: Operation) -> Arithmetic | None:
    if "data" in match.re.groupindex:
        values = list(phrase.data(match["data"]) or ())
        if len(values) < 2:
            return None
    else:
        marks = [match[name] for name in ("a", "b") if name in match.re.groupindex]
        values = [value for value in (phrase.first(mark) for mark in marks) if value is not None]
        if len(values) != len(marks):
            return None
    result, _ = bare(phrase.first(match["result"]))
    if result is None or any(isinstance(node, Unit) for value in values for node in walk(value)):
        return None
    return Arithmetic(relation=app("eq", operation(values), result))
