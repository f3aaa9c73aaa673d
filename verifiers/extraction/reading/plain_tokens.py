"""Prose cut into numbers, signs and words, with delimited formulas as one token each. Linear in the text."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

import msgspec

from verifiers.extraction.document import Maths
from verifiers.extraction.reading.maths import Delimited

_TOKEN: Final = re.compile(
    r"(?P<num>\d[\d,]*\d(?:\.\d+)?|\d+\.\d+|\d|\.\d+)"
    r"|(?P<bold>\*\*)"
    r"|(?P<rel><=|>=|==|!=|=|≈|≃|≅|≤|≥|≠|<|>|≡)"
    r"|(?P<cmd>\\[a-zA-Z]+)"
    r"|(?P<word>[^\W\d_²³⁴⁵⁶⁷⁸⁹⁰¹½¼¾]+(?:['’][^\W\d_²³⁴⁵⁶⁷⁸⁹⁰¹½¼¾]+)*)"
    r"|(?P<post>[!%°²³⁴⁵⁶⁷⁸⁹⁰¹½¼¾′'])"
    r"|(?P<op>[-+−–—×·⋅∙•*/÷^√±:_])"
    r"|(?P<open>[(\[{])|(?P<close>[)\]}])"
    r"|(?P<cur>[$£€])"
    r"|(?P<comma>,)"
    r"|(?P<space>[ \t\u00a0\u2009\u202f]+)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_RELATION: Final = re.compile(r"[=<>≈≃≅≤≥≠≡]|\\[agln]")
"""What every token of the kind `rel` begins with or has in it."""
_COMMANDS: Final = {
    **dict.fromkeys(("\\times", "\\cdot", "\\div", "\\pm", "\\ast"), "op"),
    **dict.fromkeys(("\\le", "\\leq", "\\ge", "\\geq", "\\ne", "\\neq", "\\approx", "\\lt", "\\gt"), "rel"),
    **dict.fromkeys(("\\left", "\\right"), "space"),
}
_MOST_BLANKS: Final = 8
"""Blanks in a row between a token and its neighbour."""
_ARROWS: Final = re.compile(r"[\u2190-\u21ff\u27f0-\u27ff\u2900-\u297f∴∵=<>]")
_GLYPHS: Final = re.compile(r"[@#&~\\\u25a0-\u25ff★☆♠-♧♦]")


def is_operator_glyph(text: str) -> bool:
    """A sign that may be an operator of the author's own, `3 ∆ 2`: a formula beside it is not whole."""
    if len(text) != 1:
        return False
    return _GLYPHS.match(text) is not None or (unicodedata.category(text) == "Sm" and not _ARROWS.match(text))


class Token(msgspec.Struct):
    kind: str
    text: str
    start: int
    end: int
    inner: Maths | None = None


def may_relate(text: str, start: int, end: int, inline: Sequence[Delimited]) -> bool:
    """Whether a relation sign may be among the tokens of `cut`, at a glance."""
    position = start
    for piece in inline:
        if _RELATION.search(text, position, piece.start):
            return True
        position = piece.end
    return _RELATION.search(text, position, end) is not None


def cut(text: str, start: int, end: int, inline: Sequence[Delimited]) -> list[Token]:
    found: list[Token] = []
    position = start
    for piece in [*inline, None]:
        stop = end if piece is None else piece.start
        for match in _TOKEN.finditer(text, position, stop):
            said = match[0]
            found.append(Token(_COMMANDS.get(said, match.lastgroup or "other"), said, match.start(), match.end()))
        if piece is not None:
            kind = "space" if piece.mark else "math"
            found.append(Token(kind, "", piece.start, piece.end, piece.maths))
            position = piece.end
    return found


def neighbour(tokens: Sequence[Token], index: int, step: int) -> Token | None:
    for at in range(index + step, index + step * (_MOST_BLANKS + 2), step):
        if not 0 <= at < len(tokens):
            return None
        if tokens[at].kind != "space" or tokens[at].inner is not None:
            return tokens[at]
    return None
