"""Where delimited mathematics stands: LaTeX between its delimiters, dollars that are no money, calculator marks."""

import re
from typing import Final

import msgspec

from verifiers.extraction.document import Maths

LONGEST: Final = 6_000
"""Code points a delimited formula may have; a longer one is taken as unclosed and left alone."""

_OPENER: Final = re.compile(r"\$\$?|\\[$(\[]|\\begin\{([a-zA-Z]{1,12}\*?)\}|<<")
_ENVIRONMENTS: Final = frozenset(
    {
        "align",
        "aligned",
        "equation",
        "gather",
        "gathered",
        "eqnarray",
        "multline",
        "split",
        "alignat",
        "flalign",
        "math",
    }
    | {"displaymath"}
)
_BRACKETS: Final = {"\\(": re.compile(r"\\\\|\\[()]"), "\\[": re.compile(r"\\\\|\\[\[\]]")}
"""What ends a bracketed formula or shows that it never ends; a row break `\\\\[4pt]` does neither."""
_MARK_END: Final = re.compile(r"<<|>>|\n")
_WORDS_IN_DOLLARS: Final = re.compile(r"(?<![\\a-zA-Z{])[a-zA-Z]{3,}[ ,][^$]{0,80}?\b[a-zA-Z]{2,}\b")


class Delimited(msgspec.Struct, frozen=True):
    """A formula between delimiters and the span of the whole, delimiters included."""

    maths: Maths
    start: int
    end: int
    mark: bool = False
    """A calculator's `<<16-3=13>>`."""


def delimited(text: str) -> list[Delimited]:
    """The formulas between LaTeX delimiters or calculator marks, in order, none inside another."""
    found: list[Delimited] = []
    position = 0
    while opener := _OPENER.search(text, position):
        piece = _close(text, opener)
        if piece is None:
            position = opener.end()
            continue
        found.append(piece)
        position = piece.end
    return found


def _close(text: str, opener: re.Match[str]) -> Delimited | None:
    start, inner = opener.span()
    sign = opener.group()
    limit = min(len(text), start + LONGEST)
    if sign == "\\$":
        return None
    if sign == "$":
        return _dollars(text, start, limit)
    if sign == "<<":
        mark = _MARK_END.search(text, inner, min(limit, inner + 400))
        if mark is None or mark.group() != ">>":
            return None
        return Delimited(Maths(inner, mark.start(), False, False), start, mark.end(), mark=True)
    if sign in _BRACKETS:
        found = _BRACKETS[sign].search(text, inner, limit)
        while found is not None and found.group() == "\\\\":
            found = _BRACKETS[sign].search(text, found.end(), limit)
        if found is None or found.group() == sign or (sign == "\\(" and "\n\n" in text[inner : found.start()]):
            return None
        return Delimited(Maths(inner, found.start(), True, sign == "\\["), start, found.end())
    if environment := opener.group(1):
        if environment.rstrip("*") not in _ENVIRONMENTS:
            return None
        closer = f"\\end{{{environment}}}"
    else:
        closer = sign
    close = text.find(closer, inner, limit)
    if close < 0:
        return None
    return Delimited(Maths(inner, close, True, True), start, close + len(closer))


def _dollars(text: str, start: int, limit: int) -> Delimited | None:
    """`$x = 5$` but not the two amounts of "$5 and $6"."""
    inner = start + 1
    if inner >= limit or text[inner] == "\n":
        return None
    close = inner
    while True:
        close = text.find("$", close, limit)
        if close < 0:
            return None
        if text[close - 1] != "\\":
            break
        close += 1
    content = text[inner:close]
    if "\n\n" in content or not content.strip():
        return None
    spaced = content[0].isspace() or content[-1].isspace()
    after = text[close + 1 : close + 2]
    if content[0].isdigit() or spaced:
        if after.isdigit() or (spaced and not ("\\" in content or (content[0].isspace() and content[-1].isspace()))):
            return None
        if _WORDS_IN_DOLLARS.search(content[:300]) or (content[-1] in "=+-*/(" and "\\" not in content):
            return None
    elif "\\" not in content and _WORDS_IN_DOLLARS.search(content[:300]):
        return None
    return Delimited(Maths(inner, close, True, False), start, close + 1)
