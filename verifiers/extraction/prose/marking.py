"""Marks the sentences of an answer: every number and formula becomes one character that knows its text."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from verifiers.extraction.document import Document, Part
from verifiers.extraction.prose.phrases import FIRST, INNER, Phrase, Value
from verifiers.extraction.reading.maths import Delimited, delimited

_MOST: Final = 0x0F00
_LAST: Final = 0xF8FF
_ATOM: Final = (
    r"(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:\s?(?:π|pi\b))?(?:\s?√\d+)?|√\d+|sqrt\(\d+\)|π)"
    r"(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}|\^\d{1,6}|\^\{\d{1,6}\})?"
)
_RUN: Final = re.compile(rf"[-−]?{_ATOM}(?:(?: ?[×*·/÷^] ?| [-+−x] |\+){_ATOM}){{0,40}}(?: \d+/\d+)?")
_INSIDE: Final = re.compile(r"(?:[\w.,\])}]\s{0,2}[-−–+]\s{0,2}|[+*/^<>≤≥×·÷±√|\\_≈≠~]\s{0,2}|\w\(?|\d[.,:])$")
_GOES_ON: Final = re.compile(
    r"(?:\s*[+*/^×·÷±√<>≤≥]|\s\([-−]?\d[\d.,]*\)|[\w(\[{π√!]|[-−–][\d(]|\.\d|,\d|:\d|\s[-−–]\s?\w(?!\w)|\s[-−–] [\d(])"
)
_UNIT_TAIL: Final = re.compile(
    r"(?:cm|mm|km|m|kg|g|mg|ft|in|s|h|hr|hrs|min|mins|ml|mL|l|L|lb|lbs|oz|mph|°|cents?)(?:[²³]|\^[23])?(?![\w])"
)
_DIGIT: Final = re.compile(r"\d")
_WORD: Final = re.compile(r"[a-z]+|%")
_EXPONENT: Final = re.compile(r"[^\W\d]\^$")
_MARKUP: Final = re.compile(r"\*{2,3}|\s+|[#>]{1,6} |`")
_PRIVATE: Final = re.compile("[\ue000-\uf8ff]")
"""Characters that would be taken for marks."""
_NUMERIC: Final = re.compile(r"[\dπ√]")
"""What every number of `_RUN` has in it."""
_UNEVEN: Final = re.compile(r"[*#>`\ue000-\uf8ff]|\s\s|[^\S ]")
"""Without any of these, text is copied as it is."""
_LONGEST: Final = 4_000


def phrases(document: Document) -> Iterator[Phrase]:
    """The sentences of the answer, marked. Linear in its length; sentences of thousands of characters are left out."""
    for part in document.steps:
        formulas = delimited(part.text)
        index = 0
        for number, sentence in enumerate(part.sentences):
            while index < len(formulas) and formulas[index].end <= sentence.start:
                index += 1
            if sentence.end - sentence.start > _LONGEST or not _DIGIT.search(part.text, sentence.start, sentence.end):
                continue
            ahead = index
            while ahead < len(formulas) and formulas[ahead].start < sentence.end:
                ahead += 1
            following = ""
            if number + 1 < len(part.sentences):
                after = part.sentences[number + 1]
                following = part.text[after.start : min(after.end, after.start + 120)]
            yield _phrase(document.question.text, part, number, formulas[index:ahead], following)


def _phrase(question: str, part: Part, number: int, formulas: Sequence[Delimited], following: str) -> Phrase:
    sentence = part.sentences[number]
    marked = _Marked(part.text)
    position = sentence.start
    for formula in formulas:
        marked.prose(position, max(position, formula.start))
        if not formula.mark:
            marked.formula(formula)
        position = max(position, formula.end)
    marked.prose(position, max(position, sentence.end))
    text = "".join(marked.text)
    return Phrase(
        question=question, part=part, sentence=number, text=text, offsets=tuple(marked.offsets),
        values=tuple(marked.values), inner=tuple(marked.inner), following=following,
        words=frozenset(_WORD.findall(text.lower())),
    )  # fmt: skip


class _Marked:
    """The marked text as it grows."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.text: list[str] = []
        self.offsets: list[int] = []
        self.values: list[Value] = []
        self.inner: list[Value] = []

    def prose(self, start: int, end: int) -> None:
        position = start
        runs = _RUN.finditer(self.source, start, end) if _NUMERIC.search(self.source, start, end) else ()
        for run in runs:
            if run.start() < position or _EXPONENT.search(self.source[max(start, run.start() - 2) : run.start()]):
                continue
            self._words(position, run.start())
            self._number(run.start(), run.end(), start, end)
            position = run.end()
        self._words(position, end)

    def formula(self, formula: Delimited) -> None:
        content = self.source[formula.maths.start : formula.maths.end]
        self._mark(Value(content, formula.start, formula.end), opaque=False)

    def _words(self, start: int, end: int) -> None:
        doubled = self.source[start : start + 1] == " " and self.text[-1:] in ([], [" "])
        if not doubled and not _UNEVEN.search(self.source, start, end):
            self._copy(start, end)
            return
        position = start
        for markup in _MARKUP.finditer(self.source, start, end):
            self._copy(position, markup.start())
            if markup.group().isspace() and self.text and self.text[-1] != " ":
                self._put(" ", markup.start())
            position = markup.end()
        self._copy(position, end)

    def _copy(self, start: int, end: int) -> None:
        piece = self.source[start:end]
        self.text.extend(piece if piece.isascii() else _PRIVATE.sub(" ", piece))
        self.offsets.extend(range(start, end))

    def _put(self, character: str, offset: int) -> None:
        self.text.append(character)
        self.offsets.append(offset)

    def _number(self, start: int, end: int, left: int, right: int) -> None:
        before = self.source[max(left, start - 6) : start]
        sign = self.source[start] in "-−"
        if sign and before and not before.endswith((" ", "(", ",", "\n")):
            # A hyphen after a word or a range: the number itself starts later.
            self._put(self.source[start], start)
            start += 1
            before = self.source[max(left, start - 6) : start]
        opaque = _INSIDE.search(before.removesuffix("**")) is not None
        after = self.source[end : min(right, end + 8)].removeprefix("**")
        if _GOES_ON.match(after) and not _UNIT_TAIL.match(after):
            opaque = True
        self._mark(Value(self.source[start:end], start, end), opaque=opaque)

    def _mark(self, value: Value, *, opaque: bool) -> None:
        kept, first, most = (self.inner, INNER, _LAST - INNER) if opaque else (self.values, FIRST, _MOST)
        if len(kept) >= most:
            self._put(chr(_LAST), value.start)
            return
        self._put(chr(first + len(kept)), value.start)
        kept.append(value)
