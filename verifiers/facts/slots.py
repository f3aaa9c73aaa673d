"""What is compared exactly: quantities with unit and bound, dates, and numbers of articles, parts and schedules."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final, Literal

import msgspec

from verifiers.facts.lexicon import AGE, STOP, lemma, lemmas, words
from verifiers.facts.numbers import number_at, roman
from verifiers.facts.tokens import Token

Bound = Literal["=", "≥", "≤", ">", "<"]


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """`at:after` are the tokens it was read from (bound and unit left out or in), `start:end` its place in the text."""

    kind: Literal["quantity", "date", "reference", "ordinal"]
    value: tuple[Fraction, ...] | str
    """A quantity's or ordinal's number; year, month and day of a date, as far as said; an article's number."""
    unit: str = ""
    """Lemma of what is counted, `share` for fractions; for a reference what it is a number of."""
    about: str = ""
    """`age` where a time is an age."""
    bound: Bound = "="
    limit: bool = False
    """The bound is called the minimum or maximum, so that a weaker one is not implied but wrong."""
    text: str = ""
    start: int = 0
    end: int = 0
    at: int = 0
    after: int = 0


_MONTHS: Final = words("january february march april may june july august september october november december")
MONTHS: Final = {
    **{name: number for number, name in enumerate(_MONTHS, 1)},
    **{name[:3]: number for number, name in enumerate(_MONTHS, 1)},
    "sept": 9,
}
TIMES: Final = lemmas(["year", "month", "week", "day", "hour", "minute", "second", "decade", "century", "fortnight"])
_REFERENCES: Final = {
    "article": "article", "articles": "article", "art": "article", "section": "section", "sections": "section",
    "schedule": "schedule", "schedules": "schedule", "part": "part", "parts": "part", "chapter": "chapter",
    "clause": "clause", "clauses": "clause", "amendment": "amendment", "list": "list", "paragraph": "paragraph",
    "entry": "entry",
}  # fmt: skip
_SKIPPED: Final = frozenset(
    words(
    "other more elected consecutive nominated such further additional total clear full of the or different"
)
)
_AGED: Final = lemmas(["age", "aged", "old", "attain", "complete", "younger", "older", "young", "reach"]) | {AGE}
_HIGH: Final = {"more", "exceed", "above", "over", "greater", "larger", "longer", "beyond", "exceeding",
                "exceeds", "exceeded", "older", "higher"}  # fmt: skip
_LOW: Final = {"less", "fewer", "below", "under", "younger", "lower", "shorter"}
_NEGATIONS: Final = {"not", "no", "never", "nor"}
_BETWEEN: Final = {"be", "have", "in", "any", "case", "consist", "of", "later", "than", "exceed", "a", "for", "period"}


def slots(read: Sequence[Token]) -> tuple[list[Slot], frozenset[int]]:
    """The slots in order, and the tokens that belong to them or to their bounds."""
    found: list[Slot] = []
    used: set[int] = set()
    at = 0
    while at < len(read):
        slot = _date(read, at) or _reference(read, at)
        if slot is None:
            read_quantities = list(_quantity(read, at, used))
        else:
            read_quantities = [slot]
        for slot in read_quantities:
            found.append(slot)
            used.update(range(slot.at, slot.after))
        at = max(at + 1, max((slot.after for slot in read_quantities), default=0))
    return found, frozenset(used)


def _date(read: Sequence[Token], at: int) -> Slot | None:
    for reader in (_day_first, _month_first, _year):
        if (made := reader(read, at)) is not None:
            value, after = made
            return Slot(
                kind="date", value=tuple(map(Fraction, value)), at=at, after=after, start=read[at].start,
                end=read[after - 1].end, text=_told(read, at, after),
            )  # fmt: skip
    return None


def _told(read: Sequence[Token], at: int, after: int) -> str:
    words = " ".join(token.text for token in read[at:after])
    return words.replace(" ,", ",")


def _number(read: Sequence[Token], at: int, most: int) -> tuple[int, int] | None:
    """A whole number up to `most` and the index after it."""
    if at >= len(read) or (made := number_at(read, at)) is None or made.value.denominator != 1:
        return None
    return (int(made.value), at + made.length) if 1 <= made.value <= most and made.form != "share" else None


