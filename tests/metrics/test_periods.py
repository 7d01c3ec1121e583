"""Periods: the calendar's, and the reporting form's of NĐ 09/2019."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.periods import LENGTHS, Calendar, UnknownPeriod, back, month_of, parse_period, period_of, stepped

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


@pytest.mark.parametrize(
    "name", ["", "26-1", "2026-13", "2026-00", "2026-Q5", "2026-H3", "2026-1", "0001", "x", "2026-11\n", "２０２６"]
)
def test_other_words_name_no_period(name: str) -> None:
    with pytest.raises(UnknownPeriod):
        parse_period(name)


def test_going_back_crosses_the_year() -> None:
    assert [period.name for period in back(parse_period("2026-02"), 4)] == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert [period.name for period in back(parse_period("2026-Q1"), 3)] == ["2025-Q3", "2025-Q4", "2026-Q1"]
    assert [period.name for period in back(parse_period("2026"), 2)] == ["2025", "2026"]


def test_going_back_ends_where_names_end() -> None:
    assert [period.name for period in back(parse_period("1900-02"), 6)] == ["1900-01", "1900-02"]
    assert stepped(parse_period("9998"), 1) is None


@given(st.dates(date(1905, 1, 1), date(9990, 12, 31)), CALENDARS, st.sampled_from(LENGTHS), st.integers(-20, 20))
def test_steps_are_contiguous_and_come_back(day: date, calendar: Calendar, months: int, steps: int) -> None:
    period = period_of(day, months, calendar)
    assert period.start <= day <= period.end
    after = stepped(period, 1)
    assert after is None or after.start == period.end + timedelta(days=1)
    there = stepped(period, steps)
    assert there is None or stepped(there, -steps) == period
