"""Words of a sorting task in the order that an answer writes with signs: `(2) ["bat" ? "bee"] < (3) "cat"`."""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from verifiers.extraction.reasoning.sorted_lists import Items

_TOKEN: Final = re.compile(
    r"\((?P<tag>\d{1,2})\)|(?P<sign>[\[\]<>?=,])|\"(?P<quoted>[^\"\n]{1,40})\"|“(?P<curly>[^”\n]{1,40})”"
    r"|(?P<word>[\w'’&-]+)|\S"
)
_PART_OF: Final = re.compile(r"\W{0,3}(?:for|in|of|within) (?:the|this|that) (?:sub\w*|group|part)\b", re.IGNORECASE)


class Element(msgspec.Struct, frozen=True, kw_only=True):
    """One place of a chain: a word, or several whose order is open; `tag` is the number written before it."""

    start: int
    end: int
    words: tuple[str, ...]
    tag: int | None = None


class Chain(msgspec.Struct, frozen=True, kw_only=True):
    """Elements from the first to the last, or a single bracket."""

    elements: tuple[Element, ...]
    part: bool
    """Said to be a part of the list only."""

    @property
    def start(self) -> int:
        return min(element.start for element in self.elements)

    @property
    def end(self) -> int:
        return max(element.end for element in self.elements)

    @property
    def words(self) -> list[str]:
        return [word for element in self.elements for word in element.words]


def chains(text: str, items: Items) -> Iterator[Chain]:
    """Runs joined by "<" or by ">", which are turned round; brackets alone. A run with both signs is left out."""
    reader = _Reader()
    for token in _TOKEN.finditer(text):
        word = token["quoted"] or token["curly"] or token["word"]
        known = items.near(word, token["word"] is None) if word else None
        if not reader.takes(token, None if known is None else known.value):
            if (chain := reader.closed(text)) is not None:
                yield chain
            reader = _Reader()
            reader.takes(token, None if known is None else known.value)
    if (chain := reader.closed(text)) is not None:
        yield chain


class _Reader:
    """What has been read of a chain. `join` is the sign that waits for its right side."""

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.signs: set[str] = set()
        self.join = ""
        self.tag: int | None = None
        self.begin: int | None = None
        """Where the element in reading begins, its number included."""
        self.bracket: list[str] | None = None

    def takes(self, token: re.Match[str], word: str | None) -> bool:
        """Whether the token goes on with the chain; else it stays as it was."""
        sign = token["sign"]
        if self.bracket is not None:
            return self._inside(token, sign, word)
        open_ = not self.elements or bool(self.join)
        if token["tag"] and open_ and self.tag is None:
            self.tag, self.begin = int(token["tag"]), token.start()
        elif sign == "[" and open_:
            self.bracket = []
            self.begin = token.start() if self.begin is None else self.begin
        elif word is not None and open_:
            self._add(token, (word,))
        elif sign in ("<", ">", "?", "=") and self.elements and not self.join and self.tag is None:
            self.join = sign
        else:
            return False
        return True

    def _inside(self, token: re.Match[str], sign: str | None, word: str | None) -> bool:
        assert self.bracket is not None
        if word is not None:
            self.bracket.append(word)
        elif sign == "]" and self.bracket:
            words, self.bracket = tuple(self.bracket), None
            self._add(token, words)
        elif sign not in ("?", ",", "="):
            return False
        return True

    def _add(self, token: re.Match[str], words: tuple[str, ...]) -> None:
        start = token.start() if self.begin is None else self.begin
        if self.join in ("?", "=") and self.elements:
            last = self.elements[-1]
            self.elements[-1] = msgspec.structs.replace(last, end=token.end(), words=last.words + words)
        else:
            self.signs |= {self.join} - {""}
            self.elements.append(Element(start=start, end=token.end(), words=words, tag=self.tag))
        self.join, self.tag, self.begin = "", None, None

    def closed(self, text: str) -> Chain | None:
        if len(self.signs) > 1 or not self.elements or (len(self.elements) == 1 and len(self.elements[0].words) == 1):
            return None
        part = bool(_PART_OF.match(text, self.elements[-1].end))
        ordered = self.elements[::-1] if self.signs == {">"} else self.elements
        return Chain(elements=tuple(ordered), part=part)
