"""Dates, weekdays and clocks in words: "15 March 2024 was a Friday", "from 9:40 to 11:15 is 1 hour 35 minutes"."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final, Literal, TypeAlias

from verifiers.claims import Calendar, Claim
from verifiers.extraction.prose.phrases import Phrase

Match: TypeAlias = re.Match[str]
Operation: TypeAlias = Literal[
    "weekday", "years_between", "months_between", "days_between", "date_after", "leap_year", "exists",
    "days_in_month", "clock_difference", "century",
]  # fmt: skip

_MONTHS: Final = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
_MONTH: Final = "(?:" + "|".join(_MONTHS) + ")"
_WEEKDAY: Final = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_HINT: Final = re.compile(
    rf"\b{_MONTH}\b|{_WEEKDAY}|\d:\d\d|\d ?[ap]\.?m\b|\byears?\b|century|\b\d{{4}}-\d\d-\d\d\b|noon|midnight"
)
"""What text in lower case has to have,"""
_HINT_WORDS: Final = (*_MONTHS, "day", "year", "century", "noon", "midnight")
_HINT_NUMBER: Final = re.compile(r"\d(?::\d\d| ?[ap]\.?m\b|\d{3}-\d)")
"""and what has to be in it for that."""


def _date(name: str) -> str:
    return (
        rf"(?P<{name}>\b(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? \d{{4}})?"
        rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?|\d{{4}}-\d{{2}}-\d{{2}})\b(?![:\d]))"
    )


def _time(name: str) -> str:
    return rf"(?P<{name}>\b\d{{1,2}}:\d{{2}}(?: ?[ap]\.?m\b\.?)?|\b\d{{1,2}} ?[ap]\.?m\b\.?|\bnoon\b|\bmidnight\b)"


_DURATION: Final = (
    r"(?:(?P<hours>\d{1,2}) ?(?:hours?|hrs?|h)\b(?:(?:,? and|,)? (?P<minutes>\d{1,2}) ?(?:minutes?|mins?)\b)?"
    r"|(?P<only>\d{1,4}) ?(?:minutes?|mins?)\b)"
)
_IS: Final = r"(?:is|are|was|were|will be|would be|equals?|=|makes|gives|spans?|there (?:are|is|were)|that is|it is)"
_FALLS: Final = r"(?:is|was|will be|would be|falls on|fell on|is on|was on|lands on)(?: on)?(?: an?)?"
_END: Final = r"(?=\s*(?:[.,;!)]|$)|\s+(?:and|so|because|since|but|which|as|long|later|apart|in total|total|of)\b)"
_YEAR: Final = r"[1-9]\d{2,3}"


def find(phrase: Phrase) -> Iterator[Claim]:
    raw = phrase.raw
    if not _is_about_time(raw.lower()):
        return
    for pattern, build in _PATTERNS:
        for match in pattern.finditer(raw):
            formula = build(match)
            if _GIVEN.search(raw[: match.start()]) or (match.group() in phrase.question and formula is not None):
                continue
            if formula is not None and phrase.asserted_at(phrase.start + match.start(), phrase.start + match.end()):
                yield phrase.claim_raw(match.start(), match.end(), formula)


def _is_about_time(words: str) -> bool:
    likely = any(word in words for word in _HINT_WORDS) or _HINT_NUMBER.search(words) is not None
    return likely and _HINT.search(words) is not None


_GIVEN: Final = re.compile(r"(?:\d[/.,:]?|\d (?:days?|hours?|weeks?|and)(?:,| and)?|[-+×*/]) ?$", re.IGNORECASE)
"""What makes the number after it part of a longer one: "2 1/", "1 day and "."""


def _claim(operation: Operation, *arguments: str | None, result: str, holds: bool = True) -> Calendar | None:
    known = tuple(argument for argument in arguments if argument is not None)
    if len(known) != len(arguments):
        return None
    return Calendar(operation=operation, arguments=known, result=result, holds=holds)


def _parsed(text: str) -> tuple[int, int, int]:
    """Year (0 where none is given), month and day."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        year, month, day = (int(part) for part in text.split("-"))
        return year, month, day
    month = next(number for number, name in enumerate(_MONTHS, 1) if name in text.lower())
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    return (numbers[1] if len(numbers) > 1 else 0), month, numbers[0]


def _iso(text: str) -> str | None:
    """`YYYY-MM-DD` of a date with its year, if there is such a day."""
    year, month, day = _parsed(text)
    return _valid(year, month, day) if year else None


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


_PLAIN_YEAR: Final = 2001


def _pair(first: str, second: str) -> tuple[str | None, str | None]:
    """Two dates in ISO form. Without years they have to lie in order on one side of 29 February."""
    one, two = _parsed(first), _parsed(second)
    if one[0] and two[0]:
        return _valid(*one), _valid(*two)
    if two[0] and not one[0]:
        return _valid(two[0], *one[1:]), _valid(*two)
    if one[0] or one[1:] > two[1:] or (one[1] <= 2 < two[1]):
        return None, None
    return _valid(_PLAIN_YEAR, *one[1:]), _valid(_PLAIN_YEAR, *two[1:])


def _weekday(match: Match) -> Calendar | None:
    return _claim("weekday", _iso(match["date"]), result=match["day"].lower())


def _weekday_after(match: Match) -> Calendar | None:
    sign = "-" if match["where"].lower() == "before" else ""
    return _claim("weekday", match["start"].lower(), sign + match["days"].replace(",", ""), result=match["day"].lower())


def _years(match: Match) -> Calendar | None:
    return _claim("years_between", match["first"], match["second"], result=match["years"])


def _days(match: Match) -> Calendar | None:
    return _claim("days_between", *_pair(match["first"], match["second"]), result=match["days"])