def _year_at(read: Sequence[Token], at: int) -> tuple[int, int] | None:
    while at < len(read) and read[at].text in (",", "of"):
        at += 1
    if at < len(read) and read[at].kind == "number" and len(read[at].text) == 4 and read[at].text.isdigit():
        return int(read[at].text), at + 1
    return None


def _day_first(read: Sequence[Token], at: int) -> tuple[tuple[int, ...], int] | None:
    if read[at].kind == "mark" or (day := _number(read, at, 31)) is None:
        return None
    after = day[1]
    if [token.low for token in read[after : after + 2]] == ["day", "of"]:
        after += 2
    elif after < len(read) and read[after].low == "of":
        after += 1
    if after >= len(read) or (month := MONTHS.get(read[after].low)) is None:
        return None
    year = _year_at(read, after + 1)
    return ((year[0], month, day[0]), year[1]) if year else ((0, month, day[0]), after + 1)


def _month_first(read: Sequence[Token], at: int) -> tuple[tuple[int, ...], int] | None:
    month = MONTHS.get(read[at].low)
    if month is None or (read[at].low in ("may", "march") and not read[at].text[0].isupper()):
        return None
    if year := _year_at(read, at + 1):
        return (year[0], month), year[1]
    day = _number(read, at + 1, 31)
    if day is None:
        return None
    year = _year_at(read, day[1])
    return ((year[0], month, day[0]), year[1]) if year else ((0, month, day[0]), day[1])


def _year(read: Sequence[Token], at: int) -> tuple[tuple[int, ...], int] | None:
    token = read[at]
    if token.kind != "number" or len(token.text) != 4 or not token.text.isdigit() or not 1000 <= int(token.text) < 2200:
        return None
    after = read[at + 1] if at + 1 < len(read) else None
    counted = after is not None and after.kind == "word" and after.key not in STOP and after.text[0].islower()
    before = read[at - 1].low if at else ""
    if counted and before not in ("in", "since", "of", "by", "until", "year"):
        return None
    return (int(token.text),), at + 1


def _reference(read: Sequence[Token], at: int) -> Slot | None:
    """`Article 352`, `articles 14, 19 and 21` (its first; the others follow as the words go on), `Tenth Schedule`."""
    word = read[at].low
    if word in _REFERENCES and at + 1 < len(read):
        after = at + 2 if read[at + 1].text == "." and at + 2 < len(read) else at + 1
        if (number := _name_of(read[after])) is not None:
            return _referring(read, at, after + 1, _REFERENCES[word], number)
    if at >= 2 and word in ("and", "or", ",", "to") and at + 1 < len(read) and read[at + 1].kind == "number":
        # A further number of the same list.
        for back in range(at - 1, max(-1, at - 12), -1):
            if read[back].low in _REFERENCES and read[back].low.endswith("s"):
                return _referring(read, at, at + 2, _REFERENCES[read[back].low], read[at + 1].text.upper())
            if read[back].kind == "word" and read[back].low not in ("and", "or"):
                break
    made = number_at(read, at) if read[at].kind != "mark" else None
    if made is not None and made.form == "ordinal" and at + made.length < len(read):
        of = read[at + made.length].low
        if of in ("schedule", "amendment") or (of == "constitutional" and made.value > 0):
            return _referring(read, at, at + made.length + 1, "schedule" if of == "schedule" else "amendment",
                              str(made.value))  # fmt: skip
    return None


def _name_of(token: Token) -> str | None:
    if token.kind == "number" and token.text[0].isdigit():
        return token.text.upper()
    value = roman(token.text) if token.kind == "word" else None
    return None if value is None or token.text == "I" else str(value)


def _referring(read: Sequence[Token], at: int, after: int, unit: str, number: str) -> Slot:
    return Slot(kind="reference", value=number, unit=unit, at=at, after=after, start=read[at].start,
                end=read[after - 1].end, text=_told(read, at, after))  # fmt: skip


