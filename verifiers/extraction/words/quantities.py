"""Numbers in prose with what they count or measure.

A quantity is read where it stands: currency sign, number, percent sign, and the noun phrase after it ("45 red
candles", "$3 per hour"). Offsets are code points of the raw text of its step.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

import msgspec

from verifiers.extraction.words.nouns import NUMERALS, STOP, is_plural, singular


class Quantity(msgspec.Struct, frozen=True, kw_only=True):
    """A number with its noun phrase. `noun` is singular, empty where none follows."""

    step: int
    start: int
    end: int
    value: Fraction
    money: bool = False
    percent: bool = False
    words: tuple[str, ...] = ()
    noun: str = ""
    per: str = ""
    """Singular noun of the rate: `hour` in "$3 per hour", "3 miles/hour"."""
    until: int = 0
    """End of the noun phrase."""


DIGITS: Final = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,40})(?:\.\d{1,40})?|\.\d{1,40}"
_NUMBER: Final = re.compile(
    rf"(?<![\w.:/^\\])(?P<money>\$\s?)?(?P<digits>{DIGITS})(?P<percent>\s?(?:%|percent\b))?(?![\w^\\]|:\d|\.\d|,\d)"
)
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z'’]*(?:-[A-Za-z]+)*")
_RATE: Final = re.compile(r"\s*(?:/\s?|(?:per|an|a|each|every)\s)(?P<noun>[A-Za-z]+)", re.IGNORECASE)
_NUMERAL: Final = re.compile(
    r"\b(?:" + "|".join(sorted(NUMERALS, key=len, reverse=True)) + ")"
    r"(?:-(?:one|two|three|four|five|six|seven|eight|nine))?\b",
    re.IGNORECASE,
)  # fmt: skip
_LOOKAHEAD: Final = 64


def number(digits: str) -> Fraction:
    """Exact value of `1,234.50` or `.5`."""
    plain = digits.replace(",", "")
    return Fraction(plain if plain[0] != "." else "0" + plain)


def phrase(text: str, at: int) -> tuple[tuple[str, ...], str, int]:
    """The noun phrase that starts at `at`: its words in lower case, its singular head noun, its end."""
    words: list[str] = []
    end = at
    window = text[at : at + _LOOKAHEAD]
    offset = 0
    while len(words) < 4:
        gap = len(window) - len(window[offset:].lstrip(" "))
        match = _WORD.match(window, gap)
        if match is None or (gap == offset and words):
            break
        word = match.group().lower()
        if word in STOP or (len(word) == 1 and word not in "lm"):
            break
        words.append(word)
        end = at + match.end()
        offset = match.end()
        if is_plural(word) and len(words) > 1:
            break
    if not words:
        return (), "", at
    head = next((w for w in words if is_plural(w)), words[0] if len(words) == 1 else words[-1])
    return tuple(words), singular(head), end


def rate(text: str, at: int) -> tuple[str, int]:
    """The singular noun of "per hour" or "/hour" at this place, if any, and where it ends."""
    match = _RATE.match(text, at, at + _LOOKAHEAD)
    return (singular(match.group("noun")), match.end()) if match else ("", at)


def quantities(text: str, step: int, numerals: bool = False) -> Iterator[Quantity]:
    """The quantities of a text in order; number words ("three dozen") only where asked for."""
    found: list[Quantity] = []
    for match in _NUMBER.finditer(text):
        value = number(match.group("digits"))
        found.append(_quantity(text, step, match.start(), match.end(), value, match))
    if numerals:
        for match in _NUMERAL.finditer(text):
            tens, _, ones = match.group().lower().partition("-")
            value = Fraction(NUMERALS[tens] + NUMERALS.get(ones, 0))
            found.append(_quantity(text, step, match.start(), match.end(), value, None))
        found.sort(key=lambda q: q.start)
    yield from found


def _quantity(text: str, step: int, start: int, end: int, value: Fraction, match: re.Match[str] | None) -> Quantity:
    words, noun, until = phrase(text, end)
    per, until = rate(text, until)
    money = bool(match and match.group("money"))
    return Quantity(
        step=step,
        start=start,
        end=end,
        value=value,
        money=money,
        percent=bool(match and match.group("percent")),
        words=words,
        noun="dollar" if money else noun,
        per=per,
        until=until,
    )
