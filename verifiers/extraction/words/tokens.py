"""The words, numbers and operators that sums in prose are made of."""

import re
from typing import Final

import msgspec

from verifiers.extraction.words.quantities import DIGITS

_GLUED: Final = "ml|kgs?|km|cm|mm|lbs?|oz|ft|gb|mb|hrs?|mins?|GB|MB|mph"
TOKEN: Final = re.compile(
    rf"""(?P<mark><<[^<>\n]{{0,2000}}>>)
      | (?P<symbol>\$?\d[\d.,]{{0,40}}(?!(?:{_GLUED})\b)[A-Za-z][A-Za-z\d]{{0,20}}|[A-Za-z]{{1,20}}_?\d[\w]{{0,20}})
      | (?P<number>(?P<money>\$\s?)?(?P<digits>{DIGITS})(?P<percent>\s?(?:%|percent\b))?)
      | (?P<times>(?:multiplied\ by|times)\b)
      | (?P<over>(?:divided\ by)\b)
      | (?P<plus>plus\b)
      | (?P<minus>minus\b)
      | (?P<equals>=|(?:,?\ ?which\ )?(?:equals|is\ equal\ to)\b)
      | (?P<word>[A-Za-z][A-Za-z'’]*(?:-[A-Za-z]+)*)
      | (?P<op>[-+*/×÷·−–:]|\\times|\\div|\\cdot)
      | (?P<open>\()
      | (?P<close>\))
      | (?P<money2>\$)
      | (?P<break>[.;?!\n,]|[^\s])""",
    re.VERBOSE,
)
_LONGEST: Final = 200_000


class Token(msgspec.Struct, frozen=True):
    """`kind` is the name of the group of `TOKEN` it fell into; a free-standing "x" is an `op`."""

    kind: str
    start: int
    end: int
    text: str


def tokens(text: str) -> list[Token]:
    """The text cut into numbers, operators, words and breaks; calculator marks are left out."""
    found: list[Token] = []
    for match in TOKEN.finditer(text[:_LONGEST]):
        kind = match.lastgroup or "break"
        if match.group("number") is not None:
            kind = "number"
        if kind == "mark":
            continue
        word = match.group()
        if kind == "word" and word in ("x", "X"):
            kind = "op"
        found.append(Token(kind, match.start(), match.end(), word))
    return found
