"""Meetings by time: today, upcoming, past, in preparation."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, Prefetch, Q, QuerySet
from django.utils import timezone

from meetings.models import Meeting, Participant
from meetings.queries.clashes import STAYS_AWAY
from meetings.queries.own import staff_of, unit_meetings
from meetings.queries.visible import taking_part, visible_meetings
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


def mine_between(user: User, start: datetime, end: datetime) -> QuerySet[Meeting]:
    """Return the meetings the person takes part in between two instants, those stayed away from left out."""
    mine = taking_part(user).exclude(reply__in=STAYS_AWAY)
    return between(visible_meetings(user).filter(Exists(mine)), start, end)


def of_units_between(user: User, agencies: Collection[int], start: datetime, end: datetime) -> QuerySet[Meeting]:
    """Return what units of the person hold or take part in between two instants."""
    own = Q(pk__in=visible_meetings(user).filter(agency_id__in=agencies).order_by().values("pk"))
    theirs = Q(pk__in=unit_meetings(user, agencies).values("pk"))
    return between(Meeting.objects.filter(own | theirs).select_related("agency"), start, end)


def between(meetings: QuerySet[Meeting], start: datetime, end: datetime) -> QuerySet[Meeting]:
    """Return those that run at any time between two instants, earliest first."""
    found = meetings.filter(starts_at__lt=end, ends_at__gt=start).select_related(
        "agency", "room", "chairing_unit", "kind_row"
    )
    return found.order_by("starts_at", "pk")


def week_table(
    user: User, agencies: Collection[int], start: datetime, end: datetime, *, alone: bool = False
) -> QuerySet[Meeting]:
    """Return what stands in the printed calendar of a week: what is settled, with chair and the units' people.

    `alone` is a person's own week: of the people, only the chair is named.
    """
    shown = Participant.objects.filter(removed_at__isnull=True).exclude(reply__in=STAYS_AWAY).select_related("user")
    own = Q(role=Participant.Role.CHAIR) | Q(user__in=staff_of(agencies))
    people = Prefetch("participants", shown.filter(own).order_by("user__sort_key", "pk"), to_attr="people_shown")
    found = mine_between(user, start, end) if alone else of_units_between(user, agencies, start, end)
    return found.filter(published_at__isnull=False).exclude(state="cancelled").prefetch_related(people)
