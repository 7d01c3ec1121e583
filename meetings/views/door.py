"""At the door: the code on the screen, and the page a scanned one leads to."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ledger.verdict import Refused, Unseen, sentence
from meetings.actions import presence
from meetings.door import door_path, read_code
from meetings.door_code import GOOD, LONGEST, OLD, WRONG, seconds_left
from meetings.models import Meeting, Participant, Site
from meetings.queries.visible import get_visible_site
from meetings.rules.meeting import may, participation
from meetings.rules.people import is_present
from meetings.rules.presence import SCAN_KEEPS
from meetings.views.doors import is_uuid, opened
from people.models import User
from people.requests import person
from ui.qr import svg

SCANNED = "door"
STATUS = {"old": 410, "wrong": 404, "stranger": 403}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, public_id: UUID, code: str) -> HttpResponse:
    """Check in with a scanned code. It is read before signing in, which may take longer than it is good."""
    meeting = Meeting.objects.select_related("agency", "room").filter(public_id=public_id).first()
    scanned_at = scanned(request, meeting, code[: LONGEST + 1]) if meeting else timezone.now()
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    user = person(request)
    place = place_in(user, meeting)
    if request.method == "POST" and place is not None:
        return checked_in(request, place, code, scanned_at)
    return answer(request, meeting, place, code, scanned_at)


def place_in(user: User, meeting: Meeting | None) -> Participant | None:
    """Return the person's place in a meeting people have been invited to."""
    if meeting is None or meeting.published_at is None:
        return None
    place = participation(user, meeting)
    if place is not None:
        place.meeting = meeting
    return place


def scanned(request: HttpRequest, meeting: Meeting, code: str) -> datetime:
    """Return when this browser scanned the code: now if it is good, else when it was; the session remembers it."""
    now = timezone.now()
    if read_code(meeting, code, now)[0].state == GOOD:
        request.session[SCANNED] = {"code": code, "at": now.isoformat()}
        return now
    kept = request.session.get(SCANNED, {})
    at = datetime.fromisoformat(kept["at"]) if kept.get("code") == code else now
    return at if now - at <= SCAN_KEEPS else now


def checked_in(request: HttpRequest, place: Participant, code: str, scanned_at: datetime) -> HttpResponse:
    """Check in, and show the page again: it says so, or why not."""
    user, meeting = person(request), place.meeting
    try:
        presence.check_in(place, code=code, scanned_at=scanned_at, by=user, at=timezone.now())
    except Refused as refused:
        return answer(request, meeting, place, code, scanned_at, refused=refused.text)
    return redirect("meetings:door", meeting.public_id, code)


def answer(
    request: HttpRequest,
    meeting: Meeting | None,
    place: Participant | None,
    code: str,
    scanned_at: datetime,
    *,
    refused: str = "",
) -> HttpResponse:
    """Show what the code is good for; who does not take part learns nothing of the meeting."""
    reading, site = read_code(meeting, code, scanned_at) if meeting else (None, None)
    state = reading.state if reading else WRONG
    is_here = place is not None and is_present(place)
    there = place is not None and place.site_id == (site.pk if site else None) and place.attends != "online"
    if is_here and (state == OLD or (state == GOOD and there)):
        shown = "here"
    elif state != GOOD:
        shown = state
    else:
        shown = ("move" if is_here else "ready") if place else "stranger"
    context: dict[str, Any] = {
        "shown": shown,
        "meeting": meeting if place else None,
        "place": place,
        "site": site,
        "why": refused or (sentence(f"code_{shown}") if shown in (OLD, WRONG) else ""),
    }
    return render(request, "meetings/door.html", context, status=409 if refused else STATUS.get(shown, 200))


def asked_door(request: HttpRequest, public_id: UUID) -> tuple[Meeting, Site | None]:
    """Return the door asked for: the room's, or that of one of its sites; only who keeps the meeting shows codes."""
    user, meeting = opened(request, public_id)
    may(user, meeting, "show_code").require()
    asked = request.GET.get("site", "")
    if not asked:
        return meeting, None
    if not is_uuid(asked):
        raise Unseen
    site = get_visible_site(user, meeting, UUID(asked))
    if site.removed_at is not None:
        raise Unseen
    return meeting, site


def drawn(request: HttpRequest, meeting: Meeting, site: Site | None) -> dict[str, Any]:
    """Return what the page draws: the code of this moment, and when to ask for the next one."""
    now = timezone.now()
    address = request.build_absolute_uri(door_path(meeting, site, now))
    here = meeting.participants.filter(removed_at__isnull=True, checked_in_at__isnull=False, left_at__isnull=True)
    here = here.filter(site=site) if site else here.filter(attends=Participant.Attends.ROOM)
    return {
        "meeting": meeting,
        "site": site,
        "picture": svg(address),
        "left": seconds_left(now),
        "here": here.count(),
    }


@login_required
@never_cache
@require_safe
def shown(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The code as large as the screen, for a projector or a tablet at the entrance."""
    return render(request, "meetings/door_code.html", drawn(request, *asked_door(request, public_id)))


@login_required
@never_cache
@require_safe
def now(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The code of this moment, for the page that shows it."""
    return render(request, "meetings/parts/door_code.html", drawn(request, *asked_door(request, public_id)))
