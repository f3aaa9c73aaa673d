"""Written solutions of sorting tasks: letters compared, chains "a" < "b", lists called sorted, one word before another.

A chain in brackets, [`"x" ? "y"`], leaves the order of its words open and asserts nothing of it, unless the same
answer told them apart before. A word that an intermediate chain misspells is read as the word it is meant for; the
final list has to be right.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import Final

import msgspec

from verifiers.claims import Claim, Sorting, Span
from verifiers.expr import Expr, Text, num
from verifiers.extraction.document import Document, Part
from verifiers.extraction.reasoning.sort_chains import Chain, chains
from verifiers.extraction.reasoning.sort_task import Task, bare_task, task
from verifiers.extraction.reasoning.sorted_lists import PRECEDENCE, Entries, Items
from verifiers.kinds.sorting import letters

_ORDINALS: Final = {
    name: at
    for at, names in enumerate(
        (("first", "1st"), ("second", "2nd"), ("third", "3rd"), ("fourth", "4th"), ("fifth", "5th"), ("sixth", "6th"),
         ("seventh", "7th"), ("eighth", "8th"), ("ninth", "9th"), ("tenth", "10th")), 1)
    for name in names
}  # fmt: skip
_POSITION: Final = re.compile(rf"\b({'|'.join(_ORDINALS)}) (?:letter|character)s?\b", re.IGNORECASE)
_LISTED: Final = re.compile(
    r"(?:\"([^\"\n]{1,40})\"|“([^”\n]{1,40})”|'([^'\n]{1,40})'|([\w'’&-]{1,40}))\s*(?::|→|->|=|–|-)\s*"
    r"(?:(?=[\"“'*]?[A-Za-z][\"”'*]?\s*(?:[,.;)\n]|\(\d|$))|(?=[\"“]))[\"“'*]{0,2}([A-Za-z])[\"”'*]{0,2}(?![\w'’])"
    r"(?:\s*\((\d{1,2})\))?"
)
_OPENS: Final = re.compile(r"\b(?:sort|compare|order|look at)\b", re.IGNORECASE)
_WHOLE: Final = re.compile(r"\b(?:we|i|this|which|that)(?: now)? (?:have|get|gives?|obtain)s?\W*$", re.IGNORECASE)
_SO_FAR: Final = re.compile(r"\b(?:so far|partial\w*|sub\w+|group|half|starting with|beginning with|insert\w*)\b", re.I)
_NOT_SAID: Final = re.compile(r"\b(?:if|whether|check|see|does|suppose|not|would|should)\b", re.IGNORECASE)


def find(document: Document) -> Iterator[Claim]:
    """Claims about the order of the words or numbers that the question wants sorted."""
    question = document.question.text
    asked = task(question)
    if asked is None and len(question) < 4_000 and question and not set(question) & set(".?:,"):
        asked = bare_task(question, "\n".join(part.text for part in document.steps))
    if asked is not None:
        yield from _Reader(asked, document).claims()


class _Reader:
    """Reads the steps one after another: later chains are held against what earlier ones told apart."""

    def __init__(self, asked: Task, document: Document) -> None:
        self.task = asked
        self.steps = document.steps
        self.items = Items(asked.items)
        self.apart: dict[tuple[str, str], int] = {}
        """Pairs told apart, and how many letters had been looked at then."""
        self.position: int | None = None
        self.pending: list[frozenset[str]] = []
        self.whole = False
        """An earlier chain had all of the items."""
        self.final: list[Expr] = []

    def claims(self) -> Iterator[Claim]:
        lists = [(part, entries) for part in self.steps for entries in self.items.lists(part, self.task.options)]
        lists += [(part, entries) for part in self.steps[-1:] for entries in self.items.only(part)]
        self.final = lists[-1][1].items if lists else []
        for part in self.steps:
            if self.task.by == "alphabet":
                yield from self._letters(part)
                yield from self._chains(part)
                yield from self._before(part)
        for part, entries in lists:
            yield self._listed(part, entries)

    def _claim(self, part: Part, start: int, end: int, formula: Sorting) -> Claim:
        return Claim(span=Span(part.step, start, end), text=part.text[start:end], formula=formula)

    def _formula(self, claim: str, groups: Sequence[Sequence[Expr]], **rest: object) -> Sorting:
        claimed = tuple(tuple(group) for group in groups)
        task = self.task
        made = Sorting(items=task.items, claim="order", claimed=claimed, by=task.by, order=task.order)
        return msgspec.structs.replace(made, claim=claim, **rest)

    def _listed(self, part: Part, entries: Entries) -> Claim:
        most = 2 * len(self.task.items) < 3 * len(entries.items) and len(entries.items) > 2
        complete = entries.final and most
        items = entries.items if complete else [one for one in entries.items if one in self.task.items]
        order = entries.order or self.task.order
        formula = self._formula("order", [[one] for one in items], complete=complete, order=order)
        return self._claim(part, entries.start, entries.end, formula)

    def _letters(self, part: Part) -> Iterator[Claim]:
        """`"kitten": "k" (11)` under "the first letter"."""
        positions = [(m.start(), _ORDINALS[m[1].lower()]) for m in _POSITION.finditer(part.text)]
        if not positions:
            return
        for match in _LISTED.finditer(part.text):
            group = next(g for g in (1, 2, 3, 4) if match[g] is not None)
            word = self.items.exact(match[group])
            before = [position for at, position in positions if at < match.start()]
            if word is None or not before or self.items.exact(match[5]) is not None:
                continue
            letter, position = match[5], before[-1]
            formula = self._formula("letter", [[word]], position=position, value=Text(letter))
            yield self._claim(part, match.start(group), match.end(5), formula)
            if match[6] and letters(word.value)[position - 1 : position] == letter.lower():
                formula = self._formula("letter", [[word]], position=position, value=num(match[6]))
                yield self._claim(part, match.start(5), match.end(), formula)

    def _chains(self, part: Part) -> Iterator[Claim]:
        text = part.text
        for match in _POSITION.finditer(text):
            self.position = _ORDINALS[match[1].lower()]
            break
        tagged = True
        for chain in chains(text, self.items):
            if len(chain.elements) == 1 and chain.elements[0].tag is None:
                yield from self._opened(part, chain)
                continue
            yield from self._ordered(part, chain)
            if tagged and self.position is not None:
                yield from self._tags(part, chain, self.position)
            yield from self._ties(part, chain)
            tagged = False
            if chain.part:
                self.pending = [
                    frozenset(element.words) for element in chain.elements if len(element.words) > 1
                ] + self.pending
            for one, other in combinations(chain.elements, 2):
                for pair in ((x, y) for x in one.words for y in other.words):
                    self.apart[pair] = self.apart[pair[::-1]] = self.position or 1

    def _ordered(self, part: Part, chain: Chain) -> Iterator[Claim]:
        if len(chain.elements) < 2:
            return
        groups = [[Text(word) for word in element.words] for element in chain.elements]
        lead = part.text[max(0, chain.start - 60) : chain.start]
        open_groups = any(len(group) > 1 for group in groups) or any(e.tag is not None for e in chain.elements)
        most = 10 * len(chain.words) >= 7 * len(self.task.items)
        misspelt = self.items.misspelt(part.text[chain.start : chain.end])
        complete = (
            not chain.part and most and (self.whole or open_groups) and not misspelt
            and _WHOLE.search(lead.rstrip(" :")) is not None and _SO_FAR.search(lead.rpartition(".")[2]) is None
        )  # fmt: skip
        self.whole |= complete
        yield self._claim(
            part, chain.start, chain.end, self._formula("order", groups, complete=complete, order="ascending")
        )

    def _tags(self, part: Part, chain: Chain, position: int) -> Iterator[Claim]:
        """`(2) ["bat" ? "bee"]`: the letter looked at is the second of the alphabet."""
        for element in chain.elements:
            if element.tag is not None:
                group = [Text(word) for word in element.words]
                formula = self._formula("letter", [group], position=position, value=num(element.tag))
                yield self._claim(part, element.start, element.end, formula)

    def _ties(self, part: Part, chain: Chain) -> Iterator[Claim]:
        """Words in one bracket that were told apart before."""
        for element in chain.elements:
            for one, other in combinations(element.words, 2):
                position = _first_difference(one, other)
                if position is not None and position <= self.apart.get((one, other), 0):
                    formula = self._formula("tied", [[Text(one), Text(other)]], position=position)
                    yield self._claim(part, element.start, element.end, formula)
                    break

    def _opened(self, part: Part, chain: Chain) -> Iterator[Claim]:
        """The next part taken up. In an answer that ends wrong, words of the last part that are still in one bracket
        were left too soon if they end the wrong way round or are never taken up again, or if the answer otherwise goes
        part by part, not letter by letter through all of them.
        """
        if not _OPENS.search(part.text[max(0, chain.start - 60) : chain.start]):
            return
        words = frozenset(chain.words)
        if words not in self.pending:
            for group in self.pending:
                one, other = sorted(group)[:2]
                position = _first_difference(one, other)
                left = self._misplaced(group) or not (self._by_letters and self._taken_up(part.step, group))
                if position is not None and left and self._ends_wrong:
                    formula = self._formula("left", [[Text(one), Text(other)]], position=position)
                    yield self._claim(part, chain.start, chain.end, formula)
                    break
            self.pending = []
        self.pending = [group for group in self.pending if group != words]

    @property
    def _ends_wrong(self) -> bool:
        listed = [one.value for one in self.final if isinstance(one, Text)]
        given = [one.value for one in self.items.items if isinstance(one, Text)]
        return bool(listed) and (sorted(listed, key=letters) != listed or Counter(listed) != Counter(given))

    @property
    def _by_letters(self) -> bool:
        """All parts by their second letters, then all by their third: no letter after a later one."""
        levels = [
            _ORDINALS[match[1].lower()]
            for part in self.steps
            if (match := _POSITION.search(part.text)) is not None and _OPENS.search(part.text)
        ]
        return sorted(levels) == levels

    def _taken_up(self, step: int, group: frozenset[str]) -> bool:
        """Whether a later step opens just these words."""
        for part in self.steps[step + 1 :]:
            for chain in chains(part.text, self.items):
                if len(chain.elements) == 1 and frozenset(chain.words) == group:
                    return True
        return False

    def _misplaced(self, group: frozenset[str]) -> bool:
        """Whether two neighbours of the final list stand the wrong way round."""
        placed = [one.value for one in self.final if isinstance(one, Text) and one.value in group]
        return any(letters(x) > letters(y) for x, y in pairwise(placed))

    def _before(self, part: Part) -> Iterator[Claim]:
        """ "fig" comes before "plum"."""
        if self.task.order != "ascending":
            return
        for match in PRECEDENCE.finditer(part.text):
            one, other = self.items.exact(match[1] or match[2]), self.items.exact(match[4] or match[5])
            begin = max(part.text.rfind(stop, 0, match.start()) for stop in (".", "\n", ";", "?", "!"))
            end = re.compile(r"[.?!\n;]|$").search(part.text, match.end())
            asks = end is not None and end.group() == "?"
            if one is None or other is None or asks or _NOT_SAID.search(part.text[begin + 1 : match.start()]):
                continue
            groups = [[one], [other]] if match["how"].lower() in ("before", "precedes") else [[other], [one]]
            yield self._claim(part, match.start(), match.end(), self._formula("order", groups))


def _first_difference(one: str, other: str) -> int | None:
    return next((at for at, (a, b) in enumerate(zip(letters(one), letters(other), strict=False), 1) if a != b), None)
