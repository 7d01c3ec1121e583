"""Arranging a meeting: agenda, papers, participants, questions; each step answers with the part that changed."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from documents.intake_gate import receive
from documents.reasons.files import sentences_of
from documents.received import Received
from ledger.verdict import Refused, Unseen
from meetings.actions import agenda, papers, participants, votes
from meetings.forms import MatterForm, QuestionForm, SeatForm
from meetings.labels import ROLES, rule_choices
from meetings.queries import (
    get_visible_item,
    get_visible_paper,
    get_visible_place,
    get_visible_vote,
    rules_for,
)
from meetings.rules import may, may_with_paper
from meetings.views.doors import answered, opened, valid
from people.queries import directory, get_directory_user

FOUND = 12


@login_required
@require_POST
def add_item(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Add an agenda item at the end."""
    user, meeting = opened(request, public_id)
    matter = valid(MatterForm(request.POST)).matter()
    agenda.add_item(meeting, matter=matter, by=user, at=timezone.now())
    return answered(request, meeting, "agenda")


@login_required
@require_POST
def edit_item(request: HttpRequest, public_id: UUID, item_id: UUID) -> HttpResponse:
    """Change what an item says."""
    user, meeting = opened(request, public_id)
    form = valid(MatterForm(request.POST))
    item = get_visible_item(user, meeting, item_id)
    revision = form.cleaned_data["revision"] or 0
    agenda.edit_item(item, matter=form.matter(), revision=revision, by=user, at=timezone.now())
    return answered(request, meeting, "agenda")


@login_required
@require_POST
def place_item(request: HttpRequest, public_id: UUID, item_id: UUID) -> HttpResponse:
    """Move an item up or down, or to a place."""
    user, meeting = opened(request, public_id)
    item = get_visible_item(user, meeting, item_id)
    asked = request.POST.get("position", "")
    if not asked.isdecimal() or len(asked) > 6:
        raise Refused("item_unknown")
    agenda.place_item(item, position=int(asked), by=user, at=timezone.now())
    return answered(request, meeting, "agenda")


@login_required
@require_POST
def remove_item(request: HttpRequest, public_id: UUID, item_id: UUID) -> HttpResponse:
    """Take an item off the agenda."""
    user, meeting = opened(request, public_id)
    agenda.remove_item(get_visible_item(user, meeting, item_id), by=user, at=timezone.now())
    return answered(request, meeting, "agenda")


@login_required
@require_GET
def agenda_part(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the agenda as it is now, after files have come in."""
    _user, meeting = opened(request, public_id)
    return answered(request, meeting, "agenda")


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


@login_required
@require_GET
def find_people(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Find people of the directory by name or agency, those already invited left out."""
    user, meeting = opened(request, public_id)
    may(user, meeting, "invite").require()
    words = request.GET.get("q", "").strip()[:100]
    taken = meeting.participants.filter(removed_at__isnull=True).values("user")
    found = directory(user, words).exclude(user__in=taken)[:FOUND] if words else []
    context = {"found": found, "meeting": meeting, "roles": list(ROLES.items()), "q": words}
    return render(request, "meetings/parts/found.html", context)


@login_required
@require_POST
def invite(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Add a person of the directory."""
    user, meeting = opened(request, public_id)
    form = valid(SeatForm(request.POST))
    try:
        asked = UUID(request.POST.get("user", ""))
    except ValueError as error:
        raise Unseen from error
    whom = get_directory_user(user, asked)
    participants.invite(meeting, user=whom, seat=form.chosen(), by=user, at=timezone.now())
    return answered(request, meeting, "people")


@login_required
@require_POST
def change_place(request: HttpRequest, public_id: UUID, place_id: UUID) -> HttpResponse:
    """Change role, vote, title or seat."""
    user, meeting = opened(request, public_id)
    seat = valid(SeatForm(request.POST)).chosen()
    participants.change(get_visible_place(user, meeting, place_id), seat=seat, by=user, at=timezone.now())
    return answered(request, meeting, "people")


@login_required
@require_POST
def remove_place(request: HttpRequest, public_id: UUID, place_id: UUID) -> HttpResponse:
    """Take a person out of the meeting."""
    user, meeting = opened(request, public_id)
    participants.remove(get_visible_place(user, meeting, place_id), by=user, at=timezone.now())
    return answered(request, meeting, "people")


@login_required
@require_POST
def prepare_vote(request: HttpRequest, public_id: UUID, item_id: UUID) -> HttpResponse:
    """Prepare a question on an item."""
    user, meeting = opened(request, public_id)
    form = valid(QuestionForm(request.POST, rules=rule_choices(rules_for(meeting))))
    item = get_visible_item(user, meeting, item_id)
    votes.prepare(item, **form.cleaned_data, by=user, at=timezone.now())
    return answered(request, meeting, "agenda")


@login_required
@require_POST
def drop_vote(request: HttpRequest, public_id: UUID, vote_id: UUID) -> HttpResponse:
    """Drop a question that was never opened."""
    user, meeting = opened(request, public_id)
    votes.drop(get_visible_vote(user, meeting, vote_id), by=user, at=timezone.now())
    return answered(request, meeting, "agenda")
