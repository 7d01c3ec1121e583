"""What waits for me: the whole list on its page, the first lines on the home page."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from people.inbox import InboxItem, inbox_of
from people.views.doors import person

ON_HOME = 6


def waiting(request: HttpRequest) -> list[InboxItem]:
    """Return what waits for the person, read once per request."""
    kept: list[InboxItem] | None = request.META.get("people.inbox")
    if kept is None:
        kept = request.META["people.inbox"] = inbox_of(person(request)) if request.user.is_authenticated else []
    return kept


def count(request: HttpRequest) -> int:
    """Return how much waits: the number on the bell."""
    return len(waiting(request))


def panel(request: HttpRequest) -> Mapping[str, Any] | None:
    """Return what the home page shows, nothing when nothing waits."""
    items = waiting(request)
    return {"items": items[:ON_HOME], "more": len(items) - ON_HOME, "now": timezone.now()} if items else None


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Everything that waits for me, dated things first."""
    return render(request, "people/inbox.html", {"items": waiting(request), "now": timezone.now()})
