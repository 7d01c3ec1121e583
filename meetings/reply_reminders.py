"""Reminders two days and one day before answers are due: to people who have not answered and units without a name."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse

from meetings.invitations import unit_url, when
from meetings.models import Meeting, Participant
from meetings.queries.units import desk_of, silent_units
from notices.reminders import Reminder

DAYS = (2, 1)


def due_replies(at: datetime) -> Iterator[Reminder]:
    """Yield what is due at this time; the key tells each person once per day before the deadline."""
    soon = Q(reply_by__gt=at, reply_by__lte=at + timedelta(days=max(DAYS)))
    for meeting in Meeting.objects.filter(soon, state="published", rehearsal=False).select_related("agency"):
        left = (meeting.reply_by or at) - at
        day = min(day for day in DAYS if left <= timedelta(days=day))
        yield from people_reminders(meeting, day)
        yield from unit_reminders(meeting, day)


def people_reminders(meeting: Meeting, day: int) -> Iterator[Reminder]:
    """Yield the reminders of people who have not answered."""
    silent = Participant.objects.filter(meeting=meeting, removed_at__isnull=True, reply="none").select_related("user")
    url = reverse("meetings:detail", args=[meeting.public_id])
    values = {"title": meeting.title, "when": when(meeting)}
    for place in silent:
        yield Reminder(
            user=place.user,
            kind="meetings.reply_reminder",
            values=values,
            url=url,
            agency_id=meeting.agency_id,
            key=f"reply:{meeting.pk}:{day}d",
            about=meeting.stream,
        )


def unit_reminders(meeting: Meeting, day: int) -> Iterator[Reminder]:
    """Yield the reminders of those who answer for units that have named nobody."""
    for unit in silent_units(meeting):
        values = {"title": meeting.title, "when": when(meeting), "unit": unit.agency.name}
        for user in desk_of(unit):
            yield Reminder(
                user=user,
                kind="meetings.unit_reminder",
                values=values,
                url=unit_url(unit),
                agency_id=meeting.agency_id,
                key=f"unit:{unit.pk}:{day}d",
                about=meeting.stream,
            )