def _quantity(read: Sequence[Token], at: int, used: set[int]) -> Iterator[Slot]:
    made = number_at(read, at) if read[at].kind != "mark" and at not in used else None
    if made is None:
        return
    after = at + made.length
    unit, end = _unit(read, after)
    if made.form == "ordinal":
        if unit and end == after + 1:
            yield _slot(read, at, end, kind="ordinal", value=(made.value,), unit=unit)
        return
    if made.form == "share":
        unit, end = "share", after
    elif made.value == 1 and read[at].kind == "word" and unit not in TIMES:
        # "one House or the other", "in one session": a pronoun or article.
        return
    age = _aged(read, at, end) if unit in TIMES or not unit else False
    if not unit and not age:
        unit = ""
    bound, first, last = _bound(read, at, end)
    yield _slot(
        read, first, last, kind="quantity", value=(made.value,), unit="year" if age and not unit else unit,
        about="age" if age else "", bound=bound, shown=(at, end),
    )  # fmt: skip


def _slot(read: Sequence[Token], at: int, after: int, shown: tuple[int, int] | None = None, **more: object) -> Slot:
    first, last = shown or (at, after)
    return Slot(at=at, after=after, start=read[first].start, end=read[last - 1].end, text=_told(read, first, last),
                **more)  # type: ignore[arg-type]  # fmt: skip


def _unit(read: Sequence[Token], at: int) -> tuple[str, int]:
    """Lemma of what is counted, and the index after it; the word itself stays a word of the sentence."""
    while at < len(read) and read[at].kind == "word" and read[at].low in _SKIPPED:
        at += 1
    if at < len(read) and read[at].kind == "word" and read[at].key not in STOP and read[at].low not in _BETWEEN:
        key = lemma(read[at].text) if lemma(read[at].text) in TIMES else read[at].key
        return key, at + 1
    return "", at


def _aged(read: Sequence[Token], at: int, end: int) -> bool:
    before = read[max(0, at - 6) : at]
    for token in reversed(before):
        if token.kind == "mark" and token.text in ";:":
            return False
        if token.key in _AGED or token.low in ("age", "aged"):
            return True
        if token.kind == "number":
            return False
    return any(token.low in ("age", "old") for token in read[end : end + 2] if token.low != "of")


def _bound(read: Sequence[Token], at: int, end: int) -> tuple[Bound, int, int]:
    """The bound, and the tokens from its first word to the number's last."""
    before = [token.low for token in read[max(0, at - 9) : at]]
    first = at
    after = [token.low for token in read[end : end + 2]]
    if after in (["or", "more"], ["or", "above"], ["and", "above"], ["or", "older"]):
        return "≥", first, end + 2
    if after in (["or", "less"], ["or", "fewer"], ["or", "below"]):
        return "≤", first, end + 2
    at_cue = len(before)
    while at_cue and before[at_cue - 1] in ("the", "a", "age", "of", "period", "number", "majority", "than", "later"):
        at_cue -= 1
    cue = before[at_cue - 1] if at_cue else ""
    place = at - (len(before) - at_cue) - 1
    if cue in ("least", "most") and at_cue >= 2 and before[at_cue - 2] == "at":
        return ("≥" if cue == "least" else "≤"), place - 1, end
    if cue in ("minimum", "maximum"):
        return ("≥" if cue == "minimum" else "≤"), place, end
    if cue in ("within",) or before[-2:] == ["up", "to"]:
        return "≤", min(place, at - 2) if cue != "within" else place, end
    later = "later" in before[at_cue:] and "than" in before[at_cue:]
    if later and before[max(0, at_cue - 2) : at_cue] == ["no", "case"]:
        return "≤", place - 1, end
    if cue in _NEGATIONS and later:
        return "≤", place, end
    if cue in _HIGH | _LOW:
        high = cue in _HIGH
        back = at_cue - 2
        while back >= 0 and before[back] in _BETWEEN:
            back -= 1
        if back >= 0 and before[back] in _NEGATIONS:
            return ("≤" if high else "≥"), place - (at_cue - 1 - back), end
        return (">" if high else "<"), place, end
    return "=", first, end
