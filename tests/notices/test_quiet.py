"""When something may be sent: over midnight, on days off, in any time zone, when clocks change."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from notices.patience import MOST_ATTEMPTS, next_try
from notices.quiet import Quiet, may_send_at

VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")
ZONES = ["Asia/Ho_Chi_Minh", "Europe/Berlin", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe", "UTC"]
BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
moments = st.timedeltas(timedelta(0), timedelta(days=2200)).map(lambda span: BEGIN + span)
hours = st.builds(
    Quiet,
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    start=st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    end=st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    days_off=st.frozensets(st.integers(0, 6)),
    on=st.booleans(),
)


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 in Viet Nam; the 18th is a Wednesday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=VIET_NAM)


OFFICE = Quiet(VIET_NAM, time(21, 0), time(6, 30), frozenset({5, 6}))


def test_by_day_nothing_waits() -> None:
    assert may_send_at(local(18, 10), OFFICE) == local(18, 10)
    assert may_send_at(local(18, 20, 59), OFFICE) == local(18, 20, 59)


def test_the_night_ends_in_the_morning_on_both_sides_of_midnight() -> None:
    assert may_send_at(local(18, 21), OFFICE) == local(19, 6, 30)
    assert may_send_at(local(19, 0, 1), OFFICE) == local(19, 6, 30)
    assert may_send_at(local(19, 6, 30), OFFICE) == local(19, 6, 30)


def test_a_weekend_ends_on_monday_morning() -> None:
    assert may_send_at(local(20, 22), OFFICE) == local(23, 6, 30)
    assert may_send_at(local(21, 12), OFFICE) == local(23, 6, 30)


def test_hours_within_one_day_and_no_hours_at_all() -> None:
    noon = Quiet(VIET_NAM, time(11, 30), time(13, 30))
    assert may_send_at(local(18, 12), noon) == local(18, 13, 30)
    assert may_send_at(local(18, 12), Quiet(VIET_NAM, time(12), time(12))) == local(18, 12)


def test_a_week_of_days_off_is_no_wish() -> None:
    assert may_send_at(local(18, 12), Quiet(VIET_NAM, days_off=frozenset(range(7)))) == local(18, 12)


@given(moments, hours)
def test_what_may_be_sent_is_never_early_never_quiet_and_never_a_fortnight_late(moment: datetime, quiet: Quiet) -> None:
    found = may_send_at(moment, quiet)
    assert moment <= found < moment + timedelta(days=9)
    assert not quiet.covers(found)
    assert may_send_at(found, quiet) == found


@given(moments, hours, st.integers(1, 600))
def test_waiting_longer_never_leads_to_an_earlier_moment(moment: datetime, quiet: Quiet, minutes: int) -> None:
    assert may_send_at(moment, quiet) <= may_send_at(moment + timedelta(minutes=minutes), quiet)


@given(moments, hours)
def test_everything_before_the_end_is_quiet(moment: datetime, quiet: Quiet) -> None:
    found = may_send_at(moment, quiet)
    if found > moment:
        assert quiet.covers(found - timedelta(microseconds=1)) or found - timedelta(microseconds=1) < moment


@given(st.integers(1, 50), moments)
def test_patience_grows_and_ends(attempts: int, at: datetime) -> None:
    again = next_try(attempts, at)
    assert (again is None) == (attempts >= MOST_ATTEMPTS)
    assert again is None or again > at
