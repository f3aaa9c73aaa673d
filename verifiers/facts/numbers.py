"""Numbers as texts write them: digits, words, Indian and Western groups, fractions, percentages, ordinals, Roman."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

import msgspec

from verifiers.facts.lexicon import words
from verifiers.facts.tokens import Token


class Read(msgspec.Struct, frozen=True):
    """A number of `length` tokens."""

    value: Fraction
    length: int
    form: str = "cardinal"
    """`cardinal`, `ordinal` or `share` (a fraction or percentage of something)."""


_UNITS: Final = {
    word: value
    for value, word in enumerate(
        words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
)
    )
}
_TENS: Final = {
    word: 10 * value
    for value, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_SCALES: Final = {
    "hundred": 100, "thousand": 10**3, "lakh": 10**5, "lakhs": 10**5, "million": 10**6, "crore": 10**7,
    "crores": 10**7, "billion": 10**9, "trillion": 10**12, "hundreds": 100, "thousands": 10**3, "millions": 10**6,
}  # fmt: skip
_ORDINALS: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40,
    "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100,
}  # fmt: skip
_PARTS: Final = {
    **{word: value for word, value in _ORDINALS.items() if value > 2},
    **{f"{word}s": value for word, value in _ORDINALS.items() if value > 2},
    "half": 2, "halves": 2, "quarter": 4, "quarters": 4,
}  # fmt: skip
_DIGITS: Final = re.compile(r"(\d+(?:,\d{2,3})*)(\.\d+)?(st|nd|rd|th)?$")
_ROMAN: Final = re.compile(r"(?=[IVXLC])(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})$")
_ROMAN_DIGITS: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def roman(text: str) -> int | None:
    """1 to 99 in Roman capitals."""
    if not _ROMAN.match(text):
        return None
    digits = [_ROMAN_DIGITS[letter] for letter in text]
    return sum(-d if d < after else d for d, after in zip(digits, [*digits[1:], 0], strict=True))


def number_at(read: Sequence[Token], at: int) -> Read | None:
    """The number that begins at a token."""
    token = read[at]
    if token.kind == "number":
        return _digits(read, at)
    if token.kind != "word":
        return None
    return _in_words(read, at)


def _digits(read: Sequence[Token], at: int) -> Read | None:
    match = _DIGITS.match(read[at].text)
    if match is None:
        return None
    value = Fraction(match[1].replace(",", "") + (match[2] or ""))
    if match[3]:
        return Read(value, 1, "ordinal")
    length = 1
    if _is(read, at + 1, "/") and at + 2 < len(read) and (below := _DIGITS.match(read[at + 2].text)):
        under = Fraction(below[1].replace(",", ""))
        return Read(value / under, 3, "share") if under else None
    while at + length < len(read) and (scale := _SCALES.get(read[at + length].low)):
        value, length = value * scale, length + 1
    return _share(read, at, value, length)


def _in_words(read: Sequence[Token], at: int) -> Read | None:
    value, length = _words(read, at)
    if length == 0:
        return _ordinal_or_half(read, at)
    after = read[at + length].low if at + length < len(read) else ""
    if after in _ORDINALS and value >= 20 and value % 10 == 0 and _ORDINALS[after] < 10:
        return Read(Fraction(value + _ORDINALS[after]), length + 1, "ordinal")
    if after in _PARTS and value < 100:
        return Read(Fraction(value, _PARTS[after]), length + 1, "share")
    return _share(read, at, Fraction(value), length)


def _words(read: Sequence[Token], at: int) -> tuple[int, int]:
    """Value and length of a cardinal in words; length 0 where there is none."""
    total = group = 0
    length = 0
    last = ""
    while at + length < len(read) and read[at + length].kind == "word":
        word = read[at + length].low
        if word in _UNITS and last in ("", "ten", "scale", "and"):
            group, last = group + _UNITS[word], "unit"
        elif word in _TENS and last in ("", "scale", "and"):
            group, last = group + _TENS[word], "ten"
        elif word in _SCALES and last in ("unit", "ten", "scale"):
            scale = _SCALES[word]
            if scale == 100:
                group = (group or 1) * 100
            else:
                total, group = total + (group or 1) * scale, 0
            last = "scale"
        elif word == "and" and last == "scale" and _counts(read, at + length + 1):
            last = "and"
        else:
            break
        length += 1
    return total + group, length


def _counts(read: Sequence[Token], at: int) -> bool:
    return at < len(read) and read[at].low in _UNITS.keys() | _TENS.keys()


def _ordinal_or_half(read: Sequence[Token], at: int) -> Read | None:
    word = read[at].low
    if word in ("half", "quarter"):
        return Read(Fraction(1, _PARTS[word]), 1, "share")
    if word in _ORDINALS:
        return Read(Fraction(_ORDINALS[word]), 1, "ordinal")
    return None


def _share(read: Sequence[Token], at: int, value: Fraction, length: int) -> Read:
    after = [token.low for token in read[at + length : at + length + 3]]
    if after[:1] == ["%"] or after[:1] == ["percent"]:
        return Read(value / 100, length + 1, "share")
    if after[:2] == ["per", "cent"]:
        return Read(value / 100, length + (3 if after[2:] == ["."] else 2), "share")
    return Read(value, length)


def _is(read: Sequence[Token], at: int, mark: str) -> bool:
    return at < len(read) and read[at].text == mark
