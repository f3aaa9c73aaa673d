"""Dates, durations and clocks: "15 March 2024 was a Friday", "from 9:40 to 11:15 is 1 hour 35 minutes".

Proleptic Gregorian calendar throughout. A date is `YYYY-MM-DD`, a year a plain number (negative: BC), a time of day
`H:MM` on the 24-hour clock. `arguments` and `result` by operation:

- `weekday` (date): monday … sunday; or (weekday, n): the weekday n days later
- `years_between` (year, year), `months_between` (`YYYY-MM`, `YYYY-MM`), `days_between` (date, date): a whole number
- `date_after` (date, n): the date n days later, n may be negative
- `leap_year` (year), `exists` (date): `yes`
- `days_in_month` (month 1 to 12[, year]), also `(year,)`: days of the year
- `clock_difference` (time, time): minutes; both ends on one day, or the second on the next
- `century` (year): a number
- `order` (date, date): `before` or `after`

Where counting both ends is a habit of speech (years, months, days), one more than the difference is not refuted.
"""

from collections.abc import Callable, Mapping
from datetime import MAXYEAR, MINYEAR, date, timedelta
from fractions import Fraction
from typing import Final

from verifiers.claims import Calendar
from verifiers.expr import Expr, Num, Text, app
from verifiers.kinds._judgement import decide
from verifiers.kinds._terms import both, either, equal, leaf, minus, plus
from verifiers.protocol import Budget
from verifiers.verdicts import Label, Reason, Verdict, undecided

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_FAR: Final = 10_000_000


def verify(formula: Calendar, budget: Budget) -> Verdict:
    """Puts the claim as integer arithmetic on day numbers, years or minutes and evaluates that."""
    try:
        verdict = _OPERATIONS[formula.operation](formula.arguments, formula.result)
    except (ValueError, OverflowError, IndexError) as error:
        return undecided(Reason.UNSUPPORTED, str(error))
    if formula.holds or verdict.label is Label.UNDECIDED:
        return verdict
    return undecided(Reason.UNSUPPORTED, "a denial of this sort")


def _parts(text: str) -> tuple[int, int, int]:
    sign = -1 if text.startswith("-") else 1
    year, month, day = (int(part) for part in text.lstrip("-").split("-"))
    return sign * year, month, day


def _date(text: str) -> date:
    year, month, day = _parts(text)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError("a year outside 1 to 9999")
    return date(year, month, day)


def _number(text: str) -> int:
    value = int(text)
    if abs(value) > _FAR:
        raise ValueError("too far away")
    return value


def _named(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()].capitalize()}"


def _weekday(arguments: tuple[str, ...], result: str) -> Verdict:
    claimed = WEEKDAYS.index(result)
    if len(arguments) == 2:
        start, days = WEEKDAYS.index(arguments[0]), _number(arguments[1])
        right = WEEKDAYS[(start + days) % 7]
        relation = equal(app("mod", plus(start, days), leaf(7)), claimed)
        text = f"{days} days after a {arguments[0].capitalize()} is a {right.capitalize()}."
        return decide(relation, "calendar: weekday", found=Text(right), text=text, right=text)
    day = _date(arguments[0])
    # Day 1 of the proleptic Gregorian calendar, 1 January of the year 1, was a Monday.
    relation = equal(app("mod", minus(_day_number(day), 1), leaf(7)), claimed)
    right = WEEKDAYS[day.weekday()]
    truth = f"{arguments[0]} is a {right.capitalize()}"
    text = f"{truth}, not a {result.capitalize()}."
    return decide(relation, "calendar: weekday", found=Text(right), text=text, right=f"{truth}.")


def _day_number(day: date) -> Expr:
    """Days from 31 December of the year 0, as a sum that can be read: years, leap days, days of this year."""
    years = day.year - 1
    leap_days = years // 4 - years // 100 + years // 400
    return plus(app("mul", leaf(365), leaf(years)), leap_days, day.timetuple().tm_yday)


def _span(first: Expr | int, second: Expr | int, size: int, claimed: int, unit: str) -> Verdict:
    """A count of years, months or days: the difference, or one more where both ends count."""
    gap = abs(size)
    method = f"calendar: {unit} between"
    if claimed == gap:
        text = f"There are {gap} {unit} between them."
        return decide(equal(app("abs", minus(second, first)), claimed), method, right=text)
    if claimed in (gap + 1, gap - 1):
        return undecided(Reason.AMBIGUOUS, "depends on whether the ends are counted")
    relation = either([equal(app("abs", minus(second, first)), claimed + off) for off in (0, 1, -1)])
    text = f"There are {gap} {unit} between them, not {claimed}."
    return decide(relation, method, found=leaf(gap), text=text)


def _years_between(arguments: tuple[str, ...], result: str) -> Verdict:
    first, second = (_number(a) for a in arguments)
    if (first < 0) != (second < 0):
        # No year 0: from 5 BC to AD 5 is nine years.
        first, second = (year + 1 if year < 0 else year for year in (first, second))
    return _span(first, second, second - first, _number(result), "years")


def _months_between(arguments: tuple[str, ...], result: str) -> Verdict:
    months = []
    for text in arguments:
        year, month = (int(part) for part in text.split("-"))
        months.append(12 * year + month)
    return _span(months[0], months[1], months[1] - months[0], _number(result), "months")


