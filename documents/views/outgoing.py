"""Outgoing documents: list, drafting, and the page that shows one with what can be done now."""

from io import BytesIO
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from documents import rules
from documents.actions.outgoing import draft, edit
from documents.forms import OutgoingForm, initial_of
from documents.labels import DONE, OUTGOING_STATES
from documents.manifest import loose_document, viewer_document
from documents.models import OutgoingDocument, Version
from documents.panels import OUTGOING as OUTGOING_PAGE
from documents.panels import READER, panels_for
from documents.papers import typeset
from documents.queries import get_visible_outgoing, visible_outgoing
from documents.views.steps import steps_for
from documents.workflow import OUTGOING
from ledger.queries import history
from ledger.verdict import Refused
from people.models import User
from people.queries import acting_post
from people.requests import person

PER_PAGE = 30
OPEN_STATES = [state for state in OUTGOING.states() if state not in ("issued", "cancelled")]


@login_required
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """List outgoing documents: under way, issued, or everything; or those in one state."""
    user, group = person(request), request.GET.get("show", "open")
    rows = visible_outgoing(user).order_by("-created_at", "-pk")
    wanted = {"open": OPEN_STATES, "issued": ["issued"], "cancelled": ["cancelled"]}.get(group)
    rows = rows.filter(state__in=wanted) if wanted else rows
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    post = acting_post(user)
    may_draft = bool(post and rules.may_draft(user, post.agency))
    context = {"page": page, "group": group, "may_draft": may_draft, "states": OUTGOING_STATES}
    return render(request, "documents/outgoing_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Draft an outgoing document for the agency of the post the person acts in."""
    user = person(request)
    post = acting_post(user)
    if post is None:
        raise Refused("not_yours")
    rules.may_draft(user, post.agency).require()
    form = OutgoingForm(request.POST or None, agency=post.agency, user=user, initial={"type_code": "TB"})
    if request.method == "POST" and form.is_valid():
        try:
            made = draft(agency=post.agency, by=user, at=timezone.now(), **form.arguments())
            return redirect("documents:outgoing", made.public_id)
        except Refused as refusal:
            form.add_error(None, refusal.text)
    return render(request, "documents/outgoing_form.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Edit a draft; whoever saves second keeps the words on screen and is told what happened."""
    user = person(request)
    outgoing = get_visible_outgoing(user, public_id)
    rules.may(user, outgoing, "edit").require()
    form = OutgoingForm(request.POST or None, agency=outgoing.agency, user=user, initial=dict(initial_of(outgoing)))
    if request.method == "POST" and form.is_valid():
        try:
            revision = form.cleaned_data["revision"] or 0
            edit(outgoing, revision=revision, by=user, at=timezone.now(), **form.arguments())
            return redirect("documents:outgoing", public_id)
        except Refused as refusal:
            form.add_error(None, refusal.text)
    context = {"form": form, "outgoing": outgoing}
    return render(request, "documents/outgoing_form.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the document, where it stands, and what this person can do with it now."""
    user = person(request)
    outgoing = get_visible_outgoing(user, public_id)
    context = {
        "outgoing": outgoing,
        "state": OUTGOING_STATES[outgoing.state],
        "steps": steps_for(user, outgoing),
        "can_edit": bool(rules.may(user, outgoing, "edit")),
        "panels": panels_for(OUTGOING_PAGE, request, outgoing),
        "viewer": shown(outgoing, user),
        "reader": panels_for(READER, request, version) if (version := version_read(outgoing)) else [],
        "deliveries": outgoing.deliveries.select_related("agency").order_by("agency__name"),
        "signatures": outgoing.version.signatures.select_related("signer").order_by("pk") if outgoing.version else [],
        "history": [(step, DONE.get(step.verb, step.verb)) for step in history(outgoing)],
    }
    return render(request, "documents/outgoing_detail.html", context)


@login_required
@require_GET
def preview(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Typeset the draft as it stands and send the PDF; nothing is stored."""
    outgoing = get_visible_outgoing(person(request), public_id)
    pdf = typeset(outgoing, at=timezone.now()).pdf
    return HttpResponse(pdf, content_type="application/pdf", headers={"Cache-Control": "private, no-store"})


def version_read(outgoing: OutgoingDocument) -> Version | None:
    """Return the version on its way; a draft that changes has none to read and note on."""
    return None if outgoing.state in ("draft", "returned") else outgoing.version


def shown(outgoing: OutgoingDocument, reader: User) -> dict[str, Any] | None:
    """Return what the viewer shows: the version on its way, or the draft typeset now; None without text."""
    if version := version_read(outgoing):
        return viewer_document(version, reader)
    from pypdf import PdfReader  # large: in memory only where it is needed

    try:
        pdf = typeset(outgoing, at=timezone.now()).pdf
    except Refused:
        return None
    pages = PdfReader(BytesIO(pdf)).pages
    sizes = [[float(page.mediabox.width), float(page.mediabox.height)] for page in pages]
    address = reverse("documents:outgoing_preview", args=[outgoing.public_id])
    return loose_document(title=outgoing.document.title, file=address, sizes=sizes)
