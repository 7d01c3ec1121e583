"""Devices that get pushes. Steps; a device is not ledger data, it dies with its session."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef

from ledger.door import current_writ
from ledger.verdict import Refused
from notices.models import Device
from notices.push.endpoints import is_allowed
from notices.push.subscribing import are_keys
from people.models import User

MOST_DEVICES = 10


@dataclass(frozen=True)
class Subscription:
    """What a browser hands over, and which browser it is."""

    endpoint: str
    p256dh: str
    auth: str
    agent: str = ""


def subscribe(user: User, given: Subscription, *, session_key: str, at: datetime) -> Device:
    """Have pushes sent to this browser while the session lives; whoever had the same browser before has it no more."""
    current_writ()
    if not is_allowed(given.endpoint, settings.PUSH_HOSTS):
        raise Refused("push_service_unknown")
    if not are_keys(given.p256dh, given.auth):
        raise Refused("push_keys_wrong")
    Device.objects.filter(endpoint=given.endpoint).exclude(user=user).delete()
    fields = {"user": user, "session_key": session_key, "p256dh": given.p256dh, "auth": given.auth}
    fields |= {"agent": given.agent.replace("\x00", "")[:200], "created_at": at}
    device, _made = Device.objects.update_or_create(endpoint=given.endpoint, defaults=fields)
    oldest = Device.objects.filter(user=user).order_by("-created_at", "-pk").values_list("pk", flat=True)
    forget(oldest[MOST_DEVICES:])
    return device


def unsubscribe(user: User, public_id: UUID) -> int:
    """Stop pushes to one of the person's devices; return whether there was one."""
    current_writ()
    return Device.objects.filter(user=user, public_id=public_id).delete()[0]


def forget(keys: Iterable[int]) -> None:
    """Remove devices that have given up their subscription."""
    current_writ()
    if keys := list(keys):
        Device.objects.filter(pk__in=keys).delete()


def note_reached(keys: Iterable[int], *, at: datetime) -> None:
    """Note when a push was last taken for these devices."""
    current_writ()
    if keys := list(keys):
        Device.objects.filter(pk__in=keys).update(reached_at=at)


def follow(user: User, *, before: str, after: str) -> int:
    """Let a device follow its session under the key it got when its owner changed the password."""
    current_writ()
    return Device.objects.filter(user=user, session_key=before).update(session_key=after)


def forget_dead(*, at: datetime) -> int:
    """Remove devices whose session has ended or whose owner has left."""
    current_writ()
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=at)
    living = Device.objects.filter(Exists(alive), user__is_active=True)
    return Device.objects.exclude(pk__in=living.values("pk")).delete()[0]
