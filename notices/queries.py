"""Reading one's own notices, devices and choices; the state of the outbox for administrators."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from notices import kinds
from notices.models import Delivery, Device, Notice, Preference
from notices.reminders import Reminder
from people.models import User
from people.queries import administered_ids, only

COUNTED = 100
LATEST = 3


def visible_notices(user: User) -> QuerySet[Notice]:
    """Return what the person was told and is still true, the newest first."""
    return Notice.objects.filter(user=user, taken_back_at__isnull=True)


def get_visible_notice(user: User, public_id: UUID) -> Notice:
    """Return one of the person's notices, or `Unseen`."""
    return only(visible_notices(user).filter(public_id=public_id))


def shown(user: User, *, unread: bool = False, group: str = "") -> QuerySet[Notice]:
    """Return the person's notices, narrowed."""
    rows = visible_notices(user).filter(read_at__isnull=True) if unread else visible_notices(user)
    if not group:
        return rows
    if group == kinds.OTHER.code:
        named = [code for one in kinds.groups() if one.code != group for code in kinds.codes_of(one.code)]
        return rows.exclude(kind__in=named)
    return rows.filter(kind__in=kinds.codes_of(group))


def unread_count(user: User) -> int:
    """Return how many notices are unread; counting stops at a hundred, which is shown as "99+"."""
    return visible_notices(user).filter(read_at__isnull=True).order_by()[:COUNTED].count()


def live_devices(user_ids: "list[int] | QuerySet[User]", at: datetime) -> QuerySet[Device]:
    """Return the devices that count: their session is alive and their owner's account open."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=at)
    return Device.objects.filter(Exists(alive), user__in=user_ids, user__is_active=True)


def own_devices(user: User, at: datetime) -> QuerySet[Device]:
    """Return the devices on which the person gets pushes."""
    return live_devices([user.pk], at)


def preference_of(user: User) -> Preference:
    """Return what the person has chosen, or an unsaved row with the defaults."""
    return Preference.objects.filter(user=user).first() or Preference(user=user)


def untold(reminders: Iterable[Reminder]) -> list[Reminder]:
    """Leave out reminders told before, in one query per five hundred; the constraint decides where two ask at once."""
    asked = list(reminders)
    told: set[tuple[int, str]] = set()
    for start in range(0, len(asked), 500):
        part = asked[start : start + 500]
        known = Notice.objects.filter(user__in={one.user.pk for one in part}, key__in={one.key for one in part})
        told |= set(known.values_list("user_id", "key"))
    return [one for one in asked if (one.user.pk, one.key) not in told]


def not_told(users: Iterable[User], key: str) -> list[User]:
    """Return those who were not told yet under this key."""
    people = list(users)
    told = set(Notice.objects.filter(key=key, user__in=people).values_list("user_id", flat=True))
    return [user for user in people if user.pk not in told]


# --- the outbox ----------------------------------------------------------------------------------


def attempted(channel: str) -> QuerySet[Delivery]:
    """Return what was tried through a channel, the latest first."""
    tried = Delivery.objects.filter(channel=channel, done_at__isnull=False, attempts__gt=0)
    return tried.exclude(state=Delivery.State.SKIPPED).order_by("-done_at", "-pk")


def is_failing(channel: str) -> bool:
    """Did every one of the latest attempts through this channel fail?"""
    states = list(attempted(channel).values_list("state", flat=True)[:LATEST])
    return bool(states) and Delivery.State.SENT not in states


def tally(channel: str, at: datetime) -> dict[str, Any]:
    """Return how a channel does: what waits, what is overdue, what went out and failed in a week."""
    waiting = Q(state__in=[Delivery.State.QUEUED, Delivery.State.SENDING])
    week = Q(done_at__gte=at - timedelta(days=7))
    return Delivery.objects.filter(channel=channel).aggregate(
        waiting=Count("pk", filter=waiting),
        overdue=Count("pk", filter=waiting & Q(next_try_at__lt=at - timedelta(minutes=5))),
        sent=Count("pk", filter=week & Q(state=Delivery.State.SENT)),
        skipped=Count("pk", filter=week & Q(state=Delivery.State.SKIPPED)),
        failed=Count("pk", filter=week & Q(state=Delivery.State.FAILED)),
        latest=Max("done_at", filter=Q(state=Delivery.State.SENT)),
    )


def administered_trouble(user: User) -> QuerySet[Delivery]:
    """Return what failed or is tried again for the people one administers, the latest first."""
    troubled = Q(state=Delivery.State.FAILED) | Q(state=Delivery.State.QUEUED, attempts__gt=0)
    rows = Delivery.objects.filter(troubled, done_at__isnull=False, notice__agency__in=administered_ids(user))
    return rows.select_related("notice__user").order_by("-done_at", "-pk")
