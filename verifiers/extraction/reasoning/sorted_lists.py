"""Items of a sorting task in the text of an answer, and the lists of them that it calls sorted."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

import msgspec

from verifiers.expr import Expr, Num, Text
from verifiers.extraction.document import Part
from verifiers.extraction.reasoning.sort_task import ONE_NUMBER, Direction, item, number, told_direction

_FILL: Final = (
    r"(?:order|lists?|words?|numbers?|names?|items?|version|sequence|result|answer|arrangement|of|the|given|in|by|from|to"
    r"|final|sorted|correct|complete|alphabetical(?:ly)?|ascending|descending|increasing|decreasing|dictionary|reverse"
    r"|smallest|largest|least|greatest|lowest|highest|shortest|longest|is|are|now|therefore|thus|then|so|a|z|we|i|get|have"
    r"|obtain|would be|should be|will be|as follows|as|these|this|them|they|it|option|gives)"
)
_MARK: Final = re.compile(
    rf"\b(?:sorted|alphabetical(?:ly)?|ascending|descending|(?:in|de)creasing|ordered|arranged"
    rf"|from (?:great|large|big|high|long|small|low|short)est to \w+est"
    rf"|from (?:greatest|most) to least|from least to \w+"
    rf"|final (?:answer|list|order)|answer|dictionary order|numerical order|in order)\b"
    rf"(?:[\s,*_]+{_FILL}\b){{0,12}}(?:[\s*_]*:[\s*_]*|[\s*_]+)"
    r"(?:\\boxed\{|\\text\{|[\[{(\"“'$`*]){0,4}|\\boxed\{(?:\\text\{)?",
    re.IGNORECASE,
)
_PLANNING: Final = re.compile(
    r"\b(?:sort|arrange|order|put|place|rank|need|want|asked|task|given|let['’]?s|let us|original|unsorted|if"
    r"|suppose|not|before|pass|iteration|insert\w*|merg\w*|swap\w*|compar\w*|check\w*|is it|wait)\b|\?",
    re.IGNORECASE,
)
_ANSWER: Final = re.compile(r"answer|boxed|final", re.IGNORECASE)
_PARTLY: Final = re.compile(
    r"\b(?:so far|partial\w*|sub\w+|group\w*|half|start\w* with|begin\w* with|letter|part|remaining|first|last"
    r"|\w-words)\b",
    re.IGNORECASE,
)
_LETTER: Final = re.compile(r"\banswer(?: is|:)?\s*\**\(?([A-Ea-e])\)?(?![\w'’])")
_BETWEEN: Final = re.compile(r"(?:->|=>|[-•](?=\s)|[\s\"'“”‘’`*_\[\]{}$\\,;<≤|→·])*")
_BULLET: Final = re.compile(r"(?:\d{1,3}[.)]|and|then|\(\d{1,2}\))\s+")
_ENDS: Final = re.compile(r"[.!?](?=\s|$)|\n\s*\n(?!\s*(?:[-*•]|\d{1,3}[.)]))")
_ELEMENT: Final = re.compile(r"[^\s,;<>→|]+")
_CLOSE: Final = 0.6
_SPOKEN: Final = r"(?:[\"“'‘]([^\"”\n]{{1,40}}?)[\"”'’]|([\w'’&-]{{1,40}}))"
PRECEDENCE: Final = re.compile(
    rf"(?<![\w'’-]){_SPOKEN.format()},?(?: (?:comes|goes|is|stands|appears|falls|sorts))?"
    rf"(?: alphabetically| listed| placed)? (?P<how>before|after|precedes|follows) {_SPOKEN.format()}(?![\w-])",
    re.IGNORECASE,
)
"""Group 1 or 2 before or after group 4 or 5."""


class Entries(msgspec.Struct, frozen=True, kw_only=True):
    """A list as an answer gives it; entries that are no items stand in it as words."""

    start: int
    end: int
    items: list[Expr]
    final: bool
    """Called the answer or the sorted list, not a part of it."""
    order: Direction | None = None
    """The direction that the words before it tell: the way there may be the list the other way round."""


class Items:
    """The items of a task by the words an answer uses for them, in any case."""

    def __init__(self, items: Sequence[Expr]) -> None:
        self.items = tuple(items)
        self._words = {one.value.casefold(): one for one in items if isinstance(one, Text)}

    def exact(self, word: str) -> Text | None:
        return self._words.get(word.strip("\"“”‘'").rstrip("’").casefold()) or self._words.get(word.casefold())

    def near(self, word: str, quoted: bool) -> Text | None:
        """The item, or the one that a word in quotes misspells."""
        if (found := self.exact(word)) is not None or not quoted:
            return found
        small = word.casefold()
        close = [(self._ratio(small, key), key) for key in self._words if key[:1] == small[:1]]
        ratio, key = max(close, default=(0.0, ""))
        return self._words[key] if ratio >= _CLOSE else None

    @staticmethod
    def _ratio(one: str, other: str) -> float:
        return SequenceMatcher(None, one, other, autojunk=False).ratio()

    def misspelt(self, text: str) -> bool:
        """Whether the text has a word in quotes that is none of the items."""
        return any(self.exact(m[1]) is None for m in re.finditer(r"[\"“]([^\"”\n]{1,40})[\"”]", text))

    def lists(self, part: Part, options: Sequence[tuple[str, str]]) -> Iterator[Entries]:
        """Lists called sorted or the answer, and the option chosen."""
        text = part.text
        reached = 0
        for mark in _MARK.finditer(text):
            begin = max(text.rfind("\n", 0, mark.start()), _last_stop(text, mark.start()))
            lead = text[begin + 1 : mark.end()]
            if mark.start() < reached or _PLANNING.search(text[begin + 1 : mark.start()]):
                continue
            found = self._run(text, mark.end())
            if found is None:
                continue
            start, end, entries = found
            reached = end
            final = bool(_ANSWER.search(mark.group())) or not _PARTLY.search(lead)
            yield Entries(start=start, end=end, items=entries, final=final, order=told_direction(lead))
        chosen = dict(options)
        for match in _LETTER.finditer(text):
            if (option := chosen.get(match[1].upper())) and (read := self._run(option, 0)) is not None:
                yield Entries(start=match.start(), end=match.end(), items=read[2], final=True)

    def only(self, part: Part) -> Iterator[Entries]:
        """A step that is nothing but a list of the items."""
        found = self._run(part.text, 0)
        if found is not None and not part.text[found[1] :].strip(" .\n*\"'`]})") and not _MARK.search(part.text):
            yield Entries(start=found[0], end=found[1], items=found[2], final=True)

    def _run(self, text: str, at: int) -> tuple[int, int, list[Expr]] | None:
        """The list that begins at a place: items, and single other words between them or at its very end."""
        stops = (m.start() for m in _ENDS.finditer(text, at) if not self._numbers(text, m.start()))
        limit = min(next(stops, len(text)), at + 8_000)
        entries: list[Expr] = []
        strange: list[int] = []
        start = end = -1
        place = at
        while place < limit:
            gap = _BETWEEN.match(text, place, limit)
            place = gap.end() if gap else place
            bullet = _BULLET.match(text, place, limit)
            place = bullet.end() if bullet else place
            read = self._item_at(text, place, limit)
            if read is None:
                break
            one, after = read
            if one in self.items:
                strange = [] if one in self.items else strange
                start = place if start < 0 else start
                end = after
                entries.append(one)
                strange.clear()
            else:
                strange.append(len(entries))
                entries.append(one)
                if len(strange) > 1 or start < 0:
                    break
            place = after
        trailing = text[end:limit].strip(" .*\"'`]})$\n") if end >= 0 else ""
        if strange and not (len(strange) == 1 and trailing and " " not in trailing.strip(" ,;")):
            entries = entries[: strange[0]]
        elif strange:
            end = place
        known = [one for one in entries if one in self.items]
        return (start, end, entries) if len(known) > 1 and 2 * len(known) > len(entries) else None

    def _numbers(self, text: str, stop: int) -> bool:
        """Whether a full stop belongs to the number of a list's entry."""
        before = text[max(0, stop - 8) : stop].rpartition("\n")[2]
        alone = before.strip().isdecimal()
        return alone or (bool(self._words) and before.rpartition(" ")[2].isdecimal())

    def _item_at(self, text: str, at: int, limit: int) -> tuple[Expr, int] | None:
        """The longest item that stands here, else the one word."""
        found = ONE_NUMBER.match(text, at, limit)
        if found is not None and not self._words and not re.match(r"[\w.]*\w", text[found.end() : found.end() + 2]):
            return (value, found.end()) if (value := number(found.group())) is not None else None
        best: tuple[Expr, int] | None = None
        for size in (3, 2, 1):
            match = re.compile(rf"(?:[^\s,;<>→|\"“”`*\]}}$]+ ?){{{size}}}").match(text, at, limit)
            if match is None:
                continue
            raw = match.group().rstrip(" ")
            if (known := self.exact(raw.rstrip(".:'’"))) is not None:
                return known, at + len(raw.rstrip(".:"))
            if size == 1:
                read = _number_or_word(raw)
                best = (read, at + len(raw)) if read is not None else None
        return best


def _number_or_word(raw: str) -> Expr | None:
    read = item(raw)
    if isinstance(read, Num):
        return read
    return Text(raw.strip("'’.")) if read is not None else number(raw) if raw.isdecimal() else None


def _last_stop(text: str, before: int) -> int:
    return max((text.rfind(stop, 0, before) for stop in (". ", "! ", "? ", "; ")), default=-1)
