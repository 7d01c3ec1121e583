"""The desk where a meeting's tablets are handed out: cards, who has which, calling them in."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meetings.frame import frame
from meetings.models import Meeting
from meetings.queries.visible import get_visible_place
from meetings.views.doors import is_uuid, opened
from people.models import User
from tablets.actions import cards, handovers
from tablets.queries import desk_rows
from tablets.rules import is_running, may_hand_out, said
from tablets.secrets import grouped
from ui.qr import svg


def desk_of(request: HttpRequest, public_id: UUID) -> tuple[User, Meeting]:
    """Return who asks and the meeting, if tablets of it are theirs to hand out."""
    user, meeting = opened(request, public_id)
    may_hand_out(user, meeting).require()
    return user, meeting


@login_required
@require_safe
def desk(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Everybody of the meeting with their card and their tablet."""
    user, meeting = desk_of(request, public_id)
    rows = list(desk_rows(meeting))
    context = {
        **frame(user, meeting, "tablets"),
        "rows": rows,
        "with_card": sum(bool(row.cards_now) for row in rows),  # type: ignore[attr-defined]
        "with_tablet": sum(bool(row.tablets_now) for row in rows),  # type: ignore[attr-defined]
        "running": is_running(meeting, timezone.now()),
    }
    return render(request, "tablets/desk.html", context)


@login_required
@never_cache
@require_POST
def make_cards(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Make cards and show them for printing; they cannot be shown again."""
    user, meeting = desk_of(request, public_id)
    asked = request.POST.get("person", "")
    only = [get_visible_place(user, meeting, UUID(asked))] if is_uuid(asked) else []
    made = cards.make(meeting, only=only, by=user, at=timezone.now())
    shown = [
        {"place": card.participant, "pin": grouped(card.pin), "picture": svg(address_of(request, card.token))}
        for card in made
    ]
    return render(request, "tablets/cards.html", {"meeting": meeting, "cards": shown, "from_when": said(meeting)})


def address_of(request: HttpRequest, token: str) -> str:
    """Return the address a card's code leads to."""
    return request.build_absolute_uri(reverse("tablets:card", args=[token]))


@login_required
@require_POST
def revoke(request: HttpRequest, public_id: UUID, place_id: UUID) -> HttpResponse:
    """Make a lost card worthless."""
    user, meeting = desk_of(request, public_id)
    cards.revoke(get_visible_place(user, meeting, place_id), by=user, at=timezone.now())
    messages.success(request, _("The card opens nothing any more."))
    return redirect("tablets:desk", public_id)


@login_required
@require_POST
def call_in(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Sign everybody out of the meeting's tablets."""
    user, meeting = desk_of(request, public_id)
    ended = handovers.call_in(meeting, by=user, at=timezone.now())
    messages.success(request, _("%(n)s tablets have been called in.") % {"n": ended})
    return redirect("tablets:desk", public_id)
