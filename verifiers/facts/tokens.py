"""Text to tokens with offsets: words by their lemma, names as one token, numbers and marks as they stand."""

import re
from collections.abc import Iterator
from typing import Final, Literal

import msgspec

from verifiers.facts.lexicon import NAMES, NEGATED, PHRASES, SYNONYMS, lemma

Kind = Literal["word", "number", "mark"]


class Token(msgspec.Struct, frozen=True):
    """`key` is what it is compared by; `start:end` lies in the text it was read from."""

    text: str
    key: str
    kind: Kind
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.lower()


_PIECE: Final = re.compile(
    r"(?P<number>\d+(?:,\d{2,3})*(?:\.\d+)?(?:st|nd|rd|th)?(?:[A-Z]{1,3}\b)?)"
    r"|(?P<word>[^\W\d_]+(?:['’](?:s|t)\b)?)"
    r"|(?P<mark>[^\w\s])"
)
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LONGEST: Final = max(len(name.split()) for name in NAMES)


def tokens(text: str) -> list[Token]:
    """Linear in the text."""
    return _named(list(_pieces(text)))


def _pieces(text: str) -> Iterator[Token]:
    for match in _PIECE.finditer(text):
        start = match.start()
        if match["number"]:
            yield Token(match[0], match[0], "number", start, match.end())
        elif match["mark"]:
            # A hyphen inside a word joins; the parts are read one by one.
            if match[0] in "-‐‑" and 0 < start < len(text) - 1 and text[start - 1].isalnum():
                continue
            yield Token(match[0], match[0], "mark", start, match.end())
        else:
            yield from _words(match[0], start)


def _words(word: str, start: int) -> Iterator[Token]:
    low = word.lower().replace("’", "'")
    if low in ("cannot", "can't"):
        yield Token(word[:3], "can", "word", start, start + 3)
        yield Token("not", "not", "word", start + 3, start + len(word))
        return
    if low.endswith("n't"):
        yield Token(word[:-3], lemma(word[:-3]), "word", start, start + len(word) - 3)
        yield Token("not", "not", "word", start + len(word) - 3, start + len(word))
        return
    bare = word[:-2] if low.endswith("'s") else word
    at = start
    for part in _CAMEL.split(bare):
        yield Token(part, lemma(part), "word", at, at + len(part))
        at += len(part)


def _named(read: list[Token]) -> list[Token]:
    """Names and fixed phrases as one token; synonyms by one of them; a negated word as `not` and its plain form."""
    out: list[Token] = []
    at = 0
    while at < len(read):
        name, length = _longest(read, at)
        if length:
            last = read[at + length - 1]
            text = " ".join(token.text for token in read[at : at + length])
            for key in name.split():
                out.append(Token(text, key, "word", read[at].start, last.end))
            at += length
            continue
        token = read[at]
        if token.kind == "word" and token.key in NEGATED:
            out.append(Token("not", "not", "word", token.start, token.start))
            token = msgspec.structs.replace(token, key=NEGATED[token.key])
        if token.kind == "word":
            # "the Constitution" is a book, "the constitution of a Board" its setting up.
            key = "constitut" if token.text == "constitution" else SYNONYMS.get(token.key, token.key)
            token = msgspec.structs.replace(token, key=key)
        out.append(token)
        at += 1
    return out


def _longest(read: list[Token], at: int) -> tuple[str, int]:
    keys = [token.key for token in read[at : at + _LONGEST + 1] if token.kind == "word"]
    for length in range(min(len(keys), _LONGEST), 0, -1):
        if all(token.kind == "word" for token in read[at : at + length]):
            if name := _BY_LEMMA.get(tuple(keys[:length])):
                return name, length
            if length > 1 and tuple(keys[:length]) in PHRASES:
                return PHRASES[tuple(keys[:length])], length
    return "", 0


_BY_LEMMA: Final = {tuple(lemma(word) for word in name.split()): key for name, key in NAMES.items()}
