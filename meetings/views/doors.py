"""How a page is opened, and how a step on it is answered: a part for htmx, the page again for everybody else."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ledger.verdict import Refused
from meetings.forms.outcome import ReasonForm
from meetings.models import Meeting
from meetings.pages import meeting_page
from meetings.queries.visible import get_visible_meeting
from people.models import User
from people.requests import person

OK = 200


def opened(request: HttpRequest, public_id: UUID) -> tuple[User, Meeting]:
    """Return who asks, and the meeting if it exists for them."""
    user = person(request)
    return user, get_visible_meeting(user, public_id)


def answered(request: HttpRequest, meeting: Meeting, part: str, *, status: int = OK, **extra: Any) -> HttpResponse:
    """Show the part of the page that changed, with anything `extra` it is to say, or go back to the page.

    What went wrong is shown without a script too: the whole page then says it.
    """
    user = person(request)
    if request.headers.get("HX-Request") == "true":
        context = meeting_page(user, get_visible_meeting(user, meeting.public_id)) | extra
        return render(request, f"meetings/parts/{part}.html", context, status=status)
    if status != OK:
        context = meeting_page(user, get_visible_meeting(user, meeting.public_id)) | extra
        return render(request, "meetings/detail.html", context | {"reason_form": ReasonForm()}, status=status)
    return redirect(f"{page_of(meeting)}#{part}")


def page_of(meeting: Meeting) -> str:
    """Return the address of the meeting's page."""
    return f"/meetings/{meeting.public_id}/"


def valid(form: Any) -> Any:
    """Return the form when it is filled in rightly, or refuse with its first error."""
    if form.is_valid():
        return form
    field, errors = next(iter(form.errors.items()))
    label = form.fields[field].label if field in form.fields else ""
    raise Refused("form_invalid", field=label or field, error=errors[0])


def done(form: Any, work: Callable[[], Any]) -> Any:
    """Do the work if the form is valid; a refusal becomes an error of the form and the answer is None."""
    if not form.is_valid():
        return None
    try:
        return work()
    except Refused as refused:
        form.add_error(None, refused.text)
        return None


def is_uuid(text: str) -> bool:
    """Can this be an id?"""
    try:
        UUID(text)
    except ValueError:
        return False
    return True
