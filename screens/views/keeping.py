"""The screens of one meeting: paired by their code, renamed, taken off."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ledger.verdict import Refused
from meetings.frame import frame
from meetings.models import Meeting
from meetings.views.doors import done, opened
from people.models import User
from screens.actions import pairing
from screens.forms import ChangeForm, PairForm
from screens.models import Screen
from screens.queries import get_screen, screens_of, sites_of
from screens.rules import may_pair, may_unpair, seen_lately


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Every screen of the meeting, and the form that pairs another one."""
    user, meeting = opened(request, public_id)
    may_unpair(user, meeting).require()
    if request.method != "POST":
        return page(request, user, meeting)
    form = PairForm(request.POST, sites=sites_of(meeting))
    paired = done(form, lambda: paired_by(form, meeting, user))
    if paired is None:
        return page(request, user, meeting, form=form, status=422)
    messages.success(request, _("The screen “%(name)s” shows the meeting now.") % {"name": paired.label})
    return redirect("screens:list", public_id)


def paired_by(form: PairForm, meeting: Meeting, user: User) -> Screen:
    """Pair the screen whose code was typed, or refuse; wrong codes are counted either way."""
    code, at = form.cleaned_data["code"], timezone.now()
    screen = pairing.pair(meeting, code=code, hanging=form.hanging(), by=user, at=at)
    if screen is None:
        raise Refused("screen_code_wrong")
    return screen


def page(request: HttpRequest, user: User, meeting: Meeting, *, status: int = 200, **extra: Any) -> HttpResponse:
    """Show the list; a form that went wrong keeps what was typed."""
    at, sites = timezone.now(), sites_of(meeting)
    rows = [(screen, seen_lately(screen, at)) for screen in screens_of(meeting)]
    context = {
        **frame(user, meeting, "screens"),
        "rows": rows,
        "pairing": may_pair(user, meeting),
        "form": PairForm(sites=sites, initial={"theme": Screen.Theme.DARK}),
        "address": request.build_absolute_uri(reverse("screens:home")),
        **extra,
    }
    return render(request, "screens/list.html", context, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, public_id: UUID, screen_id: UUID) -> HttpResponse:
    """Another name, site or appearance for a screen."""
    user, meeting = opened(request, public_id)
    may_unpair(user, meeting).require()
    screen = get_screen(meeting, screen_id)
    given = {"label": screen.label, "theme": screen.theme, "revision": screen.revision}
    given["site"] = screen.site.public_id if screen.site else None
    form = ChangeForm(request.POST if request.method == "POST" else None, sites=sites_of(meeting), initial=given)
    if request.method == "POST" and done(form, lambda: changed_by(form, screen, user)):
        messages.success(request, _("The screen has been changed."))
        return redirect("screens:list", public_id)
    context = {**frame(user, meeting, "screens"), "form": form, "screen": screen}
    return render(request, "screens/form.html", context, status=422 if form.errors else 200)


def changed_by(form: ChangeForm, screen: Screen, user: User) -> Screen:
    """Change the screen as the form says."""
    revision = form.cleaned_data["revision"]
    return pairing.change(screen, hanging=form.hanging(), revision=revision, by=user, at=timezone.now())


@login_required
@require_POST
def unpair(request: HttpRequest, public_id: UUID, screen_id: UUID) -> HttpResponse:
    """Take a screen off the meeting, at once."""
    user, meeting = opened(request, public_id)
    may_unpair(user, meeting).require()
    screen = pairing.unpair(get_screen(meeting, screen_id), by=user, at=timezone.now())
    messages.success(
        request, _("The screen “%(name)s” shows nothing of the meeting any more.") % {"name": screen.label}
    )
    return redirect("screens:list", public_id)
