"""The room's page."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings.api import room_state
from meetings.labels import CERTAINTIES, language, role_choices
from meetings.models import Meeting
from meetings.queries.duties import opened_papers
from meetings.queries.kinds import kind_of
from meetings.queries.notebook import own_opinions
from meetings.queries.visible import visible_items
from meetings.rules.meeting import may_enter
from meetings.rules.people import CHECK_IN_BEFORE
from meetings.snapshot.views import moment
from meetings.views.doors import opened, page_of
from people.models import User

COUNTDOWNS = (15, 30, 45, 60, 120, 180, 300, 600)


@login_required
@never_cache
@require_safe
def room(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The room: one page that follows the meeting."""
    user, meeting = opened(request, public_id)
    may_enter(user, meeting).require()
    context = {
        "meeting": meeting,
        "bootstrap": bootstrap(meeting, user),
        "role_names": dict(role_choices(meeting)),
        "countdowns": [(seconds, lasting(seconds)) for seconds in COUNTDOWNS],
    }
    return render(request, "meetings/room.html", context)


def lasting(seconds: int) -> str:
    """Return how long a countdown lasts, in words."""
    if seconds % 60:
        return ngettext("%d second", "%d seconds", seconds) % seconds
    return ngettext("%d minute", "%d minutes", seconds // 60) % (seconds // 60)


def votes_of_kind(meeting: Meeting) -> dict[str, Any] | None:
    """Return what may be asked in a meeting of this kind: its labels, and its rules in words with their basis."""
    kind = kind_of(meeting)
    if kind is None:
        return None
    rules = [
        {
            "code": rule.code,
            "name": rule.name(language()),
            "basis": rule.basis or kind.basis,
            "certainty": str(CERTAINTIES.get(rule.data["certainty"], "")),
            "forms": rule.forms,
            "seconds": rule.seconds,
            "who": rule.data["who"],
            "change": rule.data["change"],
        }
        for rule in kind.rules
    ]
    return {"rules": rules, "options": [{"label": option["label"]} for option in kind.options]}


def drafts(meeting: Meeting, user: User) -> dict[str, str]:
    """Return what the person has prepared and not handed in, by item; it stands in no snapshot and no event."""
    mine = {key: one.text for key, one in own_opinions(user, meeting).items() if one.handed_in_at is None}
    items = visible_items(user, meeting).filter(pk__in=mine).values_list("pk", "public_id")
    return {str(public_id): mine[key] for key, public_id in items}


def bootstrap(meeting: Meeting, user: User) -> dict[str, Any]:
    """Return what the page starts with: both snapshots, where their streams stand, and where to ask."""
    api = f"/api/v1/meetings/{meeting.public_id}"
    return {
        **room_state(meeting, user),
        "user": str(user.public_id),
        "name": user.full_name,
        "language": user.language,
        "votes": votes_of_kind(meeting),
        "opened": opened_papers(user, meeting),
        "drafts": drafts(meeting, user),
        "now": moment(timezone.now()),
        "check_in_before": CHECK_IN_BEFORE // timedelta(minutes=1),
        "urls": {
            "socket": f"/ws/meetings/{meeting.public_id}/?as={user.public_id}",
            "commands": f"{api}/commands",
            "state": f"{api}/room",
            "page": page_of(meeting),
            "paper": "/documents/{document}/versions/{version}/",
            "document": "/documents/{document}/",
        },
    }
