"""Reading screens: those of a meeting, the one behind a cookie, and the one page it may have pictures of."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from documents.models import Preview
from documents.queries import get_picture
from documents.renditions import READING
from meetings.models import Meeting, Site
from meetings.queries.leading import led_openly
from people.queries import only
from screens.models import Screen
from screens.rules import AFTERWARDS
from screens.secrets import code_digest, digest


def screen_by_token(token: str) -> Screen | None:
    """Return the screen whose cookie this is, with its meeting."""
    found = Screen.objects.filter(token_hash=digest(token)) if token else Screen.objects.none()
    return found.select_related("meeting", "site").first()


def waiting_screen(code: str, at: datetime) -> QuerySet[Screen]:
    """Return the screen that shows this code now, if there is one."""
    shown = Screen.objects.filter(code_hash=code_digest(code), code_until__gt=at)
    return shown.filter(meeting__isnull=True, ended_at__isnull=True)


def screens_of(meeting: Meeting) -> QuerySet[Screen]:
    """Return the screens paired with a meeting, by name."""
    found = meeting.screens.filter(ended_at__isnull=True).select_related("site", "paired_by")
    return found.order_by("label", "pk")


def get_screen(meeting: Meeting, public_id: UUID) -> Screen:
    """Return one screen paired with this very meeting, or raise Unseen."""
    return only(screens_of(meeting).filter(public_id=public_id))


def sites_of(meeting: Meeting) -> QuerySet[Site]:
    """Return the meeting's other sites."""
    return meeting.sites.filter(removed_at__isnull=True)


def led_picture(token: str, document: UUID, number: int, page: int) -> Preview:
    """Return the picture of a page, if it is of the paper led now and everybody may read that; one query."""
    mine = Screen.objects.filter(token_hash=digest(token), ended_at__isnull=True, meeting=OuterRef("pk"))
    led = led_openly(document, number).filter(Exists(mine))
    return get_picture(led.values("led_version"), page, READING)


def forgotten(at: datetime) -> QuerySet[Screen]:
    """Return the screens whose meeting was over long enough, was called off, or never took place."""
    over = Screen.objects.filter(ended_at__isnull=True, meeting__state="closed", meeting__closed_at__lt=at - AFTERWARDS)
    off = Screen.objects.filter(ended_at__isnull=True, meeting__state__in=("cancelled", "discarded"))
    never = Screen.objects.filter(
        ended_at__isnull=True, meeting__state="published", meeting__ends_at__lt=at - AFTERWARDS
    )
    return (over | off | never).select_related("meeting").order_by("pk")
