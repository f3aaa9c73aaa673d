"""What the question of a word problem asks for, and whether a question is a word problem at all."""

import re
from typing import Final

import msgspec

from verifiers.extraction.words.nouns import STOP, UNITS, WHOLE, is_plural, singular

_HOW_MANY: Final = re.compile(
    r"\bhow many (?:(?:more|fewer|total|additional|other|extra|of the|of|new|full|whole|different) ){0,2}"
    r"(?P<phrase>[a-z][a-z'’-]*(?: [a-z][a-z'’-]*){0,4})",
    re.IGNORECASE,
)
_NOTATION: Final = re.compile(
    r"\\[A-Za-z({[]|\$[A-Za-z(]|\$[^$\n]{0,200}[\\^_=<>][^$\n]{0,200}\$|\b[a-z]\^|[a-z]\([a-z]\)|≤|≥|∈|√"
)
_ASKS: Final = re.compile(
    r"\b(?:how (?:many|much|long|old|far|tall|fast|big|high|heavy|often|likely|late|wide|deep|soon)"
    r"|what(?:'s|’s| is| was| are| were| will| would| percent\w*| fraction| time| distance| amount"
    r"| number| age| profit)"
    r"|what (?:does|do|did)|calculate|find|determine|by what|in what|on what|at what)\b",
    re.IGNORECASE,
)
_SHARED: Final = re.compile(
    r"\b(?:averages?|mean|ratio|rate|probability|likely|odds|expect(?:ed)?|percent(?:age)?|fractions?|per|times)\b",
    re.IGNORECASE,
)  # fmt: skip
_DIGIT: Final = re.compile(r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|half|twice|dozen)\b", re.IGNORECASE)
_LONGEST: Final = 6_000


class Asked(msgspec.Struct, frozen=True):
    """`nouns` are the singular nouns after "how many", head last; `text` the words as asked."""

    text: str
    nouns: tuple[str, ...]

    @property
    def head(self) -> str:
        return self.nouns[-1] if self.nouns else ""

    @property
    def whole(self) -> bool:
        """Whether it counts things that come whole."""
        return self.head in WHOLE

    @property
    def measured(self) -> bool:
        return any(noun in UNITS for noun in self.nouns)


def is_word_problem(question: str) -> bool:
    """A question in everyday words with numbers in it; questions in notation are not for this folder's rules."""
    if not question or len(question) > _LONGEST or _NOTATION.search(question):
        return False
    return len(_DIGIT.findall(question)) >= 1 and len(question.split()) >= 8 and _ASKS.search(question) is not None


def asking_sentence(question: str) -> str:
    """The last sentence, in which the question is put."""
    stripped = question.rstrip()
    return question[max(question.rfind(mark, 0, len(stripped) - 1) for mark in ".?!") + 1 :]


def asked(question: str) -> Asked | None:
    """The thing asked for by the last "how many", None where none is or where it is a mean, a rate or a share."""
    matches = list(_HOW_MANY.finditer(question))
    if not matches:
        return None
    match = matches[-1]
    words = match.group("phrase").lower().split()
    nouns: list[str] = []
    for word in words:
        if word in STOP:
            break
        nouns.append(word)
        if is_plural(word):
            break
    if not nouns:
        return None
    sentence = question[max(question.rfind(".", 0, match.start()), question.rfind("?", 0, match.start())) + 1 :]
    if _SHARED.search(sentence):
        return None
    return Asked(" ".join(nouns), tuple(singular(noun) for noun in nouns))
