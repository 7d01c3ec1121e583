"""What the home page tells of meetings: today's with the way in, the next ones, what changed in them."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from meetings.models import Meeting, Participant
from meetings.queries.calendar import day_bounds, meetings_today, mine_between
from meetings.queries.lists import with_rows
from meetings.views.lists import lines
from meetings.workflow import SEEN_BY_ALL
from notices.kinds import sentence
from notices.queries import visible_notices
from people.models import User
from people.queries import today
from people.requests import person

MOST, MOST_NEXT, DAYS_AHEAD = 30, 5, 21


def today_panel(request: HttpRequest) -> Mapping[str, Any] | None:
    """Return today's meetings, nothing on a day without."""
    user = person(request)
    return shown(user, with_rows(meetings_today(user, today()))[:MOST])


def next_panel(request: HttpRequest) -> Mapping[str, Any] | None:
    """Return my next meetings after today, nothing where there are none for three weeks."""
    user = person(request)
    tomorrow = day_bounds(today())[1]
    coming = mine_between(user, tomorrow, tomorrow + timedelta(days=DAYS_AHEAD))
    return shown(user, coming.filter(starts_at__gte=tomorrow).exclude(state__in=("closed", "cancelled"))[:MOST_NEXT])


def shown(user: User, meetings: Iterable[Meeting]) -> Mapping[str, Any] | None:
    """Return the lines of these meetings: whether the room is open to the person, what they were told and not read."""
    found = lines(meetings)
    if not found:
        return None
    mine = Participant.objects.filter(
        user=user, removed_at__isnull=True, meeting__in=[line["meeting"].pk for line in found]
    )
    places = set(mine.values_list("meeting", flat=True))
    news = unread(user, [line["meeting"] for line in found])
    for line in found:
        one = line["meeting"]
        can_enter = one.pk in places and one.state in SEEN_BY_ALL and one.state != "closed"
        line["may_enter"] = can_enter and one.starts_at < timezone.now() + timedelta(days=1)
        line["news"] = news.get(one.stream, "")
    return {"lines": found}


def unread(user: User, meetings: Iterable[Meeting]) -> dict[str, str]:
    """Return the latest thing the person was told of each meeting and has not read."""
    streams = [one.stream for one in meetings]
    told = visible_notices(user).filter(about__in=streams, read_at__isnull=True)
    return {notice.about: sentence(notice.kind, notice.values) for notice in told.order_by("created_at", "pk")}
