"""Meetings by time: today, upcoming, past, in preparation."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from meetings.models import Meeting
from meetings.queries.visible import visible_meetings
from meetings.rights import PREPARE
from people.models import User
from people.queries import agencies_with_right


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """Return the first instant of a legal day and of the next one."""
    start = timezone.make_aware(datetime.combine(day, time.min))
    return start, start + timedelta(days=1)


def meetings_today(user: User, day: date) -> QuerySet[Meeting]:
    """Return what is on that day for the person, earliest first; a meeting still open counts."""
    start, end = day_bounds(day)
    on_day = Q(starts_at__lt=end, ends_at__gte=start)
    return visible_meetings(user).filter(on_day | Q(state="open")).exclude(state="cancelled").order_by("starts_at")


def upcoming_meetings(user: User, now: datetime) -> QuerySet[Meeting]:
    """Return meetings that have not ended yet, earliest first."""
    coming = Q(ends_at__gte=now) | Q(state="open")
    return visible_meetings(user).filter(coming).exclude(state__in=("closed", "cancelled")).order_by("starts_at")


def past_meetings(user: User, now: datetime) -> QuerySet[Meeting]:
    """Return meetings that are over, latest first."""
    over = Q(ends_at__lt=now) | Q(state__in=("closed", "cancelled"))
    return visible_meetings(user).filter(over).exclude(state="open").order_by("-starts_at")


def clerk_agencies(user: User) -> list[int]:
    """Return the agencies whose meetings the person prepares."""
    return agencies_with_right(user, PREPARE)


def prepared_by_me(user: User) -> QuerySet[Meeting]:
    """Return meetings of the agencies the person is clerk of that still need work."""
    preparing = visible_meetings(user).filter(state__in=("draft", "returned", "submitted"))
    return preparing.filter(agency_id__in=clerk_agencies(user)).order_by("starts_at")
