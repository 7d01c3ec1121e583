"""Meetings as calendar events: one to download or send along, and the private feed of a person."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.models import Meeting
from meetings.vcalendar import Event, calendar
from notices.channels import sender

STATUS = {"draft": "TENTATIVE", "submitted": "TENTATIVE", "returned": "TENTATIVE", "cancelled": "CANCELLED"}


def invitation(meeting: Meeting, method: str = "PUBLISH", *, at: datetime | None = None) -> str:
    """Return one meeting as a calendar; `method` is PUBLISH, REQUEST or CANCEL. A cancelled one always says so."""
    told = "CANCEL" if meeting.state == "cancelled" else method
    event = event_of(meeting, at=at or timezone.now())
    if told == "CANCEL":
        event = replace(event, status="CANCELLED")
    return calendar([event], method=told)


def feed(meetings: Iterable[Meeting], *, busy_only: bool, at: datetime) -> str:
    """Return a person's calendar to subscribe to; with `busy_only` it says when, not what."""
    events = [busy_event(one, at=at) if busy_only else event_of(one, at=at) for one in meetings]
    return calendar(events, name=_("Meetings"))


def event_of(meeting: Meeting, *, at: datetime) -> Event:
    """Return the event of a meeting: title, time and place, never its agenda."""
    address = page_address(meeting)
    return Event(
        uid=uid_of(meeting),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        stamp=at,
        summary=meeting.title,
        status=STATUS.get(meeting.state, "CONFIRMED"),
        sequence=sequence_of(meeting),
        location=meeting.where,
        description=_("Agenda and papers: %(address)s") % {"address": address} if address else "",
        url=address,
        organizer=sender(),
        organizer_name=meeting.agency.name,
    )


def busy_event(meeting: Meeting, *, at: datetime) -> Event:
    """Return only when the person is busy."""
    status, sequence = STATUS.get(meeting.state, "CONFIRMED"), sequence_of(meeting)
    return Event(uid_of(meeting), meeting.starts_at, meeting.ends_at, at, _("Busy"), status=status, sequence=sequence)


def uid_of(meeting: Meeting) -> str:
    """Return the event's name for ever, whatever becomes of title and time."""
    return f"{meeting.public_id}@nghisu"


def sequence_of(meeting: Meeting) -> int:
    """Return how often the meeting was changed; calling it off is a change too."""
    return meeting.revision + (meeting.state == "cancelled")


def page_address(meeting: Meeting) -> str:
    """Return the whole address of the meeting's page; none where the server does not know its own."""
    return f"{settings.PUBLIC_URL.rstrip('/')}/meetings/{meeting.public_id}/" if settings.PUBLIC_URL else ""
