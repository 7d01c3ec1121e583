"""Feedback: say, follow what became of it, answer, export."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guides.actions import feedback as acts
from guides.forms import AnswerForm, FeedbackForm
from guides.labels import FEEDBACK_STATES, KINDS
from guides.models import Feedback
from guides.queries import get_visible_feedback, read_feedback, visible_feedback
from guides.rights import READ_FEEDBACK
from guides.rules import may_with_feedback
from ledger.verdict import Refused, Unseen
from people.queries import agencies_with_right
from people.requests import person
from people.views.doors import done
from ui.sheets import MEDIA_TYPES, as_csv

PER_PAGE, MOST_EXPORTED = 30, 10_000


def page_told(request: HttpRequest) -> str:
    """Return the address of the page the person came from, if it is one of ours: the path alone."""
    asked = request.GET.get("page", "")
    return asked[:300] if asked.startswith("/") and not asked.startswith("//") else ""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest) -> HttpResponse:
    """Write feedback."""
    user = person(request)
    form = FeedbackForm(request.POST or None, initial={"page": page_told(request)})
    device = request.headers.get("User-Agent", "")

    def send() -> Feedback:
        return acts.say(**form.cleaned_data, device=device, by=user, at=timezone.now())

    sent = request.method == "POST" and done(form, send)
    if sent:
        messages.success(request, _("Thank you. The feedback has been sent; the answer comes as a notice."))
        return redirect("guides:feedback")
    return render(request, "guides/feedback_form.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """My feedback, and for those who answer it everybody's."""
    user, state = person(request), request.GET.get("state", "")
    rows = visible_feedback(user)
    rows = rows.filter(state=state) if state in FEEDBACK_STATES else rows
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = [(one, KINDS[one.kind], FEEDBACK_STATES[one.state]) for one in page]
    reads = bool(agencies_with_right(user, READ_FEEDBACK))
    states = list(FEEDBACK_STATES.items())
    context = {"rows": shown, "page": page, "reads": reads, "states": states, "chosen": state}
    return render(request, "guides/feedback_list.html", context)


@login_required
@require_safe
def one(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One piece of feedback with its answer."""
    user = person(request)
    found = get_visible_feedback(user, public_id)
    context = {
        "feedback": found,
        "kind": KINDS[found.kind],
        "state": FEEDBACK_STATES[found.state],
        "can": {verb: bool(may_with_feedback(user, found, verb)) for verb in ("answer", "close", "reopen")},
        "form": AnswerForm(initial={"text": found.answer}),
    }
    return render(request, "guides/feedback_one.html", context)


@login_required
@require_POST
def step(request: HttpRequest, public_id: UUID, verb: str) -> HttpResponse:
    """Answer, close or open again."""
    user = person(request)
    found = get_visible_feedback(user, public_id)
    if verb == "answer":
        form = AnswerForm(request.POST)
        if not form.is_valid():
            raise Refused("answer_empty")
        acts.answer(found, text=form.cleaned_data["text"], by=user, at=timezone.now())
        messages.success(request, _("The answer has been sent."))
    else:
        acts.move(found, verb=verb, by=user, at=timezone.now())
    return redirect("guides:feedback_one", found.public_id)


@login_required
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Export the feedback one answers as CSV."""
    user = person(request)
    if not agencies_with_right(user, READ_FEEDBACK):
        raise Unseen
    head = [_("Day"), _("From"), _("Agency"), _("What is it?"), _("State"), _("Feedback"), _("Answer")]
    rows = [row_of(found) for found in read_feedback(user)[:MOST_EXPORTED]]
    answer = HttpResponse(as_csv(head, rows), content_type=MEDIA_TYPES["csv"])
    answer["Content-Disposition"] = 'attachment; filename="gop-y.csv"'
    return answer


def row_of(found: Feedback) -> list[str]:
    """Return one piece of feedback as a row."""
    day = timezone.localtime(found.created_at).strftime("%d/%m/%Y %H:%M")
    words = [day, str(found.user), found.agency.name, str(KINDS[found.kind]), str(FEEDBACK_STATES[found.state])]
    return [*words, found.text, found.answer]
