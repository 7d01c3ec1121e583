"""Papers laid before a meeting: lay, replace, withdraw, open to guests."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from documents.intake_gate import receive
from documents.reasons.files import sentences_of
from documents.received import Received
from ledger.verdict import Refused
from meetings.actions import papers
from meetings.queries.visible import get_visible_item, get_visible_paper
from meetings.rules.agenda import may_with_paper
from meetings.rules.meeting import may
from meetings.views.doors import answered, opened


def uploaded(request: HttpRequest) -> Received:
    """Return the file of the request once the gate has looked at it."""
    file = request.FILES.get("file")
    if file is None:
        raise Refused("file_missing")
    return receive(file)


def told(request: HttpRequest, received: Received) -> JsonResponse:
    """Answer the drop zone."""
    note = " ".join(str(sentence) for sentence in sentences_of(received.notes))
    return JsonResponse({"name": received.file_name, "note": note}, status=201)


def wants_json(request: HttpRequest) -> bool:
    """Is it the drop zone that asks, or a plain form?"""
    return "application/json" in request.headers.get("Accept", "")


@login_required
@require_POST
def lay_paper(request: HttpRequest, public_id: UUID, item_id: UUID) -> HttpResponse:
    """Lay one file before the meeting, under an item; its title is the file's name."""
    user, meeting = opened(request, public_id)
    item = get_visible_item(user, meeting, item_id)
    may(user, meeting, "arrange").require()
    received = uploaded(request)
    title = received.file_name.rpartition(".")[0] or received.file_name
    papers.lay(item, received, title=title, by=user, at=timezone.now())
    return told(request, received) if wants_json(request) else answered(request, meeting, "agenda")


@login_required
@require_POST
def replace_paper(request: HttpRequest, public_id: UUID, paper_id: UUID) -> HttpResponse:
    """Lay a newer version of a paper."""
    user, meeting = opened(request, public_id)
    paper = get_visible_paper(user, meeting, paper_id)
    may_with_paper(user, paper, "replace").require()
    received = uploaded(request)
    papers.replace(paper, received, by=user, at=timezone.now())
    return told(request, received) if wants_json(request) else answered(request, meeting, "agenda")


@login_required
@require_POST
def withdraw_paper(request: HttpRequest, public_id: UUID, paper_id: UUID) -> HttpResponse:
    """Take a paper away from the meeting."""
    user, meeting = opened(request, public_id)
    papers.withdraw(get_visible_paper(user, meeting, paper_id), by=user, at=timezone.now())
    return answered(request, meeting, "agenda")


@login_required
@require_POST
def paper_for_guests(request: HttpRequest, public_id: UUID, paper_id: UUID) -> HttpResponse:
    """Let guests read a paper, or no longer."""
    user, meeting = opened(request, public_id)
    paper = get_visible_paper(user, meeting, paper_id)
    allowed = request.POST.get("guests") == "yes"
    papers.open_to_guests(paper, guests_may_read=allowed, by=user, at=timezone.now())
    return answered(request, meeting, "agenda")
