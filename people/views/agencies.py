"""Administration of agencies: the tree, one agency, its steps."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people import rules
from people.actions import agencies
from people.catalogue import by_rank
from people.forms import AgencyForm, DissolveForm, EditAgencyForm, FoundAgencyForm, PlaceForm
from people.models import Agency, User
from people.organisation import tree_of
from people.queries import administered_agencies, get_administered_agency, parents, posts_of_agency
from people.views.doors import administrators, done, person

PER_PAGE = 50
READ_OR_POST = ["GET", "HEAD", "POST"]


@administrators
@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    """The agencies I administer, as a tree."""
    return render(request, "people/agencies.html", {"roots": tree_of(person(request))})


@administrators
@require_safe
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One agency: what its documents print, where it stands, who works there."""
    user = person(request)
    agency = get_administered_agency(user, public_id)
    above = Agency.objects.filter(pk__in=parents([agency.pk]).values()).first()
    context = {
        "agency": agency,
        "above": above,
        "page": Paginator(by_rank(posts_of_agency(agency.pk)), PER_PAGE).get_page(request.GET.get("page")),
        "may_change": rules.may_change_agency(user, agency),
        "may_dissolve": rules.may_dissolve(user, agency, None),
    }
    return render(request, "people/agency.html", context)


@administrators
@require_http_methods(READ_OR_POST)
def found(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Found an agency under this one."""
    user = person(request)
    parent = get_administered_agency(user, public_id)
    form = FoundAgencyForm(request.POST or None)
    made = request.method == "POST" and done(
        form, lambda: agencies.create(**form.cleaned_data, parent=parent, by=user, at=timezone.now())
    )
    if made:
        messages.success(request, _("The agency has been added."))
        return redirect("people:agency", made.public_id)
    return page(request, form, parent, _("Add an agency under %(name)s") % {"name": parent.name}, _("Add agency"))


@administrators
@require_http_methods(READ_OR_POST)
def rename(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change what the agency's documents print."""
    user = person(request)
    agency = get_administered_agency(user, public_id)
    kept = {name: getattr(agency, name) for name in (*AgencyForm.Meta.fields, "revision")}
    form = EditAgencyForm(request.POST or None, initial=kept)
    if request.method == "POST" and done(
        form, lambda: agencies.rename(agency, **form.cleaned_data, by=user, at=timezone.now()), kept
    ):
        messages.success(request, _("The agency has been saved."))
        return redirect("people:agency", agency.public_id)
    return page(request, form, agency, _("Edit agency"), _("Save"))


@administrators
@require_http_methods(READ_OR_POST)
def place(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Move the agency under another one."""
    user = person(request)
    agency = get_administered_agency(user, public_id)
    form = PlaceForm(request.POST or None)
    form.fields["parent"].queryset = others(user, agency)  # type: ignore[attr-defined]

    def move() -> bool:
        agencies.place_under(agency, **form.cleaned_data, by=user, at=timezone.now())
        return True

    if request.method == "POST" and done(form, move):
        messages.success(request, _("The agency has been moved."))
        return redirect("people:agency", agency.public_id)
    return page(request, form, agency, _("Move agency"), _("Move agency"))


@administrators
@require_http_methods(READ_OR_POST)
def dissolve(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Dissolve the agency in favour of another one."""
    user = person(request)
    agency = get_administered_agency(user, public_id)
    form = DissolveForm(request.POST or None)
    form.fields["successor"].queryset = others(user, agency)  # type: ignore[attr-defined]
    if request.method == "POST" and done(
        form, lambda: agencies.dissolve(agency, **form.cleaned_data, by=user, at=timezone.now())
    ):
        messages.success(request, _("The agency has been dissolved. It can still be read."))
        return redirect("people:agency", agency.public_id)
    return page(request, form, agency, _("Dissolve agency"), _("Dissolve"))


def others(user: User, agency: Agency) -> QuerySet[Agency]:
    """Return the living agencies the person administers, but this one."""
    return administered_agencies(user).filter(dissolved_on__isnull=True).exclude(pk=agency.pk)


def page(request: HttpRequest, form: object, agency: Agency, heading: str, verb: str) -> HttpResponse:
    """Show a form about an agency."""
    context = {"form": form, "agency": agency, "heading": heading, "verb": verb}
    status = 422 if request.method == "POST" else 200
    return render(request, "people/agency_form.html", context, status=status)
