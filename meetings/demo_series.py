"""The demo's weekly briefing: a kind of the agency's own, and three drafts of one series."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from ledger.days import legal_day
from ledger.door import writing
from meetings.actions import agenda, kinds, participants, series
from meetings.actions import meetings as acts
from meetings.details import Details, Matter, Seat, moved_to
from meetings.kinds import new_code
from meetings.models import AgencyKind, Series
from meetings.rhythm import WEEKLY, Rhythm, days
from people.models import Agency, User

FIRST_AFTER, TIMES, LENGTH = 11, 3, timedelta(minutes=90)


def build(script: dict[str, Any], agency: Agency, clerk: User, admin: User, seats: list[tuple[User, Seat]]) -> None:
    """Build kind and series unless they are there."""
    if Series.objects.filter(created_by=clerk).exists():
        return
    at = timezone.now()
    with writing():
        kind = own_kind(script, agency, admin, at)
        rhythm = Rhythm(WEEKLY, weekdays=(0,), times=TIMES)
        first, *later = [start_on(day) for day in days(rhythm, legal_day(at) + timedelta(days=FIRST_AFTER))]
        details = Details(kind.code, script["title"], first, first + LENGTH, script["place"])
        meeting = acts.create(agency, details=details, by=clerk, at=at)
        for user, seat in seats:
            participants.invite(meeting, user=user, seat=seat, by=clerk, at=at)
        lines = [(line["depth"], Matter(line["title"], minutes=line["minutes"])) for line in script["items"]]
        agenda.add_items(meeting, lines=lines, by=clerk, at=at)
        begun = series.start_series(meeting, rhythm=rhythm.as_data(), by=clerk, at=at)
        for start in later:
            again = moved_to(details, start)
            series.copy(meeting, details=again, parts=series.PARTS, series=begun, by=clerk, at=at)


def own_kind(script: dict[str, Any], agency: Agency, admin: User, at: datetime) -> AgencyKind:
    """Derive the kind from the one of the law."""
    wish = kinds.Wish(script["base"], legal_day(at), label=script["kind"], changes={"basis": script["basis"]})
    return kinds.change_kind(agency, code=new_code(), wish=wish, by=admin, at=at)


def start_on(day: Any) -> datetime:
    """Return half past seven of that day, legal time."""
    return timezone.make_aware(datetime(day.year, day.month, day.day, 7, 30)).astimezone(UTC)  # noqa: DTZ001
