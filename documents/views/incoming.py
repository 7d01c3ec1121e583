"""Incoming documents: list, the page that shows one, receiving and refusing."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from documents import rules
from documents.actions import exchange
from documents.forms import ReasonForm
from documents.labels import DONE, INCOMING_STATES
from documents.manifest import viewer_document
from documents.panels import INCOMING as INCOMING_PAGE
from documents.panels import READER, panels_for
from documents.queries import get_visible_incoming, issued_signatures, latest_version, twins_of, visible_incoming
from ledger.queries import history
from ledger.verdict import Refused
from people.requests import person

PER_PAGE = 30


@login_required
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """List incoming documents: those to receive first, or those received or refused."""
    group = request.GET.get("show", "all")
    rows = visible_incoming(person(request)).order_by("-arrived_at", "-pk")
    rows = rows.filter(state=group) if group in INCOMING_STATES else rows
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "documents/incoming_list.html", {"page": page, "group": group, "states": INCOMING_STATES})


@login_required
@require_GET
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show an arrival, its signatures, and what the clerk can do with it."""
    user = person(request)
    incoming = get_visible_incoming(user, public_id)
    version = latest_version(incoming.document)
    context = {
        "incoming": incoming,
        "state": INCOMING_STATES[incoming.state],
        "viewer": viewer_document(version, user) if version else None,
        "reader": panels_for(READER, request, version) if version else [],
        "twins": list(twins_of(incoming)[:5]),
        "receive": rules.may_receive(user, incoming, "receive"),
        "form": ReasonForm(),
        "signatures": issued_signatures(incoming),
        "panels": panels_for(INCOMING_PAGE, request, incoming),
        "history": [(step, DONE.get(step.verb, step.verb)) for step in history(incoming)],
    }
    return render(request, "documents/incoming_detail.html", context)


@login_required
@require_POST
def receive(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Register the arrival and confirm receipt."""
    user = person(request)
    incoming = get_visible_incoming(user, public_id)
    received = exchange.receive(incoming, by=user, at=timezone.now())
    assert received.number is not None
    messages.success(request, _("Received under number of arrival %(number)s.") % {"number": received.number.number})
    return redirect("documents:incoming", public_id)


@login_required
@require_POST
def refuse(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send the document back with a reason."""
    user = person(request)
    incoming = get_visible_incoming(user, public_id)
    rules.may_receive(user, incoming, "refuse_receipt").require()
    try:
        exchange.refuse_receipt(incoming, reason=request.POST.get("reason", ""), by=user, at=timezone.now())
        messages.success(request, _("Receipt was refused; the sender sees the reason."))
    except Refused as refusal:
        messages.error(request, refusal.text)
    return redirect("documents:incoming", public_id)
