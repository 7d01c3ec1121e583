"""Keeping tablets: the list, one tablet with its history, codes, retiring."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ledger.verdict import Refused, Unseen
from people.requests import person
from people.views.doors import done
from tablets.actions import tablets as acts
from tablets.forms import RenameForm, TabletForm
from tablets.models import Tablet
from tablets.queries import get_visible_tablet, handovers_of, kept_agencies, titles_for, visible_tablets
from tablets.secrets import grouped
from ui.qr import svg

PER_PAGE = 60


@login_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The tablets I keep: who has which, when each was last seen."""
    user = person(request)
    if not kept_agencies(user).exists():
        raise Unseen
    words = request.GET.get("q", "").strip()[:60]
    rows = visible_tablets(user)
    rows = rows.filter(label__icontains=words) if words else rows
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    held = [handover for tablet in page for handover in tablet.held_now]  # type: ignore[attr-defined]
    context = {"page": page, "q": words, "titles": titles_for(user, held)}
    return render(request, "tablets/list.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a tablet; its code is shown once."""
    user = person(request)
    agencies = kept_agencies(user)
    if not agencies.exists():
        raise Unseen
    form = TabletForm(request.POST or None, agencies=agencies)
    made = request.method == "POST" and done(form, lambda: acts.add(**form.cleaned_data, by=user, at=timezone.now()))
    if made:
        tablet, code = made
        return with_code(request, tablet, code)
    return render(request, "tablets/form.html", {"form": form}, status=422 if form.errors else 200)


def with_code(request: HttpRequest, tablet: Tablet, code: str) -> HttpResponse:
    """Show the code, typed or scanned on the tablet."""
    address = request.build_absolute_uri("/tablet/")
    shown = {"tablet": tablet, "code": grouped(code), "address": address, "picture": svg(address)}
    return render(request, "tablets/code.html", shown)


@login_required
@require_safe
def one(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One tablet: who had it, and the receipts."""
    user = person(request)
    tablet = get_visible_tablet(user, public_id)
    page = Paginator(handovers_of(tablet), PER_PAGE).get_page(request.GET.get("page"))
    form = RenameForm(initial={"label": tablet.label})
    return render(
        request, "tablets/tablet.html", {"tablet": tablet, "page": page, "form": form, "titles": titles_for(user, page)}
    )


@login_required
@never_cache
@require_POST
def renew_code(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a new code for the tablet."""
    user = person(request)
    tablet = get_visible_tablet(user, public_id)
    return with_code(request, tablet, acts.renew_code(tablet, by=user, at=timezone.now()))


@login_required
@require_POST
def rename(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give the tablet another name."""
    user = person(request)
    tablet = get_visible_tablet(user, public_id)
    form = RenameForm(request.POST)
    if not form.is_valid():
        raise Refused("tablet_label_missing")
    acts.rename(tablet, label=form.cleaned_data["label"], by=user, at=timezone.now())
    return redirect("tablets:tablet", public_id)


@login_required
@require_POST
def retire(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take the tablet out of use."""
    user = person(request)
    acts.retire(get_visible_tablet(user, public_id), by=user, at=timezone.now())
    messages.success(request, _("The tablet is out of use; it opens nothing any more."))
    return redirect("tablets:list")
