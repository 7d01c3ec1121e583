"""My notices: the list, opening one, marking as read, the number on the bell."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ledger.days import LEGAL_ZONE
from ledger.door import writing
from notices import kinds
from notices.actions import devices, reading
from notices.models import Notice
from notices.queries import get_visible_notice, shown, unread_count
from notices.rules import is_countable
from people.models import User
from people.views.doors import person

PER_PAGE = 40
DEVICE = "push_session"


def count(request: HttpRequest) -> int:
    """Return how many notices are unread, read once per request: the number on the bell."""
    kept: int | None = request.META.get("notices.unread")
    if kept is None:
        user = request.user
        signed_in = isinstance(user, User) and user.is_authenticated
        kept = request.META["notices.unread"] = unread_count(person(request)) if signed_in else 0
    return kept


@login_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What I was told, day by day, the newest first."""
    unread, group = request.GET.get("show") == "unread", request.GET.get("group", "")
    group = group if group in {one.code for one in kinds.groups()} else ""
    rows = shown(person(request), unread=unread, group=group)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [line(notice) for notice in page],
        "unread_only": unread,
        "group": group,
        "groups": kinds.groups(),
        "unread": count(request),
        "until": timezone.now().isoformat(),
    }
    return render(request, "notices/list.html", context)


def line(notice: Notice) -> dict[str, object]:
    """Return a notice as the list shows it."""
    return {
        "notice": notice,
        "day": notice.created_at.astimezone(LEGAL_ZONE).date(),
        "sentence": kinds.sentence(notice.kind, notice.values),
        "icon": kinds.icon_of(notice.kind),
        "urgent": kinds.is_urgent(notice.kind),
    }


@login_required
@require_safe
def open_one(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Go to what a notice is about and mark it as read; what is no longer open to me answers there with 404."""
    notice = get_visible_notice(person(request), public_id)
    if request.method == "GET":
        with writing():
            reading.mark_read(notice, at=timezone.now())
    inside = url_has_allowed_host_and_scheme(notice.url, None) and notice.url.startswith("/")
    return HttpResponseRedirect(notice.url if inside else reverse("notices:list"))


@login_required
@require_POST
def read_one(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Mark one notice as read without leaving the list."""
    notice = get_visible_notice(person(request), public_id)
    with writing():
        reading.mark_read(notice, at=timezone.now())
    return back_to_list(request)


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark as read what the page showed or had on further pages; what came later stays unread."""
    until, now = moment(request.POST.get("until", "")) or timezone.now(), timezone.now()
    with writing():
        number = reading.mark_all_read(person(request), until=min(until, now), at=now)
    said = ngettext("%(n)s notice marked as read.", "%(n)s notices marked as read.", number) % {"n": number}
    messages.success(request, said if number else _("Everything was read already."))
    return back_to_list(request)


def moment(text: str) -> datetime | None:
    """Return a moment sent back by our own page; anything else is none."""
    try:
        found = parse_datetime(text[:40])
    except ValueError:
        return None
    sound = found and timezone.is_aware(found) and is_countable(found)
    return found if sound else None


def back_to_list(request: HttpRequest) -> HttpResponse:
    """Return to the list as it was narrowed."""
    wanted = request.POST.get("next", "")
    inside = wanted.startswith(reverse("notices:list")) and url_has_allowed_host_and_scheme(wanted, None)
    return redirect(wanted if inside else "notices:list")


@login_required
@require_safe
def number(request: HttpRequest) -> HttpResponse:
    """Answer an open page that asks for the number on the bell: 304 while it has not changed."""
    follow_session(request)
    unread = count(request)
    tag = f'W/"{person(request).pk}-{unread}"'
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = JsonResponse({"count": unread})
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response


def follow_session(request: HttpRequest) -> None:
    """A session gets a new key when its owner changes the password; the device that asked for push stays with it."""
    before, after = request.session.get(DEVICE), request.session.session_key
    if before and after and before != after:
        with writing():
            devices.follow(person(request), before=before, after=after)
        request.session[DEVICE] = after
