"""Calendars for other programs: one meeting to save, the private address to subscribe to."""

import hashlib
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.serving import disposition
from meetings import ics
from meetings.actions import feeds
from meetings.queries.feeds import feed_behind, feed_meetings, own_feed
from meetings.queries.own import get_listed_meeting
from people.requests import person

MEDIA_TYPE = "text/calendar; charset=utf-8"
PER_HOUR = 60  # phones ask every quarter of an hour; a person has a few of them


@login_required
@require_safe
def one(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One meeting, for any calendar program."""
    meeting = get_listed_meeting(person(request), public_id)
    answer = HttpResponse(ics.invitation(meeting, at=timezone.now()), content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = disposition("attachment", f"{meeting.title[:80]}.ics")
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feed(request: HttpRequest) -> HttpResponse:
    """Make, renew or see the private address; the new one is on this page once."""
    user, made = person(request), ""
    if request.method == "POST":
        busy_only = request.POST.get("content") == "busy"
        token = feeds.open_feed(user, busy_only=busy_only, by=user, at=timezone.now())
        made = whole_address(request, reverse("meetings:subscribed", args=[token]))
    return render(request, "meetings/feed.html", {"feed": own_feed(user), "address": made})


def whole_address(request: HttpRequest, path: str) -> str:
    """Return the address as another program needs it."""
    return settings.PUBLIC_URL.rstrip("/") + path if settings.PUBLIC_URL else request.build_absolute_uri(path)


@login_required
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Make the address worthless."""
    user = person(request)
    feeds.close_feed(user, by=user, at=timezone.now())
    messages.success(request, _("The private address opens nothing any more."))
    return redirect("meetings:feed")


@require_safe
def subscribed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar behind a private address: no session, no cookie; a wrong address is not there."""
    found = feed_behind(token)
    if found is None:
        return HttpResponse(status=404, headers={"Cache-Control": "no-store"})
    if too_often(found.digest):
        return HttpResponse(status=429, headers={"Retry-After": "900", "Cache-Control": "no-store"})
    now = timezone.now()
    with translation.override(found.user.language):
        body = ics.feed(feed_meetings(found.user, now), busy_only=found.busy_only, at=now.replace(minute=0, second=0))
    tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    headers = {"ETag": tag, "Cache-Control": "private, max-age=0, must-revalidate", "Referrer-Policy": "no-referrer"}
    return HttpResponse(body, content_type=MEDIA_TYPE, headers=headers)


def too_often(key: str) -> bool:
    """Was this address asked more often than phones do within the hour?"""
    name = f"calendar-feed:{key}"
    cache.add(name, 0, 3600)
    try:
        return cache.incr(name) > PER_HOUR
    except ValueError:  # it ran out in between
        return False
