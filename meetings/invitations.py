"""What people are told about taking part: steps inside the actions that change it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse

from ledger.days import LEGAL_ZONE
from meetings.ics import invitation
from meetings.models import Duty, Meeting, Paper, Participant, UnitInvitation
from meetings.notices import ended_by_calling_off
from meetings.paper_news import about_duty, about_paper
from meetings.rights import ANSWER, PREPARE
from meetings.rules.meeting import CONDUCTING
from notices.actions.telling import take_back, tell
from people.models import User
from people.queries import people_with_right

# What calendars are asked to do with the event that goes along in mail; other notices carry none.
CALENDAR = {
    **dict.fromkeys(("invited", "named", "delegated", "delegation_ended"), "REQUEST"),
    **dict.fromkeys(("time_changed", "where_changed", "title_changed"), "REQUEST"),
    **dict.fromkeys(("removed", "called_off", "stood_in_for"), "CANCEL"),
}


def when(meeting: Meeting) -> str:
    """Return the start as notices write it, in the legal zone."""
    return meeting.starts_at.astimezone(LEGAL_ZONE).strftime("%H:%M %d/%m/%Y")


def tell_people(
    meeting: Meeting,
    users: Iterable[User],
    kind: str,
    *,
    at: datetime,
    key: str = "",
    url: str = "",
    calendar: str | None = None,
    **values: Any,
) -> int:
    """Tell these people something about their part in a published meeting; return how many it was sent to.

    `calendar` is what their calendars are asked to do, where it is not what the kind always asks.
    """
    told = list(users)
    if meeting.published_at is None or not told:
        return 0
    method = CALENDAR.get(kind, "") if calendar is None else calendar
    return len(
        tell(
            told,
            f"meetings.{kind}",
            {"title": meeting.title, "when": when(meeting), **values},
            url=url or reverse("meetings:detail", args=[meeting.public_id]),
            agency_id=meeting.agency_id,
            at=at,
            about=meeting.stream,
            key=key,
            ics=invitation(meeting, method, at=at) if method else "",
        )
    )


def unit_url(unit: UnitInvitation) -> str:
    """Return where a unit answers."""
    return reverse("meetings:unit", args=[unit.public_id])


def tell_unit(unit: UnitInvitation, kind: str, *, at: datetime, key: str = "", url: str = "", **values: Any) -> int:
    """Tell those who answer for the unit."""
    words = {"unit": unit.agency.name, **values}
    desk = people_with_right([unit.agency_id], ANSWER)
    return tell_people(unit.meeting, desk, kind, at=at, key=key, url=url or unit_url(unit), calendar="", **words)


def tell_keepers(meeting: Meeting, kind: str, *, at: datetime, url: str = "", **values: Any) -> int:
    """Tell those who prepare the meeting: the clerks of its agency and its secretaries."""
    places = meeting.participants.filter(role=Participant.Role.SECRETARY, removed_at__isnull=True)
    people = {user.pk: user for user in people_with_right([meeting.agency_id], PREPARE)}
    people |= {place.user_id: place.user for place in places.select_related("user")}
    return tell_people(meeting, people.values(), kind, at=at, url=url, **values)


def conductors(meeting: Meeting) -> list[User]:
    """Return chair and secretaries."""
    places = meeting.participants.filter(role__in=CONDUCTING, removed_at__isnull=True).select_related("user")
    return [place.user for place in places]


def tell_invited(meeting: Meeting, places: Iterable[Participant], *, by: User, at: datetime) -> int:
    """Send the invitation to these people; who invites need not be told of it."""
    return tell_people(meeting, [place.user for place in places if place.user_id != by.pk], "invited", at=at)


def send_invitations(meeting: Meeting, *, by: User, at: datetime) -> int:
    """Send every invitation of a meeting that has just been published, to people and to units."""
    places = meeting.participants.filter(removed_at__isnull=True).select_related("user")
    for unit in meeting.units.filter(removed_at__isnull=True).select_related("agency", "meeting"):
        tell_unit(unit, "unit_invited", at=at)
    return tell_invited(meeting, places, by=by, at=at)


def take_back_calls(meeting: Meeting, *, at: datetime) -> None:
    """Take back whatever calls people to a meeting that is called off, or asks work for it."""
    papers = Paper.objects.filter(item__meeting=meeting).only("pk")
    duties = Duty.objects.filter(item__meeting=meeting).only("pk")
    about = [meeting.stream, *map(about_paper, papers), *map(about_duty, duties)]
    take_back(about, at=at, kinds=ended_by_calling_off())


def call_off_invitations(meeting: Meeting, *, by: User, at: datetime) -> int:
    """Tell everyone invited that the meeting will not be held; what called them to it is no longer true."""
    take_back_calls(meeting, at=at)
    places = meeting.participants.filter(removed_at__isnull=True).select_related("user")
    for unit in meeting.units.filter(removed_at__isnull=True, declined_at__isnull=True).select_related("agency"):
        tell_unit(unit, "called_off", at=at, reason=meeting.return_reason)
    told = [place.user for place in places if place.user_id != by.pk]
    return tell_people(meeting, told, "called_off", at=at, reason=meeting.return_reason)
