"""Copies of a meeting, and series of them: every meeting of a series is prepared on its own, the series links them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from ledger.door import action
from ledger.record import record
from ledger.verdict import Refused
from meetings.actions import agenda, participants, units
from meetings.actions import meetings as acts
from meetings.details import Details, Seat, carried_over, details_of, matter_of
from meetings.models import Meeting, Participant, Series
from meetings.queries.series import following
from meetings.records import locked
from meetings.rules.meeting import may, may_create
from people.models import User

AGENDA, PEOPLE, UNITS, SEATS = "agenda", "people", "units", "seats"
REASON_CODES = ("reason_too_short", "reason_too_long")
PARTS = (AGENDA, PEOPLE, UNITS, SEATS)


@action
def copy(
    meeting: Meeting,
    *,
    details: Details,
    parts: Collection[str],
    series: Series | None = None,
    by: User,
    at: datetime,
) -> Meeting:
    """Prepare a meeting like this one, with the parts chosen; papers, votes and what came of it never go along."""
    made = acts.create(meeting.agency, details=details, series=series, by=by, at=at)
    if AGENDA in parts:
        lines = [(item.depth, matter_of(item)) for item in meeting.items.all()]
        if lines:
            agenda.add_items(made, lines=lines, by=by, at=at)
    if PEOPLE in parts:
        _copy_people(meeting, made, with_seats=SEATS in parts, by=by, at=at)
    if UNITS in parts:
        for unit in meeting.units.filter(removed_at__isnull=True, agency__dissolved_on__isnull=True):
            seats = units.Seats(unit.seats, unit.role, unit.remark)
            units.invite_unit(made, agency=unit.agency, seats=seats, by=by, at=at)
    return made


def _copy_people(source: Meeting, made: Meeting, *, with_seats: bool, by: User, at: datetime) -> None:
    """Invite those who took part for themselves; substitutes and people a unit named are not asked again."""
    places = source.participants.filter(
        removed_at__isnull=True, stands_in_for__isnull=True, unit__isnull=True, user__is_active=True
    )
    lent = set(Participant.objects.filter(stands_in_for__in=places, votes=True).values_list("stands_in_for", flat=True))
    for place in places.select_related("user").order_by("pk"):
        votes = place.votes or place.pk in lent
        seat = Seat(place.role, votes, place.title, place.seat if with_seats else "")
        participants.invite(made, user=place.user, seat=seat, by=by, at=at)


@action
def start_series(meeting: Meeting, *, rhythm: Mapping[str, Any], by: User, at: datetime) -> Series:
    """Make a series of a meeting, which is its first one."""
    may_create(by, meeting.agency).require()
    held = locked(meeting)
    if held.series_id is not None:
        raise Refused("already_in_series")
    series = Series.objects.create(
        agency=meeting.agency, title=meeting.title, rhythm=dict(rhythm), created_by=by, created_at=at
    )
    Meeting.objects.filter(pk=held.pk).update(series=series)
    data = {"title": series.title, "rhythm": series.rhythm}
    record(series, "start", by=by, at=at, agency_id=series.agency_id, chain=meeting.stream, data=data)
    return series


@dataclass(frozen=True)
class Carried:
    """The later meetings that took a change, and those that kept what they had because their package is out."""

    changed: list[Meeting]
    kept: list[Meeting]


@action
def edit_following(meeting: Meeting, *, details: Details, revision: int, by: User, at: datetime) -> Carried:
    """Change a meeting and those of its series that come after it: all of them, or none.

    Those that may not be changed now (submitted, say) are left out and named. Meetings that move later give way from
    the last one on, so that none meets the room of its neighbour on the way.
    """
    later = [locked(one) for one in following(locked(meeting))]
    before = details_of(locked(meeting))
    changing = [one for one in later if may(by, one, "edit")]
    steps = [(meeting, details, revision)]
    steps += [(one, carried_over(one, before, details), one.revision) for one in changing]
    for one, words, known in reversed(steps) if details.starts_at > before.starts_at else steps:
        try:
            acts.edit(one, details=words, revision=known, by=by, at=at)
        except Refused as refused:
            raise refused if one is meeting else _named(one, refused) from None
    return Carried(changing, [one for one in later if one not in changing])


@action
def cancel_following(meeting: Meeting, *, reason: str, by: User, at: datetime) -> list[Meeting]:
    """Call off every later meeting of the series that has not begun: all of them, or none."""
    locked(meeting)
    later = following(meeting)
    if not later:
        raise Refused("series_ends_here")
    for one in later:
        try:
            acts.cancel(one, reason=reason, by=by, at=at)
        except Refused as refused:
            raise (_named(one, refused) if refused.code not in REASON_CODES else refused) from None
    return later


def _named(meeting: Meeting, refused: Refused) -> Refused:
    """Return the refusal with the meeting it is about, for nothing was changed because of this one."""
    when = timezone.localtime(meeting.starts_at).strftime("%H:%M %d/%m/%Y")
    return Refused("series_stopped", title=meeting.title, when=when, why=refused.text)
