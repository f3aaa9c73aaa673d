"""A passage cut into what is judged at a time: sentences, and of a list its lead with each of its items."""

import re
from collections.abc import Iterator
from typing import Final

import msgspec


class Unit(msgspec.Struct, frozen=True):
    """One sentence, or the lead of a list and one item. `spans` are its places in the passage, in order."""

    text: str
    spans: tuple[tuple[int, int], ...]
    proviso: bool = False
    partial: bool = False
    """An item of a list of conditions that must all be met."""


_END: Final = re.compile(r"(?<=[.;!?])(?=\s|$)|\n\s*\n|(?<=:)(?=\s*Provided\b)|(?<=[:—–-])\s*\n")
_ITEM: Final = re.compile(r"(?<![\w)])\(\s?([a-z]{1,3}|[ivx]+)\s?\)(?=\s|[A-Za-z“\"])")
_CLAUSE: Final = re.compile(r"\s*(?:\[?\(\s?\d{1,2}[A-Z]{0,2}\s?\)|\d+\.\s|[-*•#]+\s)\s*")
_ABBREVIATIONS: Final = re.compile(r"(?:\b(?:Dr|Mr|Mrs|Ms|St|No|Art|Sec|vs|etc|cent|viz|i\.e|e\.g|[A-Z]))\.$")
_OPEN: Final = re.compile(r"(?:[;:,—–-]|\band|\bor)$")
_LEADING: Final = re.compile(r"[—–:]\s*$|unless\s*(?:he)?\W*$|\b(?:be|of|to|with|as)\W*$")
_MENTIONED: Final = re.compile(
    r"(?:clause|clauses|sub-clause|section|article|paragraph|item|[a-z]\)(?: and| or|,)?)$"
)
_LONGEST: Final = 4_000
"""Characters of one sentence that are read; laws have long ones, none this long."""


def units(text: str) -> list[Unit]:
    """Every sentence in order; linear in the text."""
    found: list[Unit] = []
    for start, end in _blocks(text):
        found.extend(_units_of(text, start, end))
    return found


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Sentences, where a list is one with its lead: it ends at a full stop, or where a new numbered clause begins."""
    start = 0
    for place in _ends(text):
        if text[start:place].strip():
            yield start, place
        start = place
    if text[start:].strip():
        yield start, len(text)


def _ends(text: str) -> Iterator[int]:
    for match in _END.finditer(text):
        at = match.start()
        before = text[max(0, at - 12) : at]
        if _ABBREVIATIONS.search(before) and "\n" not in match[0]:
            continue
        after = text[match.end() :].lstrip()[:8]
        begins = after.startswith(("Provided", "Explanation")) or re.match(r"\(\d", after)
        if _OPEN.search(before.rstrip()) and not begins:
            # The list goes on.
            continue
        yield match.end()


def _units_of(text: str, start: int, end: int) -> Iterator[Unit]:
    head = _CLAUSE.match(text, start, end)
    begin = head.end() if head else start
    while begin < end and text[begin].isspace():
        begin += 1
    proviso = text.startswith("Provided", begin)
    items = [m for m in _ITEM.finditer(text, begin, min(end, begin + 4 * _LONGEST)) if _opens(text, m.start(), begin)]
    if not items:
        for piece in _halves(text, begin, end):
            yield _unit(text, (piece,), proviso)
        return
    lead = (begin, items[0].start())
    told = text[lead[0] : lead[1]].strip(" —–-:\n\xa0")
    conditions = bool(re.search(r"\b(?:if|where|when)\W*$", told))
    joined = re.search(r"\band\s*$", text[items[-2].end() : items[-1].start()]) if len(items) > 1 else None
    if told and not (told.count(" ") >= 3 and _LEADING.search(text[lead[0] : lead[1]])):
        yield _unit(text, (lead,), proviso)
    for number, item in enumerate(items):
        until = items[number + 1].start() if number + 1 < len(items) else end
        last = (item.end(), until)
        spans = (lead, last) if told else (last,)
        yield _unit(text, spans, proviso, conditions and joined is not None)


def _opens(text: str, at: int, begin: int) -> bool:
    """Whether an enumerator begins an item, and is not a mention of one: "sub-clause (a) of clause (1)"."""
    before = text[max(begin, at - 14) : at].rstrip().lower()
    return not _MENTIONED.search(before)


def _halves(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence in its halves around a semicolon."""
    at = start
    for match in re.finditer(r";\s+(?!and\s*$|or\s*$)", text[start:end]):
        cut = start + match.end()
        if text[at:cut].count(" ") > 3 and text[cut:end].count(" ") > 3:
            yield at, cut
            at = cut
    yield at, end


def _unit(text: str, spans: tuple[tuple[int, int], ...], proviso: bool, partial: bool = False) -> Unit:
    trimmed = []
    for start, end in spans:
        end = min(end, start + _LONGEST)
        while start < end and text[start].isspace():
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in "—–"):
            end -= 1
        trimmed.append((start, end))
    return Unit(" ".join(text[start:end] for start, end in trimmed), tuple(trimmed), proviso, partial)
