"""What a tablet itself shows: set up, take with a card, hand back, wipe."""

import json
from uuid import UUID

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ledger.door import retrying
from ledger.verdict import Refused, Unseen
from people.confinement import SESSION_KEY
from people.models import User
from people.queries import system_user
from tablets import rules
from tablets.actions import handovers, tablets
from tablets.device import clear, mark, session_seconds, tablet_of
from tablets.models import Handover, SeatCard, Tablet
from tablets.queries import card_by_pin, card_by_token, get_handover, open_handover, tablet_by_code, unwiped

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MOST_RECEIPT = 2_000


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """A tablet's start page: who has it, or how to take it; a browser that is none is told so."""
    tablet = tablet_of(request)
    if tablet is None:
        return render(request, "tablets/unknown.html")
    left = unwiped(tablet)
    if left is not None and not request.user.is_authenticated:
        return clear(wiping(request, tablet, left, then=reverse("tablets:home")))
    held = open_handover(tablet) if request.user.is_authenticated else None
    return render(request, "tablets/home.html", {"tablet": tablet, "held": held})


@never_cache
@require_POST
def set_up(request: HttpRequest) -> HttpResponse:
    """Make this browser an office tablet."""
    code, at = request.POST.get("code", "")[:40], timezone.now()
    tablet = tablet_by_code(code, at)
    try:
        if tablet is None:
            raise Refused("tablet_code_wrong")
        token = tablets.set_up(tablet, code=code, by=system_user(), at=at)
    except Refused as refused:
        return render(request, "tablets/unknown.html", {"error": refused.text}, status=422)
    request.session.flush()
    response = redirect("tablets:home")
    mark(response, token, secure=request.is_secure())
    return response


@never_cache
@require_safe
def card(request: HttpRequest, token: str) -> HttpResponse:
    """The page a card's code leads to: whose it is, and one button; nothing happens before it is pressed."""
    tablet, found, at = tablet_of(request), card_by_token(token), timezone.now()
    if tablet is None:
        raise Refused("tablet_unknown")
    rules.opens(found, tablet, at).require()
    held = open_handover(tablet)
    return render(request, "tablets/card.html", {"tablet": tablet, "card": found, "token": token, "held": held})


@never_cache
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Take the tablet with a card's code or PIN; whoever had it is signed out and the browser is wiped first."""
    tablet, at = tablet_of(request), timezone.now()
    if tablet is None:
        raise Refused("tablet_unknown")
    token, pin = request.POST.get("token", "")[:100], request.POST.get("pin", "")[:20]
    try:
        rules.is_in_use(tablet, at).require()
        found = card_by_token(token) if token else card_by_pin(tablet, pin, at)
        if found is None and not token:
            handovers.refuse_card(tablet, by=system_user(), at=at)
        rules.opens(found, tablet, at).require()
        assert found is not None
        handover = entered(request, tablet, found, by_pin=not token)
    except Refused as refused:
        return render(request, "tablets/home.html", {"tablet": tablet, "error": refused.text}, status=422)
    before = tablet.handovers.exclude(pk=handover.pk).filter(wiped_at__isnull=True).first()
    room = reverse("meetings:detail", args=[found.meeting.public_id])
    return clear(wiping(request, tablet, before, then=room))


def entered(request: HttpRequest, tablet: Tablet, found: SeatCard, *, by_pin: bool) -> Handover:
    """Sign the card's person in, for this meeting only; without a hand-over there is no session."""
    user, at = found.participant.user, timezone.now()
    request.session.flush()
    login(request, user, backend=BACKEND)
    request.session[SESSION_KEY] = f"meeting:{found.meeting.public_id}"
    request.session.set_expiry(session_seconds(found.meeting.ends_at, at))
    request.session.save()
    key = request.session.session_key or ""
    try:
        return retrying(lambda: handovers.take(found, tablet, by_pin=by_pin, session_key=key, by=user, at=at))
    except Refused:
        request.session.flush()
        raise


@never_cache
@require_POST
def hand_back(request: HttpRequest) -> HttpResponse:
    """Hand the tablet back: signed out, wiped, ready for the next."""
    tablet = tablet_of(request)
    held = open_handover(tablet) if tablet else None
    if tablet is None or held is None or not isinstance(request.user, User):
        return redirect("tablets:home")
    handovers.hand_back(held, by=request.user, at=timezone.now())
    request.session.flush()
    return clear(wiping(request, tablet, held, then=reverse("tablets:home")))


def wiping(request: HttpRequest, tablet: Tablet, handover: Handover | None, *, then: str) -> HttpResponse:
    """Show the page that removes what is left in the browser, sends the receipt and goes on."""
    receipt = reverse("tablets:receipt", args=[handover.public_id]) if handover else ""
    return render(request, "tablets/wipe.html", {"tablet": tablet, "receipt": receipt, "then": then})


@never_cache
@require_POST
def receipt(request: HttpRequest, public_id: UUID) -> JsonResponse:
    """Keep the receipt of a wipe; only the tablet itself can send it."""
    tablet = tablet_of(request)
    if tablet is None:
        raise Unseen
    wiped = counted(request.body[:MOST_RECEIPT])
    kept = handovers.keep_receipt(get_handover(tablet, public_id), wiped=wiped, by=system_user(), at=timezone.now())
    return JsonResponse({"receipt": str(kept.public_id), "wiped": kept.wiped})


def counted(body: bytes) -> dict[str, int]:
    """Return the counts of a receipt; whatever else was sent is left out."""
    try:
        told = json.loads(body or b"{}")
    except (ValueError, RecursionError) as error:
        raise Refused("form_invalid", field="JSON", error="") from error
    found = told if isinstance(told, dict) else {}
    return {name: found[name] for name in handovers.COUNTED if type(found.get(name)) is int}
