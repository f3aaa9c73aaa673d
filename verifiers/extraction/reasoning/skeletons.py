"""A clause with its objects numbered and its wording levelled: "The red book isn't the second-newest" becomes
`<2> is not #2 newest`. Rules are written for this form, so that each says one thing once.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from verifiers.extraction.reasoning.names import Mention

ORDINALS: Final = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
)  # fmt: skip
CARDINALS: Final = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_ORDINAL: Final[Mapping[str, int]] = {word: at + 1 for at, word in enumerate(ORDINALS)}
CARDINAL: Final[Mapping[str, int]] = {word: at + 1 for at, word in enumerate(CARDINALS)}

_CONTRACTED: Final = re.compile(r"\b(ca|wo|is|are|was|were|does|do|did|has|have|could|must|would)n['’]t\b")
_WHOLE: Final[Mapping[str, str]] = {"ca": "can", "wo": "will"}
_NOISE: Final = re.compile(r"[*_`\"“”‘]+|(?<!\w)['’]|['’](?!\w)")
_DIGITS: Final = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")
_WORD: Final = re.compile(r"[a-z]+")
_DROPPED: Final = frozenset({
    "the", "a", "an", "also", "now", "therefore", "thus", "hence", "clearly", "obviously", "definitely", "indeed",
    "accordingly", "consequently", "certainly", "necessarily", "still", "currently", "itself", "himself", "herself",
})  # fmt: skip
_SAID: Final = (
    (re.compile(r"\bcan not\b"), "cannot"),
    (re.compile(r"\b(?:penultimate)\b"), "#2 to last"),
    (re.compile(r"#(\d+) (?:from )?last\b"), r"#\1 to last"),
    (re.compile(r"\btowards?\b"), "to"),
    (re.compile(r"\b(?:to|on) immediate (left|right)\b"), r"immediately to \1"),
    (re.compile(r"\bimmediately next to\b"), "next to"),
)


def skeleton(text: str, mentions: Iterable[Mention], nouns: frozenset[str]) -> str:
    """`text` with the objects mentioned as `<k>`, ordinals as `#k`, number words as digits, lower case, determiners
    and emphasis left out, and what the objects are called together as `N`.
    """
    parts: list[str] = []
    at = 0
    for mention in mentions:
        parts.append(text[at : mention.start].lower())
        parts.append(f"<{mention.index}>")
        at = mention.end
    parts.append(text[at:].lower())
    joined = _NOISE.sub("", "".join(parts)).replace("<=", " ").replace("—", " , ").replace("–", "-")
    joined = _CONTRACTED.sub(lambda m: f"{_WHOLE.get(m[1], m[1])} not", joined)
    joined = re.sub(r"(?<=\w)-(?=\w)", " ", joined)
    joined = re.sub(r"(?<=>)['’]s\b", "'s", joined)
    joined = _DIGITS.sub(r"#\1", joined)
    joined = _WORD.sub(lambda m: _levelled(m[0], nouns), joined)
    joined = " ".join(joined.split()).strip(" .,;:!")
    for pattern, replacement in _SAID:
        joined = pattern.sub(replacement, joined)
    return re.sub(r"\s+([,;:])", r"\1", joined)


def _levelled(word: str, nouns: frozenset[str]) -> str:
    if word in _DROPPED:
        return ""
    if word in _ORDINAL:
        return f"#{_ORDINAL[word]}"
    if word in CARDINAL:
        return str(CARDINAL[word])
    return "N" if word in nouns else word
