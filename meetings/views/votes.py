"""Questions prepared for the vote."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from ledger.verdict import Refused
from meetings.actions import votes
from meetings.forms.votes import QuestionForm
from meetings.labels import rule_choices
from meetings.queries.room import rules_for
from meetings.queries.visible import get_visible_item, get_visible_vote
from meetings.views.doors import answered, opened, valid

LONGEST_NUMBER = 4


@login_required
@require_POST
def prepare_vote(request: HttpRequest, public_id: UUID, item_id: UUID) -> HttpResponse:
    """Prepare a question on an item."""
    user, meeting = opened(request, public_id)
    form = valid(QuestionForm(request.POST, rules=rule_choices(rules_for(meeting))))
    item = get_visible_item(user, meeting, item_id)
    votes.prepare(item, asked=form.asked(), by=user, at=timezone.now())
    return answered(request, meeting, "agenda")


@login_required
@require_POST
def edit_vote(request: HttpRequest, public_id: UUID, vote_id: UUID) -> HttpResponse:
    """Change a question that was never opened; who saves second gets their own words beside what stands there."""
    user, meeting = opened(request, public_id)
    form = valid(QuestionForm(request.POST, rules=rule_choices(rules_for(meeting))))
    vote, seen = get_visible_vote(user, meeting, vote_id), form.cleaned_data["revision"] or 0
    try:
        votes.edit(vote, asked=form.asked(), revision=seen, by=user, at=timezone.now())
    except Refused as refused:
        if refused.code != "changed_meanwhile":
            raise
        return answered(request, meeting, "agenda", status=422, conflict=form, vote_conflict_on=vote_id)
    return answered(request, meeting, "agenda")


@login_required
@require_POST
def place_vote(request: HttpRequest, public_id: UUID, vote_id: UUID) -> HttpResponse:
    """Move a question up or down among those of its item."""
    user, meeting = opened(request, public_id)
    asked = request.POST.get("position", "")
    if not asked.isdecimal() or len(asked) > LONGEST_NUMBER:
        raise Refused("bad_place")
    votes.place(get_visible_vote(user, meeting, vote_id), position=int(asked), by=user, at=timezone.now())
    return answered(request, meeting, "agenda")


@login_required
@require_POST
def drop_vote(request: HttpRequest, public_id: UUID, vote_id: UUID) -> HttpResponse:
    """Drop a question that was never opened."""
    user, meeting = opened(request, public_id)
    votes.drop(get_visible_vote(user, meeting, vote_id), by=user, at=timezone.now())
    return answered(request, meeting, "agenda")
