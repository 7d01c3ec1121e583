"""Answering an invitation: the page and its three answers, the chair's word on absences, the clerk's reminder."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Case, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ledger.verdict import Refused, Unseen
from meetings.actions import replies
from meetings.frame import frame
from meetings.models import Meeting, Participant
from meetings.queries.people import once_each, post_title
from meetings.queries.room import place_of
from meetings.queries.visible import get_visible_place
from meetings.rules.replies import colleague_agencies
from meetings.views.doors import is_uuid, opened
from meetings.views.people import answered
from people.models import Post, User
from people.queries import directory, get_directory_user, posts_of

FOUND = 30


def colleagues(user: User, meeting: Meeting, words: str) -> list[Post]:
    """Return who could stand in and is not invited yet: those of the own units first, then of units under them."""
    taken = meeting.participants.filter(removed_at__isnull=True).values("user")
    posts = directory(user, words).filter(agency_id__in=colleague_agencies(user)).exclude(user__in=taken)
    own = Case(When(agency_id__in=[post.agency_id for post in posts_of(user)], then=Value(0)), default=Value(1))
    near = posts.order_by(own, "agency__name", "agency_id", "user__sort_key", "pk")
    found = once_each(near[: 2 * FOUND])[:FOUND]
    places = list(dict.fromkeys(post.agency_id for post in found))
    return sorted(found, key=lambda post: places.index(post.agency_id))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Answer the invitation: attend, not attend, send a colleague."""
    user, meeting = opened(request, public_id)
    place = place_of(user, meeting)
    place.meeting = meeting
    around = frame(user, meeting, "agenda")
    if request.method == "POST":
        try:
            said = answer(request, user, place)
        except Refused as refused:
            return render(
                request,
                "meetings/reply.html",
                {**around, **asked(request, user, meeting), "error": refused},
                status=422,
            )
        messages.success(request, said)
        return redirect(back_to(request, meeting))
    return render(request, "meetings/reply.html", {**around, **asked(request, user, meeting)})


def asked(request: HttpRequest, user: User, meeting: Meeting) -> dict[str, object]:
    """Return what the page shows besides the card: words written before, colleagues found."""
    words = (request.POST.get("q") or request.GET.get("q", "")).strip()[:100]
    kept = {name: request.POST.get(name, "") for name in ("reason", "basis", "to")}
    return {"q": words, "colleagues": colleagues(user, meeting, words), "kept": kept}


def back_to(request: HttpRequest, meeting: Meeting) -> str:
    """Return where to go on: the inbox where the answer came from there."""
    return "/inbox/" if request.POST.get("next") == "inbox" else f"/meetings/{meeting.public_id}/"


def answer(request: HttpRequest, user: User, place: Participant) -> str:
    """Do what was answered; return what to tell."""
    at, verb = timezone.now(), request.POST.get("do", "")
    if verb == "accept":
        replies.accept(place, by=user, at=at)
        return _("You attend. The clerk sees your answer.")
    if verb == "stay_away":
        made = replies.stay_away(place, reason=request.POST.get("reason", ""), by=user, at=at)
        return _("The chair is asked to approve the absence.") if made.reply == "asked" else _("The absence is noted.")
    if verb == "delegate":
        to = request.POST.get("to", "")
        if not is_uuid(to):
            raise Refused("person_unknown")
        whom = get_directory_user(user, UUID(to))
        post = directory(user).filter(user=whom, agency_id__in=colleague_agencies(user)).first()
        title = post_title(post, place.meeting.agency_id) if post else ""
        replies.delegate(place, to=whom, basis=request.POST.get("basis", ""), title=title, by=user, at=at)
        return _("%(name)s attends as the substitute and has been told.") % {"name": whom.full_name}
    raise Unseen


@login_required
@require_POST
def decide(request: HttpRequest, public_id: UUID, place_id: UUID) -> HttpResponse:
    """Approve an absence or refuse it."""
    user, meeting = opened(request, public_id)
    place = get_visible_place(user, meeting, place_id)
    excused = request.POST.get("do") == "excuse"
    replies.decide(place, excused=excused, words=request.POST.get("words", ""), by=user, at=timezone.now())
    messages.success(request, _("The absence is approved.") if excused else _("The absence is not approved."))
    return answered(request, meeting)


@login_required
@require_POST
def remind(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Remind everybody who has not answered."""
    user, meeting = opened(request, public_id)
    told = replies.remind(meeting, by=user, at=timezone.now())
    messages.success(request, _("Reminded: %(told)d people.") % {"told": told})
    return redirect("meetings:people", meeting.public_id)