def _date_after(match: Match) -> Calendar | None:
    before = match["where"].lower() == "before"
    pair = _pair(match["result"], match["start"]) if before else _pair(match["start"], match["result"])
    start, result = reversed(pair) if before else pair
    if start is None or result is None:
        return None
    return _claim("date_after", start, ("-" if before else "") + match["days"], result=result)


def _leap(match: Match) -> Calendar | None:
    return _claim("leap_year", match["year"], result="no" if match["not"] else "yes")


_DENIED: Final = re.compile(
    r"\b(?:no|not|never|cannot|can['’]t|n['’]t|isn['’]t|invalid|impossible|exist\w*|only|leap|skip\w*)\b", re.IGNORECASE
)


def _exists(match: Match) -> Calendar | None:
    year, month, day = _parsed(match["date"])
    plain = day <= 28 or day > 31 or (day < 31 and month != 2) or (month, day, year) == (2, 29, 0)
    if plain or _DENIED.search(match.string):
        return None
    return _claim("exists", f"{year}-{month:02}-{day:02}", result="yes")


def _month_length(match: Match) -> Calendar | None:
    month = str(_MONTHS.index(match["month"].lower()) + 1)
    arguments = (month, match["year"]) if match["year"] else (month,)
    return _claim("days_in_month", *arguments, result=match["days"])


def _year_length(match: Match) -> Calendar | None:
    return _claim("days_in_month", match["year"], result=match["days"])


def _clock(text: str) -> str | None:
    """`H:MM` on the 24-hour clock."""
    lowered = text.lower()
    if "noon" in lowered or "midnight" in lowered:
        return "12:00" if "noon" in lowered else "0:00"
    hours, _, minutes = re.sub(r"[^\d:]", "", lowered).partition(":")
    hour = int(hours)
    if "m" in lowered:
        hour = hour % 12 + (12 if "p" in lowered else 0)
    return f"{hour}:{minutes or '00'}" if hour <= 24 and int(minutes or 0) < 60 else None


def _minutes(match: Match) -> str:
    if match["only"]:
        return str(int(match["only"]))
    return str(60 * int(match["hours"]) + int(match["minutes"] or 0))


def _between_times(match: Match) -> Calendar | None:
    return _claim("clock_difference", _clock(match["first"]), _clock(match["second"]), result=_minutes(match))


def _time_after(match: Match) -> Calendar | None:
    start, end = _clock(match["start"]), _clock(match["end"])
    if match["where"].lower() in ("before", "-", "−", "minus"):
        start, end = end, start
    return _claim("clock_difference", start, end, result=_minutes(match))


def _century(match: Match) -> Calendar | None:
    return _claim("century", match["year"], result=match["century"])


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_PATTERNS: Final[tuple[tuple[re.Pattern[str], Callable[[Match], Calendar | None]], ...]] = (
    (_pattern(rf"{_date('date')},? {_FALLS} (?P<day>{_WEEKDAY})\b"), _weekday),
    (_pattern(rf"\b(?P<day>{_WEEKDAY}),? (?:the )?{_date('date')}"), _weekday),
    (_pattern(rf"\b(?P<days>\d[\d,]{{0,6}}) days (?P<where>after|from|before) (?:an? |the"
              rf" )?(?P<start>{_WEEKDAY}) {_FALLS} "
              rf"(?P<day>{_WEEKDAY})\b"), _weekday_after),
    (_pattern(rf"\b(?:from |between )?(?P<first>{_YEAR}) (?:to|and|until) (?P<second>{_YEAR}),? {_IS}"
              rf" (?:exactly |a span of )?"
              rf"(?P<years>\d{{1,4}}) years{_END}"), _years),
    (_pattern(rf"\b(?:from|between) {_date('first')} (?:to|and|until) {_date('second')},? {_IS} (?:exactly )?"
              rf"(?P<days>\d{{1,6}}) days?{_END}"), _days),
    (_pattern(rf"\b(?P<days>\d{{1,5}}) days (?P<where>after|from|before) {_date('start')} (?:is|was|will be|falls on) "
              rf"{_date('result')}"), _date_after),
    (_pattern(rf"\b(?P<year>{_YEAR}) (?:is|was|will be)(?P<not> not)? a leap year{_END}"), _leap),
    (_pattern(_date("date")), _exists),
    (_pattern(rf"\b(?P<month>{_MONTH})(?: of)?(?:,? (?P<year>\d{{4}}))? has (?P<days>\d{{2}})"
              rf" days{_END}"), _month_length),
    (_pattern(rf"\bthere (?:are|were) (?P<days>\d{{2}}) days in (?P<month>{_MONTH})(?:,? (?P<year>\d{{4}}))?{_END}"),
     _month_length),
    (_pattern(rf"\b(?:the year )?(?P<year>{_YEAR}) ha[sd] (?P<days>3\d\d) days{_END}"), _year_length),
    (_pattern(rf"\b(?:from|between) {_time('first')} (?:to|and|until) {_time('second')},? {_IS} (?:exactly |a"
              rf" total of )?"
              rf"{_DURATION}{_END}"), _between_times),
    (_pattern(rf"{_DURATION} (?P<where>after|from|before|past) {_time('start')} (?:is|was|will be|would be)"
              rf" {_time('end')}"),
     _time_after),
    (_pattern(rf"{_time('start')} (?P<where>\+|plus|-|−|minus) {_DURATION} (?:is|=|equals|gives) {_time('end')}"),
     _time_after),
    (_pattern(rf"\b(?P<year>{_YEAR}) (?:is|was|lies|falls|belongs) (?:in|to) the (?P<century>\d{{1,2}})(?:st|nd|rd|th) "
              rf"century\b"), _century),
)  # fmt: skip
