"""The minutes: read, written block by block, commented on, approved, compared, printed; the notice."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from documents.serving import disposition
from ledger.verdict import Refused
from meetings import drafting
from meetings.actions import minutes as acts
from meetings.forms.outcome import CommentsForm
from meetings.frame import frame
from meetings.minutes.body import NoBlock, find
from meetings.minutes.comparison import differences
from meetings.minutes.pages import minutes_page, shown_block
from meetings.models import Meeting, Minutes
from meetings.queries.outcome import get_visible_comment, get_visible_minutes, minutes_for
from meetings.views.doors import done, opened
from people.models import User
from people.requests import person

DAYS_FOR_COMMENTS = 3


def read(request: HttpRequest, public_id: UUID) -> tuple[User, Minutes]:
    """Return who asks, and the minutes if they exist for them."""
    user = person(request)
    return user, get_visible_minutes(user, public_id)


def page_of_minutes(meeting: Meeting) -> str:
    """Return the address of the minutes' page."""
    return reverse("meetings:minutes", args=[meeting.public_id])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the minutes; POST drafts them from what the ledger holds, again without losing what was written."""
    user, meeting = opened(request, public_id)
    if request.method == "POST":
        drafting.draft_minutes(meeting, by=user, at=timezone.now())
        messages.success(request, _("The minutes have been drafted."))
        return redirect(page_of_minutes(meeting))
    found = minutes_for(user, meeting)
    return render(request, "meetings/minutes.html", context_of(user, meeting, found))


def context_of(user: User, meeting: Meeting, found: Minutes | None, **more: Any) -> dict[str, Any]:
    """Return what the page and its parts need."""
    around = frame(user, meeting, "minutes")
    form = CommentsForm(initial={"until": timezone.now() + timedelta(days=DAYS_FOR_COMMENTS)})
    page = minutes_page(user, found, around["my_roles"]) if found else {}
    return {**around, "comments_form": form, **page, **more}


@login_required
@require_POST
def write_block(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep the text of one block; where somebody else wrote meanwhile, show both texts."""
    user, found = read(request, public_id)
    key, text = request.POST.get("block", ""), request.POST.get("text", "")
    try:
        found = acts.edit(found, block=key, text=text, revision=revision_of(request), by=user, at=timezone.now())
    except Refused as refused:
        if refused.code != "changed_meanwhile":
            raise
        return block_answer(request, user, get_visible_minutes(user, public_id), key, mine=text)
    return block_answer(request, user, found, key)


def revision_of(request: HttpRequest) -> int:
    """Return the revision the editor saw."""
    asked = request.POST.get("revision", "")
    return int(asked) if asked.isdecimal() and len(asked) < 9 else 0


def block_answer(
    request: HttpRequest, user: User, found: Minutes, key: str, *, mine: str | None = None, part: str = "saved"
) -> HttpResponse:
    """Answer with the mark of what was saved, or the block anew; without a script with the page."""
    try:
        block = shown_block(find(found.body, key))
    except NoBlock as error:
        raise Refused("minutes_block_unknown") from error
    if mine is not None:
        block["mine"], part = mine, "block"
    if request.headers.get("HX-Request") != "true":
        if mine is None:
            return redirect(f"{page_of_minutes(found.meeting)}#block-{block['id']}")
        return render(
            request, "meetings/minutes.html", context_of(user, found.meeting, found, conflict=block), status=409
        )
    answer = render(
        request, f"meetings/minutes_{part}.html", {"meeting": found.meeting, "block": block, "can_edit": True}
    )
    if part == "block":
        answer["HX-Retarget"], answer["HX-Reswap"] = f"#block-{block['id']}", "outerHTML"
    return answer


@login_required
@require_POST
def restore_block(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put one block back to what the ledger says."""
    user, found = read(request, public_id)
    key = request.POST.get("block", "")
    found = acts.restore(found, block=key, revision=revision_of(request), by=user, at=timezone.now())
    return block_answer(request, user, found, key, part="block")


@login_required
@require_POST
def ask_comments(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask the members for comments until a time."""
    user, found = read(request, public_id)
    form = CommentsForm(request.POST)
    made = done(form, lambda: acts.ask_comments(found, until=form.cleaned_data["until"], by=user, at=timezone.now()))
    if made is None:
        context = context_of(user, found.meeting, found, comments_form=form)
        return render(request, "meetings/minutes.html", context, status=422)
    messages.success(request, _("The members have been asked for comments."))
    return redirect(page_of_minutes(found.meeting))


@login_required
@require_POST
def comment(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say something about a section."""
    user, found = read(request, public_id)
    section, text = request.POST.get("section", ""), request.POST.get("text", "")
    acts.comment(found, section=section, text=text, by=user, at=timezone.now())
    messages.success(request, _("The comment has been sent to the secretary."))
    return redirect(f"{page_of_minutes(found.meeting)}#section-{section or 'opening'}")


@login_required
@require_POST
def settle(request: HttpRequest, public_id: UUID, comment_id: UUID) -> HttpResponse:
    """Answer a comment."""
    user, found = read(request, public_id)
    said = get_visible_comment(user, found, comment_id)
    acts.settle(said, answer=request.POST.get("answer", ""), by=user, at=timezone.now())
    return redirect(f"{page_of_minutes(found.meeting)}#comment-{comment_id}")


@login_required
@require_POST
def take_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take the draft back from the members."""
    user, found = read(request, public_id)
    acts.take_back(found, by=user, at=timezone.now())
    messages.success(request, _("The draft is with the secretary again."))
    return redirect(page_of_minutes(found.meeting))


@login_required
@require_POST
def approve(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Approve the minutes as the chair read them."""
    user, found = read(request, public_id)
    drafting.approve_minutes(found, revision=revision_of(request), by=user, at=timezone.now())
    messages.success(request, _("The minutes are approved and locked."))
    return redirect(page_of_minutes(found.meeting))


@login_required
@require_safe
def preview(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the draft as PDF, marked as one; approved minutes are read as the document they became."""
    _user, found = read(request, public_id)
    document = found.meeting.outcome.minutes if found.state == "approved" else None
    if document:
        return redirect(reverse("documents:document", args=[document.public_id]))
    pdf = drafting.typeset(found, at=timezone.now(), draft=True)
    name = f"{drafting.title_of(found.meeting)[: drafting.LONGEST_NAME]}.pdf"
    headers = {"Content-Disposition": disposition("inline", name), "Cache-Control": "private, no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@login_required
@require_GET
def comparison(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show what was written by hand against what the ledger says."""
    user, found = read(request, public_id)
    context = {**frame(user, found.meeting, "minutes"), "differences": differences(found.body), "minutes": found}
    return render(request, "meetings/minutes_comparison.html", context)


@login_required
@require_POST
def notice(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Draft the conclusion notice as an outgoing document, and open it."""
    user, meeting = opened(request, public_id)
    made = drafting.draft_notice(meeting, by=user, at=timezone.now())
    messages.success(request, _("The conclusion notice has been drafted."))
    return redirect(reverse("documents:outgoing", args=[made.public_id]))
