"""Work due at intervals: on time, one failure alone, and every named function there."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.module_loading import import_string

from config.ticks import TICKS, Tick, run_due

NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
SEEN: list[datetime] = []


def note(*, at: datetime) -> None:
    SEEN.append(at)


def fail(*, at: datetime) -> None:
    raise RuntimeError


@pytest.fixture(autouse=True)
def _forget():
    SEEN.clear()


def test_runs_at_once_and_then_at_its_interval():
    tick = Tick("note", timedelta(hours=1), f"{__name__}.note")
    for minutes in (0, 10, 59, 60, 61, 125):
        run_due([tick], NOW + timedelta(minutes=minutes))
    assert [at - NOW for at in SEEN] == [timedelta(0), timedelta(minutes=60), timedelta(minutes=125)]


def test_one_failure_does_not_stop_the_others(caplog):
    ticks = [Tick("fail", timedelta(hours=1), f"{__name__}.fail"), Tick("note", timedelta(hours=1), f"{__name__}.note")]
    assert run_due(ticks, NOW) == ["fail", "note"]
    assert SEEN == [NOW]
    assert "tick fail failed" in caplog.text


@pytest.mark.parametrize("tick", TICKS, ids=lambda tick: tick.name)
@pytest.mark.django_db(transaction=True)
def test_every_tick_of_the_house_runs_twice(tick, caplog):
    function = import_string(tick.path)
    function(at=NOW)
    function(at=NOW + timedelta(days=1))
