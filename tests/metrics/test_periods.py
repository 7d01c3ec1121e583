"""Periods: the calendar's, and the reporting form's of NĐ 09/2019."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.periods import Calendar, UnknownPeriod, month_of, months_back, parse_period

CALENDARS = st.sampled_from(list(Calendar))


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("2026-11", date(2026, 10, 15), date(2026, 11, 14)),
        ("2026-01", date(2025, 12, 15), date(2026, 1, 14)),
        ("2026-Q1", date(2025, 12, 15), date(2026, 3, 14)),
        ("2026-Q4", date(2026, 9, 15), date(2026, 12, 14)),
        ("2026-H1", date(2025, 12, 15), date(2026, 6, 14)),
        ("2026-H2", date(2026, 6, 15), date(2026, 12, 14)),
        ("2026", date(2025, 12, 15), date(2026, 12, 14)),
    ],
)
def test_reporting_form(name: str, start: date, end: date) -> None:
    period = parse_period(name, Calendar.REPORT)
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-Q2", date(2026, 4, 1), date(2026, 6, 30)),
        ("2026-H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_calendar_form(name: str, start: date, end: date) -> None:
    period = parse_period(name)
    assert (period.start, period.end) == (start, end)


@given(st.dates(date(1901, 1, 1), date(9997, 12, 31)), CALENDARS)
def test_every_day_lies_in_exactly_its_month(day: date, calendar: Calendar) -> None:
    month = month_of(day, calendar)
    assert month.start <= day <= month.end
    assert month_of(month.start, calendar) == month_of(month.end, calendar) == month


@given(st.integers(1901, 9997), CALENDARS)
def test_months_quarters_halves_tile_the_year(year: int, calendar: Calendar) -> None:
    whole = parse_period(str(year), calendar)
    for parts in (
        [f"{year}-{month:02d}" for month in range(1, 13)],
        [f"{year}-Q{quarter}" for quarter in range(1, 5)],
        [f"{year}-H1", f"{year}-H2"],
    ):
        periods = [parse_period(part, calendar) for part in parts]
        assert (periods[0].start, periods[-1].end) == (whole.start, whole.end)
        for before, after in itertools.pairwise(periods):
            assert after.start == before.end + timedelta(days=1)


@pytest.mark.parametrize("name", ["", "26-1", "2026-13", "2026-00", "2026-Q5", "2026-H3", "2026-1", "0001", "x"])
def test_other_words_name_no_period(name: str) -> None:
    with pytest.raises(UnknownPeriod):
        parse_period(name)


def test_months_back_cross_the_year() -> None:
    names = [period.name for period in months_back(parse_period("2026-02"), 4)]
    assert names == ["2025-11", "2025-12", "2026-01", "2026-02"]
