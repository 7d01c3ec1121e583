"""The steps of an outgoing document: which buttons there are, and what each does when pressed."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from documents import rules
from documents.actions import exchange, outgoing, register
from documents.forms import ReasonForm
from documents.models import OutgoingDocument
from documents.papers import submit_draft
from documents.queries import get_visible_outgoing
from documents.workflow import OUTGOING
from ledger.verdict import YES, Refused, Verdict
from people.models import User
from people.requests import person


@dataclass(frozen=True)
class Step:
    """One button: primary ones lead on, others need a reason or lead back."""

    verb: str
    label: "str | Promise"
    icon: str
    primary: bool = False
    reason: bool = False
    done: "str | Promise" = ""
    confirm: "str | Promise" = ""


STEPS = [
    Step("submit", _("Submit for approval"), "send", primary=True, done=_("Submitted for approval.")),
    Step(
        "approve",
        pgettext_lazy("document", "Approve"),
        "check",
        primary=True,
        done=pgettext_lazy("document", "Approved. It can be signed now."),
    ),
    Step("number", _("Give number and date"), "hash", primary=True, done=_("Number and date were given.")),
    Step(
        "issue",
        pgettext_lazy("document", "Issue"),
        "send",
        primary=True,
        done=_("Issued to the recipients."),
        confirm=_("After issuing nothing of the document can be changed. Issue it now?"),
    ),
    Step("withdraw", pgettext_lazy("document", "Take back"), "undo-2", done=_("Taken back to go on drafting.")),
    Step(
        "give_back",
        pgettext_lazy("document", "Return"),
        "corner-up-left",
        reason=True,
        done=_("Returned to its drafter."),
    ),
    Step("void", _("Void the number"), "ban", reason=True, done=_("The number was voided; the reason is kept.")),
    Step("cancel", _("Cancel the document"), "trash-2", reason=True, done=pgettext_lazy("document", "Cancelled.")),
]
BY_VERB = {step.verb: step for step in STEPS}


@dataclass(frozen=True)
class OfferedStep:
    """A step as this person sees it now."""

    step: Step
    verdict: Verdict
    form: ReasonForm | None


def steps_for(user: User, row: OutgoingDocument) -> list[OfferedStep]:
    """Return the steps of the present state that are this person's, in the order of the road."""
    possible = {move.verb for move in OUTGOING.verbs(row.state)}
    offered = [(step, rules.may(user, row, step.verb)) for step in STEPS if step.verb in possible]
    return [
        OfferedStep(step, _complete(step, row), ReasonForm(prefix=step.verb) if step.reason else None)
        for step, verdict in offered
        if verdict
    ]


def _complete(step: Step, row: OutgoingDocument) -> Verdict:
    """A step that is the person's may still wait for something."""
    return rules.issuable(row.version) if step.verb == "issue" else YES


@login_required
@require_POST
def take_step(request: HttpRequest, public_id: UUID, verb: str) -> HttpResponse:
    """Do one step and return to the document."""
    user, step = person(request), BY_VERB.get(verb)
    if step is None:
        raise Http404
    row = get_visible_outgoing(user, public_id)
    rules.may(user, row, verb).require()
    try:
        DOERS[verb](row, user, request)
        messages.success(request, str(step.done))
    except Refused as refusal:
        messages.error(request, refusal.text)
    return redirect("documents:outgoing", public_id)


def _reason(request: HttpRequest, verb: str) -> str:
    return request.POST.get(f"{verb}-reason", "")


def _revision(request: HttpRequest) -> int:
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _submit(row: OutgoingDocument, user: User, request: HttpRequest) -> None:
    submit_draft(row, revision=_revision(request), by=user, at=timezone.now())


def _approve(row: OutgoingDocument, user: User, request: HttpRequest) -> None:
    outgoing.approve(row, revision=_revision(request), by=user, at=timezone.now())


def _withdraw(row: OutgoingDocument, user: User, request: HttpRequest) -> None:
    outgoing.withdraw(row, by=user, at=timezone.now())


def _give_back(row: OutgoingDocument, user: User, request: HttpRequest) -> None:
    outgoing.give_back(row, reason=_reason(request, "give_back"), by=user, at=timezone.now())


def _cancel(row: OutgoingDocument, user: User, request: HttpRequest) -> None:
    outgoing.cancel(row, reason=_reason(request, "cancel"), by=user, at=timezone.now())


def _number(row: OutgoingDocument, user: User, request: HttpRequest) -> None:
    register.allocate(row, by=user, at=timezone.now())


def _void(row: OutgoingDocument, user: User, request: HttpRequest) -> None:
    register.void(row, reason=_reason(request, "void"), by=user, at=timezone.now())


def _issue(row: OutgoingDocument, user: User, request: HttpRequest) -> None:
    exchange.issue(row, by=user, at=timezone.now())


DOERS: dict[str, Callable[[OutgoingDocument, User, HttpRequest], None]] = {
    "submit": _submit,
    "approve": _approve,
    "withdraw": _withdraw,
    "give_back": _give_back,
    "cancel": _cancel,
    "number": _number,
    "void": _void,
    "issue": _issue,
}
