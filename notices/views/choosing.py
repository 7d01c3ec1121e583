"""My preferences: channels, quiet hours, the devices that get pushes."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ledger.door import writing
from ledger.verdict import Refused, Unseen
from notices import channels
from notices.actions import devices, reading, trying
from notices.actions.devices import Subscription
from notices.forms import PreferenceForm
from notices.push import keys
from notices.queries import own_devices, preference_of
from notices.views.lists import DEVICE
from people.views.doors import person


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """What comes how, and when I am left alone."""
    user = person(request)
    form = PreferenceForm(preference_of(user), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with writing():
            reading.choose(user, form.wishes())
        messages.success(request, _("Your choices have been saved."))
        return redirect("notices:settings")
    return render(request, "notices/settings.html", page(request, form), status=422 if form.errors else 200)


def page(request: HttpRequest, form: PreferenceForm) -> dict[str, Any]:
    """Return what the page of preferences shows."""
    here = request.session.session_key
    rows = [(device, device.session_key == here) for device in own_devices(person(request), timezone.now())]
    return {
        "form": form,
        "devices": rows,
        "on_here": any(own for _device, own in rows),
        "mail_on": channels.mail_is_on(),
        "push_on": channels.push_is_on(),
        "public_key": keys.public_key() if channels.push_is_on() else "",
        "address": person(request).email,
    }


@login_required
@require_POST
def subscribe(request: HttpRequest) -> HttpResponse:
    """Take what the browser got from its push service; `Refused` when we would not write there."""
    if not channels.push_is_on():
        raise Unseen
    session_key = request.session.session_key or ""
    with writing():
        devices.subscribe(person(request), given(request), session_key=session_key, at=timezone.now())
    request.session[DEVICE] = session_key
    messages.success(request, _("This device now shows that there are new notices."))
    return JsonResponse({"ok": True}, status=201)


def given(request: HttpRequest) -> Subscription:
    """Return the subscription in the body, as `PushSubscription.toJSON()` writes it."""
    try:
        sent = json.loads(request.body)
        endpoint, found = sent["endpoint"], sent["keys"]
        parts = (endpoint, found["p256dh"], found["auth"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Refused("push_keys_wrong") from None
    if not all(isinstance(part, str) and "\x00" not in part for part in parts):
        raise Refused("push_keys_wrong")
    return Subscription(*parts, agent=request.META.get("HTTP_USER_AGENT", ""))


@login_required
@require_POST
def unsubscribe(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Stop pushes to one of my devices."""
    with writing():
        found = devices.unsubscribe(person(request), public_id)
    if not found:
        raise Unseen
    messages.success(request, _("That device gets no more notices."))
    return redirect("notices:settings")


@login_required
@require_POST
def try_it(request: HttpRequest) -> HttpResponse:
    """Send myself a notice, to see how it arrives."""
    with writing():
        trying.try_channels(person(request), at=timezone.now())
    messages.success(request, _("A test notice is on its way to you. It ignores quiet hours."))
    return redirect("notices:settings")
