"""The patterns by which text is cut into tokens. All are linear."""

import re
from typing import Final

_SEPARATED: Final = r"[1-9]\d{0,2}(?:(?:,|\{,\}|,?\\[,!;:]|\{,\}\\!)(?:(?<!,)[ ])?\d{3})+(?!\d)"
_SPACED: Final = r"(?<![\^_])[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3})+(?![\d,])"
_INDIAN: Final = r"[1-9]\d?(?:,\d{2})+,\d{3}(?!\d)"
_CUT_CYCLE: Final = r"\d+\.(?=\\overline|\\dot|\(\d+\))"
_SCIENTIFIC: Final = r"(?:[eE][+-]?\d+(?!\w))?"
_TEX_NUMBER: Final = rf"(?P<num>{_CUT_CYCLE}|(?:{_SEPARATED}|{_INDIAN}|\d+)(?:\.\d+)?{_SCIENTIFIC}|\.\d+)"
_PLAIN_NUMBER: Final = _TEX_NUMBER.replace(_INDIAN, f"{_INDIAN}|{_SPACED}")
_COMMAED: Final = r"(?P<num>(?:[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?:[ ]\d{3})+|\d+)(?:,\d+)?|\d+\.\d+|\.\d+)"
_REST: Final = (
    r"|(?P<space>\s+|~)"
    r"|(?P<cmd>\\(?:[A-Za-z]+|.|$))"
    r"|(?P<prime>\^\s*(?:\{\s*(?:\\prime\s*)+\}|\\prime(?![A-Za-z])|\{\s*'+\s*\}))"
    r"|(?P<degree>\^\s*(?:\\circ(?![A-Za-z])|\{\s*\\circ\s*\}|∘))"
    r"|(?P<sup>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹ⁿˣ]+)|(?P<sub>[₀-₉ₙₖₘ]+)|(?P<vulgar>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅐⅑⅒])"
    r"|(?P<sign><=>|<<|>>|<=|>=|!=|==|:=|->|=>|\*\*|\.\.\.|.)"
)
_HEX: Final = r"(?P<hex>\d[\dA-F]*[A-F][\dA-F]*_(?:\{16\}|16(?!\d)))|"
_WORD: Final = r"(?P<word>[A-Za-z]+)|"
TEX: Final = re.compile(_WORD + _HEX + _TEX_NUMBER + _REST, re.DOTALL)
PLAIN: Final = re.compile(_WORD + _HEX + _PLAIN_NUMBER + _REST, re.DOTALL)
COMMAED: Final = re.compile(_WORD + _COMMAED + _REST, re.DOTALL)
INTEGER: Final = re.compile(r"[0-9]+(?![\d.,eEA-F\u00a0\u202f]| \d|\\[,!;:]|\{,)")
"""Digits that are part of no longer number; most are."""
GROUP: Final = re.compile(r"\s*\{([^{}\\$]*)\}")
WORDS: Final = re.compile(r"\s*\{([^{}]*)\}")
NAME: Final = re.compile(r"\s*\{\s*([A-Za-z]+\*?)\s*\}")
NEGATED: Final = re.compile(r"\s*(=|\\in(?![a-z])|\\mid(?![a-z]))")
COLUMNS: Final = re.compile(r"\s*(?:\[[a-z]\]\s*)?\{[^{}]*\}")
SKIP_ARGUMENT: Final = re.compile(r"\s*\{[^{}]*\}")
LABELLED: Final = re.compile(r"\s*\{[^{}?]*\}\s*\{\s*(=|<|>|\\leq?|\\geq?|\\equiv|\\approx)\s*\}")
COUNTED: Final = re.compile(r"(\d+(?:\.\d+)?) ?([A-Za-z][A-Za-z/ ]*)")
ROW_GAP: Final = re.compile(r"\[-?[\d.]+\s*(?:pt|em|ex|mm|cm)\]")
BAR: Final = re.compile(r"\s*(\||\]|\[|\\vert|\\lvert|\\rvert|\\\||\\Vert|\.|\\lbrace|\\rbrace)")
SINGLE: Final = re.compile(r"(?<![A-Za-z])[A-Za-z](?![A-Za-z])")
OPERAND: Final = re.compile(
    r"(?<![A-Za-z\\])([A-Z])(?=\s*(?:[-+*^]|\\cdot|\\times))|(?:[-+*]|\\cdot|\\times)\s*([A-Z])(?![A-Za-z(_])"
)
LETTERS: Final = re.compile(r"[A-Za-z]{2,}")

DOLLAR: Final = re.compile(r"(?<!\\)\$")
