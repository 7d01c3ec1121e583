"""Questions prepared for the vote."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from meetings.actions import votes
from meetings.forms.votes import QuestionForm
from meetings.labels import rule_choices
from meetings.queries.room import rules_for
from meetings.queries.visible import get_visible_item, get_visible_vote
from meetings.views.doors import answered, opened, valid


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
