"""What readers get of a document, and who opened it: two cards beside it for whoever keeps it."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from documents import rules
from documents.actions.protection import protect
from documents.models import Document, Version
from documents.openings import accesses_of, note_on_device
from documents.panels import INCOMING, OUTGOING, VERSION, Panel, register_panel
from documents.queries import get_visible_document
from ledger.verdict import Refused
from people.requests import person

SHOWN, PER_PAGE = 5, 50
CHOICES: list[tuple[str, "str | Promise", "str | Promise"]] = [
    ("none", pgettext_lazy("readers", "Everything"), gettext_lazy("Reading, finding, saving the file, offline.")),
    (
        "watermark",
        gettext_lazy("With a watermark"),
        gettext_lazy("Name of the reader and time over every page, on the screen and on copies saved or printed."),
    ),
    (
        "pictures",
        gettext_lazy("On the screen only"),
        gettext_lazy(
            "Pictures of the pages with name and time, nothing else: no file, no text, no search in it, not offline. "
            "Screenshots and photographs cannot be prevented."
        ),
    ),
]


def protection_card(request: HttpRequest, shown: Any) -> dict[str, Any] | None:
    """Return what can be chosen, or None for whoever may not."""
    document = shown.document
    if not rules.may_protect(person(request), document):
        return None
    return {"document": document, "choices": CHOICES, "chosen": document.protection}


def openings_card(request: HttpRequest, version: Version) -> dict[str, Any] | None:
    """Return the newest openings, or None for whoever may not see them."""
    document = version.document
    if not rules.may_see_openings(person(request), document):
        return None
    lines = list(accesses_of(document)[: SHOWN + 1])
    return {"document": document, "lines": lines[:SHOWN], "more": len(lines) > SHOWN}


def hang() -> None:
    """Put the cards beside documents; called once at start-up."""
    title = pgettext_lazy("document", "What readers get")
    protecting = Panel("protection", title, "shield", "documents/protection_card.html", protection_card, order=92)
    for page in (OUTGOING, INCOMING, VERSION):
        register_panel(page, protecting)
    opened = pgettext_lazy("document", "Opened by")
    register_panel(VERSION, Panel("openings", opened, "eye", "documents/openings_card.html", openings_card, order=95))


@login_required
@require_POST
def set_protection(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say what readers get of the document."""
    user = person(request)
    document = get_visible_document(user, public_id)
    protect(document, protection=request.POST.get("protection", ""), by=user, at=timezone.now())
    messages.success(request, _("Saved. It holds from the next opening on."))
    return redirect("documents:document", public_id)


@login_required
@require_POST
def read_on_device(request: HttpRequest) -> HttpResponse:
    """Take down what a device says was read on it while there was no network; nothing is told in return."""
    user = person(request)
    if request.GET.get("as", "") not in ("", str(user.public_id)):
        raise Refused("not_yours")
    try:
        told = json.loads(request.body)["openings"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Refused("bad_frame") from error
    note_on_device(user, told if isinstance(told, list) else [], timezone.now())
    return HttpResponse(status=204)


@login_required
@require_GET
def openings(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the whole access log of a document."""
    user = person(request)
    document = get_visible_document(user, public_id)
    rules.may_see_openings(user, document).require()
    page = Paginator(accesses_of(document), PER_PAGE).get_page(request.GET.get("page"))
    several = Document.objects.filter(pk=document.pk, versions__number__gt=1).exists()
    return render(request, "documents/openings.html", {"document": document, "page": page, "several": several})
