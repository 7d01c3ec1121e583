"""The catalogue of titles of office."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.actions import positions
from people.catalogue import administered_positions, get_own_position
from people.forms import AddPositionForm, PositionForm
from people.queries import administered_agencies, administered_ids
from people.views.doors import administrators, done, person

READ_OR_POST = ["GET", "HEAD", "POST"]


@administrators
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The titles in use in my agencies, in the order of lists."""
    user = person(request)
    context = {"positions": administered_positions(user), "own": administered_ids(user)}
    return render(request, "people/positions.html", context)


@administrators
@require_http_methods(READ_OR_POST)
def add(request: HttpRequest) -> HttpResponse:
    """Enter a title."""
    user = person(request)
    form = AddPositionForm(request.POST or None)
    living = administered_agencies(user).filter(dissolved_on__isnull=True)
    form.fields["agency"].queryset = living  # type: ignore[attr-defined]

    def enter() -> object:
        facts = dict(form.cleaned_data)
        return positions.add(facts.pop("agency"), **facts, by=user, at=timezone.now())

    if request.method == "POST" and done(form, enter):
        messages.success(request, _("The title has been entered."))
        return redirect("people:positions")
    return page(request, form, _("Add a title"), _("Add title"))


@administrators
@require_http_methods(READ_OR_POST)
def edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Correct a title."""
    user = person(request)
    position = get_own_position(user, public_id)
    kept = {key: getattr(position, key) for key in ("name", "rank", "role", "revision")}
    form = PositionForm(request.POST or None, initial=kept)
    if request.method == "POST" and done(
        form, lambda: positions.edit(position, **form.cleaned_data, by=user, at=timezone.now()), kept
    ):
        messages.success(request, _("The title has been saved."))
        return redirect("people:positions")
    return page(request, form, _("Edit title"), _("Save"))


@administrators
@require_POST
def remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a title out of the catalogue."""
    user = person(request)
    retired = positions.remove(get_own_position(user, public_id), by=user, at=timezone.now())
    words = _("The title is not offered any more; posts that bear it keep it.") if retired else _("The title is gone.")
    messages.success(request, words)
    return redirect("people:positions")


def page(request: HttpRequest, form: object, heading: str, verb: str) -> HttpResponse:
    """Show a form about a title."""
    context = {"form": form, "heading": heading, "verb": verb}
    return render(request, "people/position_form.html", context, status=422 if request.method == "POST" else 200)
