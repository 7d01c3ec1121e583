"""Questions to put to the vote: prepared one after the other, in a list of their own or on the agenda."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ledger.verdict import Refused
from live.log import position
from meetings.actions import votes
from meetings.forms.votes import FORM_NAMES, QuestionForm
from meetings.frame import frame
from meetings.labels import CERTAINTIES, rule_choices
from meetings.models import Meeting, Vote
from meetings.queries.kinds import kind_of
from meetings.queries.room import quorum_of, rules_for
from meetings.queries.visible import get_visible_item, get_visible_vote
from meetings.views.doors import answered, is_uuid, opened, valid
from meetings.vote_lines import asked_by_item
from meetings.workflow import WHO
from people.models import User
from people.requests import person

LONGEST_NUMBER = 4
HERE = "votes"
NOTHING_NEW = 204
UNUSABLE = 422


@login_required
@require_safe
def votes_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Every question of the meeting in the order of the agenda; asked what is new, nothing when nothing is."""
    user, meeting = opened(request, public_id)
    context = votes_context(user, meeting)
    if request.GET.get("seen") == str(context["seen"]):
        return HttpResponse(status=NOTHING_NEW)
    part = request.headers.get("HX-Request") == "true"
    return render(request, "meetings/parts/vote_list.html" if part else "meetings/votes.html", context)


def votes_context(user: User, meeting: Meeting) -> dict[str, Any]:
    """Return what the list of questions shows."""
    seen = position(meeting.stream).seq
    kind = kind_of(meeting)
    around = frame(user, meeting, HERE)
    asked = asked_by_item(user, meeting, kind)
    return {
        **around,
        "seen": seen,
        "kind": kind,
        "asked": [line for line in asked if line.votes],
        "items": asked,
        "rules": rule_choices(kind),
        "forms": FORM_NAMES,
        "form": QuestionForm(rules=rule_choices(kind)),
        "quorum": quorum_of(meeting),
        "certainty": CERTAINTIES[kind.certainty] if kind and around["my_roles"] & WHO["keeper"] else "",
    }


def list_again(
    request: HttpRequest, meeting: Meeting, *, status: int = 200, anchor: str = "", **extra: Any
) -> HttpResponse:
    """Show the list as it is now, or go back to it; without a script a fault shows the whole page."""
    user = person(request)
    if request.headers.get("HX-Request") == "true" or status != 200:
        part = "parts/vote_list" if request.headers.get("HX-Request") == "true" else "votes"
        return render(request, f"meetings/{part}.html", votes_context(user, meeting) | extra, status=status)
    return redirect(reverse("meetings:votes", args=[meeting.public_id]) + anchor)


def after(request: HttpRequest, meeting: Meeting, vote: Vote | None = None) -> HttpResponse:
    """Answer a step on the page it was taken on: the list of questions, or the agenda."""
    if request.POST.get("page") != HERE:
        return answered(request, meeting, "agenda")
    return list_again(request, meeting, anchor=f"#vote-{vote.public_id}" if vote else "")


@login_required
@require_POST
def add_vote(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Prepare a question from the list, on the item chosen there; what cannot be asked keeps what was written."""
    user, meeting = opened(request, public_id)
    form = QuestionForm(request.POST, rules=rule_choices(rules_for(meeting)))
    chosen = request.POST.get("item", "")
    if form.is_valid():
        try:
            item = get_visible_item(user, meeting, UUID(chosen)) if is_uuid(chosen) else None
            if item is None:
                raise Refused("item_unknown")
            made = votes.prepare(item, asked=form.asked(), by=user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, refused.text)
        else:
            return list_again(request, meeting, anchor=f"#vote-{made.public_id}")
    return list_again(request, meeting, status=UNUSABLE, form=form, chosen_item=chosen)


@login_required
@require_POST
def prepare_vote(request: HttpRequest, public_id: UUID, item_id: UUID) -> HttpResponse:
    """Prepare a question on an item of the agenda."""
    user, meeting = opened(request, public_id)
    form = valid(QuestionForm(request.POST, rules=rule_choices(rules_for(meeting))))
    item = get_visible_item(user, meeting, item_id)
    return after(request, meeting, votes.prepare(item, asked=form.asked(), by=user, at=timezone.now()))


@login_required
@require_POST
def edit_vote(request: HttpRequest, public_id: UUID, vote_id: UUID) -> HttpResponse:
    """Change a question that was never opened; who saves second gets their own words beside what stands there."""
    user, meeting = opened(request, public_id)
    vote = get_visible_vote(user, meeting, vote_id)
    sent = request.POST if "form" in request.POST else {**as_it_is(vote), **request.POST.dict()}
    form = valid(QuestionForm(sent, rules=rule_choices(rules_for(meeting))))
    seen = form.cleaned_data["revision"] or 0
    try:
        votes.edit(vote, asked=form.asked(), revision=seen, by=user, at=timezone.now())
    except Refused as refused:
        if refused.code != "changed_meanwhile":
            raise
        kept: dict[str, Any] = {"conflict": form, "vote_conflict_on": vote_id}
        if request.POST.get("page") == HERE:
            return list_again(request, meeting, status=UNUSABLE, **kept)
        return answered(request, meeting, "agenda", status=UNUSABLE, **kept)
    return after(request, meeting, vote)


def as_it_is(vote: Vote) -> dict[str, str]:
    """Return what the agenda's short form does not show, as the long form sends it: it is left as it is."""
    written = [option["label"] for option in vote.options if not option.get("aside")]
    return {
        "form": vote.form,
        "options": "\n".join(written),
        "least": str(vote.rule.get("min", 1)),
        "most": str(vote.rule.get("max", 1)),
        "seconds": str(vote.seconds or 0),
    }


@login_required
@require_POST
def place_vote(request: HttpRequest, public_id: UUID, vote_id: UUID) -> HttpResponse:
    """Move a question up or down among those of its item."""
    user, meeting = opened(request, public_id)
    asked = request.POST.get("position", "")
    if not asked.isdecimal() or len(asked) > LONGEST_NUMBER:
        raise Refused("bad_place")
    vote = get_visible_vote(user, meeting, vote_id)
    votes.place(vote, position=int(asked), by=user, at=timezone.now())
    return after(request, meeting, vote)


@login_required
@require_POST
def drop_vote(request: HttpRequest, public_id: UUID, vote_id: UUID) -> HttpResponse:
    """Drop a question that was never opened."""
    user, meeting = opened(request, public_id)
    votes.drop(get_visible_vote(user, meeting, vote_id), by=user, at=timezone.now())
    return after(request, meeting)
