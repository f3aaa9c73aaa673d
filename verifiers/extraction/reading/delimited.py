"""`$…$`, `$$…$$`, `\\(…\\)` and `\\[…\\]` in a text, in one pass."""

import re
from collections.abc import Callable
from typing import Final

import msgspec


class Formula(msgspec.Struct, frozen=True):
    """`start:end` is the whole stretch with its delimiters, `inside` what stands between them."""

    start: int
    end: int
    inside: str


_MARK: Final = re.compile(r"\\\\(?![()\[\]])|\\[()\[\]]|\\.|\$\$?", re.DOTALL)
_CLOSES: Final = {"\\(": "\\)", "\\[": "\\]", "$": "$", "$$": "$$"}
_PROSE: Final = re.compile(r"(?:(?<![\\A-Za-z{])[A-Za-z]{2,}[ ,.]+){2}|\n\s*\n")
_COMMAND_TEXT: Final = re.compile(r"\\(?:text|mathrm|textbf|mbox)\s*\{[^{}]*\}")


def formulas(text: str) -> list[Formula]:
    """Delimited formulas in order. A `$` before a digit that would enclose prose is money."""
    found: list[Formula] = []
    opened: tuple[str, int, int] | None = None
    for mark in _MARK.finditer(text):
        token = mark.group()
        if opened is None:
            if token in _CLOSES:
                opened = (token, mark.start(), mark.end())
            continue
        kind, start, inner = opened
        if token == _CLOSES[kind] or (kind == "$" and token == "$$" and mark.start() > inner):
            end = mark.end() if token == _CLOSES[kind] else mark.start() + 1
            inside = text[inner : mark.start()]
            if kind == "$" and _is_money(inside):
                opened = (token, mark.start(), mark.end())
                continue
            if inside.strip():
                found.append(Formula(start, end, inside.strip()))
            opened = None
        elif token in ("\\(", "\\[") and kind != token:
            opened = (token, mark.start(), mark.end())
    return found


def replaced(text: str, found: list[Formula], by: Callable[[Formula], str]) -> str:
    """The text with each of its formulas replaced."""
    pieces = []
    at = 0
    for formula in found:
        pieces += [text[at : formula.start], by(formula)]
        at = formula.end
    return "".join([*pieces, text[at:]])


def _is_money(inside: str) -> bool:
    return inside[:1].isdigit() and _PROSE.search(_COMMAND_TEXT.sub("", inside)) is not None
