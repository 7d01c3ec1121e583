"""Rhythms: the days of a series."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from meetings.rhythm import MONTHLY_DAY, MONTHLY_WEEKDAY, MOST, SORTS, WEEKLY, WEEKS, Rhythm, days

starts = st.dates(date(2024, 1, 1), date(2030, 12, 31))
rhythms = st.builds(
    Rhythm,
    sort=st.sampled_from(SORTS),
    every=st.integers(1, 6),
    weekdays=st.lists(st.integers(0, 6), min_size=1, max_size=3).map(tuple),
    week=st.sampled_from(WEEKS),
    day=st.integers(1, 31),
    until=st.none() | starts,
    times=st.integers(1, 80),
)


@given(rhythms, starts)
def test_days_come_in_order_within_the_bounds(rhythm, start):
    found = days(rhythm, start)
    assert found == sorted(set(found))
    assert len(found) <= min(rhythm.times, MOST)
    assert all(day >= start and (rhythm.until is None or day <= rhythm.until) for day in found)
    if rhythm.sort == WEEKLY:
        assert all(day.weekday() in rhythm.weekdays for day in found)
        weeks = {
            (day - timedelta(days=day.weekday()) - start + timedelta(days=start.weekday())).days // 7 for day in found
        }
        assert all(week % rhythm.every == 0 for week in weeks)
    if rhythm.sort == MONTHLY_WEEKDAY:
        assert all(day.weekday() == rhythm.weekdays[0] for day in found)
    if rhythm.sort != WEEKLY:
        months = [day.year * 12 + day.month for day in found]
        assert len(set(months)) == len(months)
        assert all((month - start.year * 12 - start.month) % rhythm.every == 0 for month in months)


@given(rhythms, starts)
def test_a_longer_series_begins_as_the_shorter_one(rhythm, start):
    assert days(Rhythm(**{**rhythm.__dict__, "times": 3}), start) == days(rhythm, start)[:3] or rhythm.times < 3


@given(rhythms)
def test_a_rhythm_is_kept_as_json(rhythm):
    assert Rhythm.from_data(rhythm.as_data()) == rhythm


def test_as_clerks_say_it():
    first_monday = Rhythm(MONTHLY_WEEKDAY, weekdays=(0,), week=1, times=3)
    assert days(first_monday, date(2026, 11, 21)) == [date(2026, 12, 7), date(2027, 1, 4), date(2027, 2, 1)]
    last_friday = Rhythm(MONTHLY_WEEKDAY, weekdays=(4,), week=-1, times=2)
    assert days(last_friday, date(2026, 11, 1)) == [date(2026, 11, 27), date(2026, 12, 25)]
    every_end = Rhythm(MONTHLY_DAY, day=31, times=3)
    assert days(every_end, date(2027, 1, 1)) == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]
    twice_a_week = Rhythm(WEEKLY, weekdays=(0, 3), until=date(2026, 12, 4))
    assert days(twice_a_week, date(2026, 11, 24)) == [date(2026, 11, 26), date(2026, 11, 30), date(2026, 12, 3)]
