"""Dates agree with the standard library's proleptic Gregorian calendar."""

from calendar import isleap, monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifiers.claims import Calendar
from verifiers.kinds.calendar import WEEKDAYS, verify
from verifiers.protocol import QUICK
from verifiers.verdicts import Label

CHECKS = settings(max_examples=80, deadline=None, derandomize=True)
DATES = st.dates(min_value=date(1, 1, 1), max_value=date(9000, 1, 1))


def label(operation: str, *arguments: str, result: str) -> str:
    formula = Calendar(operation=operation, arguments=arguments, result=result)  # type: ignore[arg-type]
    return verify(formula, QUICK).label.value


@CHECKS
@given(DATES, st.integers(1, 6))
def test_weekdays(day: date, off: int) -> None:
    assert label("weekday", day.isoformat(), result=WEEKDAYS[day.weekday()]) == Label.SUPPORTED
    assert label("weekday", day.isoformat(), result=WEEKDAYS[(day.weekday() + off) % 7]) == Label.REFUTED


@CHECKS
@given(DATES, st.integers(-5000, 5000).filter(lambda n: abs(n) > 2))
def test_days_between_and_dates_after(day: date, days: int) -> None:
    try:
        other = day + timedelta(days=days)
    except OverflowError:
        return
    first, second = day.isoformat(), other.isoformat()
    assert label("date_after", first, str(days), result=second) == Label.SUPPORTED
    assert label("days_between", first, second, result=str(abs(days))) == Label.SUPPORTED
    assert label("days_between", first, second, result=str(abs(days) + 1)) == Label.UNDECIDED
    assert label("days_between", first, second, result=str(abs(days) + 2)) == Label.REFUTED
    assert label("date_after", first, str(days + 2), result=second) == Label.REFUTED


@CHECKS
@given(st.integers(1, 9999), st.integers(1, 12))
def test_leap_years_and_lengths_of_months(year: int, month: int) -> None:
    assert label("leap_year", str(year), result="yes" if isleap(year) else "no") == Label.SUPPORTED
    assert label("leap_year", str(year), result="no" if isleap(year) else "yes") == Label.REFUTED
    length = monthrange(year, month)[1]
    assert label("days_in_month", str(month), str(year), result=str(length)) == Label.SUPPORTED
    assert label("exists", f"{year}-{month}-{length}", result="yes") == Label.SUPPORTED
    assert label("exists", f"{year}-{month}-{length + 1}", result="yes") == Label.REFUTED


@pytest.mark.parametrize(
    ("operation", "arguments", "result", "expected"),
    [
        ("years_between", ("1857", "1947"), "90", "supported"),
        ("years_between", ("1857", "1947"), "91", "undecided"),
        ("years_between", ("1857", "1947"), "80", "refuted"),
        ("years_between", ("-5", "5"), "9", "supported"),
        ("months_between", ("2023-11", "2024-02"), "3", "supported"),
        ("months_between", ("2023-11", "2024-02"), "6", "refuted"),
        ("weekday", ("monday", "100"), "wednesday", "supported"),
        ("weekday", ("monday", "-1"), "sunday", "supported"),
        ("clock_difference", ("9:40", "11:15"), "95", "supported"),
        ("clock_difference", ("22:00", "6:00"), "480", "supported"),
        ("clock_difference", ("9:40", "11:15"), "85", "refuted"),
        ("clock_difference", ("9:40", "1:15"), "215", "supported"),
        ("century", ("1947",), "20", "supported"),
        ("century", ("1947",), "19", "refuted"),
        ("century", ("1900",), "20", "undecided"),
        ("days_in_month", ("2",), "29", "supported"),
        ("days_in_month", ("2",), "30", "refuted"),
        ("days_in_month", ("1900",), "365", "supported"),
        ("order", ("1947-08-15", "1950-01-26"), "before", "supported"),
        ("order", ("1947-08-15", "1950-01-26"), "after", "refuted"),
        ("weekday", ("2023-02-30",), "monday", "undecided"),
        ("weekday", ("99999-01-01",), "monday", "undecided"),
        ("weekday", ("garbage",), "monday", "undecided"),
    ],
)
def test_table(operation: str, arguments: tuple[str, ...], result: str, expected: str) -> None:
    assert label(operation, *arguments, result=result) == expected
