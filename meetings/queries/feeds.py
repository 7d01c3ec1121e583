"""What a private calendar address opens: the meetings its owner takes part in, as of now."""

from datetime import datetime, timedelta

from django.db.models import Exists, QuerySet

from meetings.feed_tokens import digest, is_token
from meetings.models import CalendarFeed, Meeting
from meetings.queries.clashes import STAYS_AWAY
from meetings.queries.visible import taking_part, visible_meetings
from people.models import User

BACK, AHEAD = timedelta(days=60), timedelta(days=400)


def feed_behind(token: str) -> CalendarFeed | None:
    """Return the feed of this address while it stands and its owner's account is open."""
    if not is_token(token):
        return None
    feeds = CalendarFeed.objects.filter(digest=digest(token), revoked_at__isnull=True, user__is_active=True)
    return feeds.select_related("user").first()


def own_feed(user: User) -> CalendarFeed | None:
    """Return the person's feed, if there is one."""
    return CalendarFeed.objects.filter(user=user, revoked_at__isnull=True).first()


def feed_meetings(user: User, now: datetime) -> QuerySet[Meeting]:
    """Return the person's published meetings of the last two months and the year ahead, called off ones too."""
    mine = taking_part(user).exclude(reply__in=STAYS_AWAY)
    found = visible_meetings(user).filter(Exists(mine), published_at__isnull=False)
    found = found.filter(ends_at__gte=now - BACK, starts_at__lte=now + AHEAD)
    return found.select_related("agency", "room").order_by("starts_at", "pk")