def _days_between(arguments: tuple[str, ...], result: str) -> Verdict:
    first, second = (_date(a) for a in arguments)
    size = (second - first).days
    return _span(_day_number(first), _day_number(second), size, _number(result), "days")


def _date_after(arguments: tuple[str, ...], result: str) -> Verdict:
    start, days = _date(arguments[0]), _number(arguments[1])
    right, claimed = start + timedelta(days=days), _date(result)
    off = (claimed - right).days
    if off in (1, -1):
        return undecided(Reason.AMBIGUOUS, "depends on whether the first day is counted")
    relation = equal(minus(_day_number(claimed), _day_number(start)), days)
    text = f"{days} days from {start.isoformat()} is {right.isoformat()}."
    return decide(relation, "calendar: date after", found=Text(right.isoformat()), text=text, right=text)


def _leap(year: Expr | int) -> Expr:
    n = leaf(year)
    by_4, by_100, by_400 = (app("divides", leaf(m), n) for m in (4, 100, 400))
    return app("and", by_4, app("or", app("not", by_100), by_400))


def _leap_year(arguments: tuple[str, ...], result: str) -> Verdict:
    year = _number(arguments[0])
    if year <= 0:
        return undecided(Reason.AMBIGUOUS, "years before Christ are numbered in two ways")
    relation = _leap(year) if result == "yes" else app("not", _leap(year))
    there, none = f"{year} is a leap year.", f"{year} is no leap year."
    text, right = (none, there) if result == "yes" else (there, none)
    return decide(relation, "calendar: leap year", text=text, right=right)


_LENGTHS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _exists(arguments: tuple[str, ...], result: str) -> Verdict:
    """A year of 0 stands for "no year given"."""
    year, month, day = _parts(arguments[0])
    if not 1 <= month <= 12:
        raise ValueError("no such month")
    relations: list[Expr] = [app("le", leaf(day), leaf(_LENGTHS[month - 1]))]
    if (month, day) == (2, 29) and year > 0:
        relations.append(_leap(year))
    there = both(relations)
    if result == "yes":
        return decide(there, "calendar: date exists", text="There is no such day.", right="There is such a day.")
    text = "There is such a day."
    return decide(app("not", there), "calendar: date exists", text=text, right="There is no such day.")


def _days_in_month(arguments: tuple[str, ...], result: str) -> Verdict:
    claimed = _number(result)
    if len(arguments) == 1 and _number(arguments[0]) > 12:
        year = _number(arguments[0])
        days = 366 if _is_leap(year) else 365
        text = f"The year {year} has {days} days."
        return decide(equal(days, claimed), "calendar: days in year", found=leaf(days), text=text, right=text)
    month = _number(arguments[0])
    days = _LENGTHS[month - 1]
    allowed = [days]
    if month == 2:
        allowed = [28, 29] if len(arguments) == 1 else [29 if _is_leap(_number(arguments[1])) else 28]
    relation = either([equal(length, claimed) for length in allowed])
    text = f"The month has {' or '.join(map(str, allowed))} days."
    return decide(relation, "calendar: days in month", found=leaf(allowed[0]), text=text, right=text)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _minutes(text: str) -> int:
    hours, minutes = (int(part) for part in text.split(":"))
    if not (0 <= hours <= 24 and 0 <= minutes < 60):
        raise ValueError("no time of day")
    return 60 * hours + minutes


def _clock_difference(arguments: tuple[str, ...], result: str) -> Verdict:
    """Also right if twelve hours off: without a.m. and p.m. the clock does not say."""
    first, second = (_minutes(a) for a in arguments)
    claimed = Fraction(result)
    relation = equal(app("mod", minus(second, first), leaf(720)), app("mod", leaf(claimed), leaf(720)))
    right = (second - first) % 1440
    text = f"From {arguments[0]} to {arguments[1]} is {right // 60} h {right % 60} min."
    return decide(relation, "calendar: clock", found=Num(Fraction(right)), text=text, right=text)


def _ordinal(number: int) -> str:
    ending = "th" if 10 < number % 100 < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _century(arguments: tuple[str, ...], result: str) -> Verdict:
    year, claimed = _number(arguments[0]), _number(result)
    if year <= 0:
        return undecided(Reason.UNSUPPORTED, "centuries before Christ")
    if year % 100 == 0 and claimed == year // 100 + 1:
        return undecided(Reason.AMBIGUOUS, "a full hundred is counted to either century in common speech")
    relation = both([app("lt", leaf(100 * (claimed - 1)), leaf(year)), app("le", leaf(year), leaf(100 * claimed))])
    right = -(-year // 100)
    text = f"The year {year} is in the {_ordinal(right)} century."
    return decide(relation, "calendar: century", found=leaf(right), text=text, right=text)


def _order(arguments: tuple[str, ...], result: str) -> Verdict:
    first, second = (_date(a) for a in arguments)
    head = "lt" if result == "before" else "gt"
    return decide(app(head, _day_number(first), _day_number(second)), "calendar: order")


_OPERATIONS: Final[Mapping[str, Callable[[tuple[str, ...], str], Verdict]]] = {
    "weekday": _weekday,
    "years_between": _years_between,
    "months_between": _months_between,
    "days_between": _days_between,
    "date_after": _date_after,
    "leap_year": _leap_year,
    "exists": _exists,
    "days_in_month": _days_in_month,
    "clock_difference": _clock_difference,
    "century": _century,
    "order": _order,
}
