"""What a short answer says: its words, and the numbers, dates and article numbers in it, as what they are."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Final, Literal

import msgspec

from curriculum.word_lists import (
    ERAS,
    MONTHS,
    NEGATIONS,
    ORDINALS,
    PARTS,
    REFERENCES,
    SCALES,
    STOP,
    TENS,
    TITLES,
    UNITS,
)

Kind = Literal["date", "reference", "number", "ordinal"]


class Fact(msgspec.Struct, frozen=True):
    """A part of an answer that is compared exactly.

    `value`: year, month, day of a date as far as said (0 is not said); a reference's number with its sub-numbers
    (`("19", "1", "a")`); one fraction otherwise. `unit` is what a reference is a number of, or the era of a year.
    """

    kind: Kind
    value: tuple[str, ...] | tuple[int, int, int] | Fraction
    unit: str = ""
    text: str = ""
    other: tuple[int, int, int] | None = None
    """A second reading of a date in figures: 1/2/1950."""
    counted: bool = False
    """A number in words: `two` is not `second`, while `World War 2` is the second."""


class Said(msgspec.Struct, frozen=True):
    text: str
    words: tuple[str, ...]
    """Content words in order, as they are compared."""
    facts: tuple[Fact, ...]
    negations: int
    alternatives: bool
    """Says one thing or another."""
    parts: tuple[frozenset[str], ...]
    """Words of each part between commas and `and`."""
    hedged: str = ""
    """`about`, `more than` …: what keeps a number from being said outright."""


_MONTH: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
_REFERENCE: Final = "|".join(sorted(REFERENCES, key=len, reverse=True))
_ROMAN: Final = re.compile(r"(?=[IVXLC])(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_SUB: Final = r"(?:\s?\(\s?[0-9a-z]{1,5}\s?\))*"
_PATTERN: Final = re.compile(
    rf"""
    (?P<iso>\b\d{{4}}-\d{{1,2}}-\d{{1,2}}\b)
    |(?P<figures>\b\d{{1,2}}[/.\-]\d{{1,2}}[/.\-]\d{{4}}\b)
    |(?P<dmy>\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s*(?:day\s+)?(?:of\s+)?(?P<m1>{_MONTH})\b\.?,?(?:\s*(?:of\s+)?(?P<y1>\d{{3,4}})\b)?)
    |(?P<mdy>\b(?P<m2>{_MONTH})\b\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,?\s+(?P<y2>\d{{3,4}})\b)?)
    |(?P<my>\b(?P<m3>{_MONTH})\b\.?,?\s+(?:of\s+)?(?P<y3>\d{{3,4}})\b)
    |(?P<ref>(?:\b(?P<kind>{_REFERENCE})\b\.?|§)\s*(?:no\.?\s*)?-?\s*(?P<number>\d+(?:[a-z]{{1,2}}\b|[\s-](?-i:[A-Z])\b)?|[ivxlc]{{1,8}}\b)(?P<sub>{_SUB}))
    |(?P<lettered>(?<![\w.])\d{{1,3}}-?(?-i:[A-Z]{{1,2}})\b)
    |(?P<years>\b(?P<from>\d{{3,4}})\s?[-–—]\s?(?P<to>\d{{2,4}})\b)
    |(?P<mixed>(?:(?<![\w.)])[-−–])?\b\d[\d,]*\s+\d+/\d+\b)
    |(?P<number2>(?:(?<![\w.)])[-−–]\s?)?(?<![\w.])\d+(?:,\d{{2,3}})*(?:\.\d+)?(?:\s?/\s?\d+)?(?P<th>(?:st|nd|rd|th)\b)?(?![a-z]*\d)(?P<tail>[a-z]*))
    |(?P<word>[^\W\d_][\w'’]*|\d\w*)
    |(?P<mark>[,;/&%()])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_HEDGES: Final = re.compile(
    r"\b(about|approximately|approx|around|roughly|nearly|almost|more than|less than|at least|at most|over|under|"
    r"between|maybe|perhaps|probably|before|after|up to|fewer than|greater than|until)\b",
    re.IGNORECASE,
)


def said(text: str) -> Said:
    """Linear in the text."""
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace("‐", "-").replace("‑", "-")
    plain = re.sub(r"\b([bB])\.\s?([cC])\.?(?:\s?([eE])\.)?", r"\1\2", plain)
    plain = re.sub(r"\b([aA])\.\s?([dD])\.", r"\1\2", plain)
    words: list[str] = []
    facts: list[Fact] = []
    parts: list[set[str]] = [set()]
    negations = 0
    alternatives = False
    pieces = list(_PATTERN.finditer(plain))
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        fact, used = _fact(pieces, at)
        if fact is not None:
            facts.append(fact)
            parts[-1].add(str(fact.value))
            if (tail := (piece["tail"] or "").lower()) and not piece["th"] and tail not in SCALES:
                words.append(word_key(tail))
            at += used
            continue
        at += 1
        if piece["mark"]:
            alternatives |= piece["mark"] == "/"
            if piece["mark"] in ",;&":
                parts.append(set())
            continue
        low = piece[0].casefold().replace("’", "'")
        if low == "or":
            alternatives = True
        elif low == "and":
            parts.append(set())
        elif low in NEGATIONS or low.endswith("n't"):
            negations += 1
            if low.endswith("n't") and low not in (
                "isn't",
                "wasn't",
                "aren't",
                "weren't",
                "doesn't",
                "didn't",
                "don't",
            ):
                words.append(word_key(low[:-3]))
        elif (low not in STOP or (piece[0].isupper() and len(low) > 1)) and low not in TITLES and low not in ERAS:
            words.append(word_key(low))
            parts[-1].add(words[-1])
    hedge = _HEDGES.search(plain)
    return Said(
        text=text,
        words=tuple(words),
        facts=tuple(facts),
        negations=negations,
        alternatives=alternatives,
        parts=tuple(frozenset(part) for part in parts if part),
        hedged=hedge[1].lower() if hedge else "",
    )


def word_key(low: str) -> str:
    """A word as it is compared: without marks, possessive and the `s` of the plural."""
    bare = low.removesuffix("'s").replace("'", "")
    bare = "".join(c for c in unicodedata.normalize("NFD", bare) if not unicodedata.combining(c))
    if len(bare) > 3 and bare.endswith("ies"):
        return bare[:-3] + "y"
    if len(bare) > 3 and bare.endswith("s") and bare[-2] not in "sui":
        bare = bare[:-1]
    return bare.replace("isation", "ization") if bare.endswith("isation") else bare


def _fact(pieces: list[re.Match[str]], at: int) -> tuple[Fact | None, int]:
    """The fact that begins at a piece, and how many pieces it takes."""
    piece = pieces[at]
    text = piece[0]
    if piece["iso"]:
        year, month, day = map(int, text.split("-"))
        return _dated((year, month, day), text), 1
    if piece["figures"]:
        first, second, year = map(int, re.split(r"[/.\-]", text))
        return _figures(first, second, year, text), 1
    if piece["dmy"]:
        return _dated((int(piece["y1"] or 0), MONTHS[piece["m1"].lower()], int(piece["d1"])), text), 1
    if piece["mdy"]:
        return _dated((int(piece["y2"] or 0), MONTHS[piece["m2"].lower()], int(piece["d2"])), text), 1
    if piece["my"]:
        return Fact("date", (int(piece["y3"]), MONTHS[piece["m3"].lower()], 0), text=text), 1
    if piece["ref"]:
        return _reference(piece), 1
    if piece["lettered"]:
        return Fact("reference", (text.replace("-", ""),), text=text), 1
    if piece["years"]:
        begin, end = piece["from"], piece["to"]
        return Fact("reference", (begin, begin[: len(begin) - len(end)] + end), "years", text), 1
    if piece["mixed"]:
        sign = -1 if text[0] in "-−–" else 1
        whole, share = text.lstrip("-−–").split()
        under = int(share.split("/")[1])
        value = Fraction(int(whole.replace(",", ""))) + Fraction(int(share.split("/")[0]), under or 1)
        return (Fact("number", sign * value, text=text), 1) if under else (None, 1)
    if piece["number2"]:
        return _figure(pieces, at)
    return _in_words(pieces, at)


def _dated(value: tuple[int, int, int], text: str) -> Fact | None:
    try:
        date(value[0] or 2000, value[1], value[2])
    except ValueError:
        return None
    return Fact("date", value, text=text)


def _figures(first: int, second: int, year: int, text: str) -> Fact | None:
    """Day before month, as in India; where both orders make a date the other is a second reading."""
    readings = [fact for value in ((year, second, first), (year, first, second)) if (fact := _dated(value, text))]
    if not readings:
        return None
    other = readings[1].value if len(readings) > 1 and readings[0] != readings[1] else None
    return msgspec.structs.replace(readings[0], other=other)


def _reference(piece: re.Match[str]) -> Fact | None:
    kind = REFERENCES[piece["kind"].lower()] if piece["kind"] else "section"
    number = re.sub(r"[\s-]", "", piece["number"])
    if not number[0].isdigit():
        value = roman(number.upper())
        # "part c", "list i": small letters name no number.
        if value is None or (not number.isupper() and kind not in ("schedule", "part")):
            return None
        number = str(value)
    subs = re.findall(r"[0-9a-z]+", piece["sub"].lower())
    return Fact("reference", (number.upper(), *subs), kind, piece[0])


def _figure(pieces: list[re.Match[str]], at: int) -> tuple[Fact | None, int]:
    piece = pieces[at]
    tail = (piece["tail"] or "").lower() if not piece["th"] else ""
    digits = piece["number2"][: len(piece["number2"]) - len(piece["tail"] or "") - len(piece["th"] or "")]
    above, _, below = digits.replace("−", "-").replace("–", "-").replace(",", "").replace(" ", "").partition("/")
    if below and int(below) == 0:
        return None, 1
    value = Fraction(above) / int(below or 1)
    if piece["th"]:
        return _ordinal(pieces, at, value, piece[0])
    if tail and tail not in SCALES:
        # "352A", "5km": a letter is part of the name, a unit stands by itself.
        if tail == "s" or (len(tail) == 1 and tail not in "mgklhv"):
            return None, 1
        return Fact("number", value, text=piece[0]), 1
    used = 1
    scale = SCALES.get(tail) or 1
    while at + used < len(pieces) and (more := SCALES.get(pieces[at + used][0].lower())):
        scale, used = scale * more, used + 1
    era, more_used = _era(pieces, at + used)
    if at + used < len(pieces) and pieces[at + used][0] == "%":
        return Fact("number", value * scale, "%", piece[0]), used + 1
    if at + used < len(pieces) and pieces[at + used][0].lower() in ("percent", "percentage"):
        return Fact("number", value * scale, "%", piece[0]), used + 1
    return Fact("number", value * scale, era, piece[0]), used + more_used


def _era(pieces: list[re.Match[str]], at: int) -> tuple[str, int]:
    if at < len(pieces) and (era := ERAS.get(pieces[at][0].lower())) is not None:
        return era, 1
    return "", 0


def _ordinal(pieces: list[re.Match[str]], at: int, value: Fraction, text: str, length: int = 1) -> tuple[Fact, int]:
    """`42nd Amendment` is a reference, `2nd` an ordinal."""
    after = at + length
    if after < len(pieces) and pieces[after][0].lower() == "constitutional":
        after += 1
    named = pieces[after][0].lower() if after < len(pieces) else ""
    if named in ("schedule", "amendment"):
        return Fact("reference", (str(value),), named, text), after + 1 - at
    return Fact("ordinal", value, text=text), length


def _in_words(pieces: list[re.Match[str]], at: int) -> tuple[Fact | None, int]:
    word = pieces[at]["word"]
    if word is None:
        return None, 1
    if (value := roman(word)) is not None and word.isupper() and _numbers_a_name(pieces, at):
        return _ordinal(pieces, at, Fraction(value), word)
    if word.lower() == "minus" and at + 1 < len(pieces):
        fact, used = _in_words(pieces, at + 1)
        if fact is not None and isinstance(fact.value, Fraction) and fact.kind == "number":
            return msgspec.structs.replace(fact, value=-fact.value, text=f"minus {fact.text}"), used + 1
        return None, 1
    return _counted(pieces, at, word)


def _numbers_a_name(pieces: list[re.Match[str]], at: int) -> bool:
    """Whether Roman capitals number a name: `Elizabeth II`, `VIII Schedule`, `World War I`."""
    if at + 1 < len(pieces) and pieces[at + 1][0].lower() in REFERENCES:
        return True
    before = pieces[at - 1]["word"] if at else None
    return before is not None and before[:1].isupper() and pieces[at][0] not in ("C", "L")


def _counted(pieces: list[re.Match[str]], at: int, word: str) -> tuple[Fact | None, int]:
    """A number in words: cardinal, ordinal, or a share like `three quarters`."""
    low = word.lower()
    if low in ("half", "quarter"):
        return Fact("number", Fraction(1, PARTS[low]), text=word, counted=True), 1
    if low in ORDINALS:
        return _ordinal(pieces, at, Fraction(ORDINALS[low]), word)
    total, length, ordinal = _words(pieces, at)
    if not length:
        return None, 1
    told = " ".join(piece[0] for piece in pieces[at : at + length])
    if ordinal:
        return _ordinal(pieces, at, Fraction(total), told, length)
    after = pieces[at + length][0].lower() if at + length < len(pieces) else ""
    if after in PARTS:
        return Fact("number", Fraction(total, PARTS[after]), text=f"{told} {after}", counted=True), length + 1
    return Fact("number", Fraction(total), text=told, counted=True), length


def _words(pieces: list[re.Match[str]], at: int) -> tuple[int, int, bool]:
    """A number in words: its value, its length in pieces and whether it ends as an ordinal."""
    total = group = length = 0
    last = ""
    for place, word in _plain_words(pieces, at):
        if word in UNITS and last in ("", "ten", "scale", "and"):
            group, last = group + UNITS[word], "unit"
        elif word in TENS and last in ("", "scale", "and"):
            group, last = group + TENS[word], "ten"
        elif word in ORDINALS and last == "ten" and ORDINALS[word] < 10:
            return total + group + ORDINALS[word], place + 1 - at, True
        elif word in SCALES and last in ("unit", "ten", "scale"):
            if SCALES[word] == 100:
                group *= 100
            else:
                total, group = total + group * SCALES[word], 0
            last = "scale"
        elif word == "and" and last == "scale":
            last = "and"
            continue
        else:
            break
        length = place + 1 - at
    return total + group, length, False


def _plain_words(pieces: list[re.Match[str]], at: int) -> Iterator[tuple[int, str]]:
    for place in range(at, len(pieces)):
        word = pieces[place]["word"]
        if word is None:
            return
        yield place, word.lower()


def roman(text: str) -> int | None:
    """1 to 99 in Roman capitals."""
    if not text or not _ROMAN.fullmatch(text):
        return None
    digits = [_ROMAN_VALUES[letter] for letter in text]
    return sum(-d if d < after else d for d, after in zip(digits, [*digits[1:], 0], strict=True))
