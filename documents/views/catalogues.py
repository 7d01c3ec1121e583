"""The catalogues of documents: types, issuing bodies, starting numbers; for whoever keeps those of an agency."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from documents.actions import issuers as issuer_actions
from documents.actions import starts as start_actions
from documents.actions import types as type_actions
from documents.catalogue_forms import LEVELS, IssuerForm, PasteForm, StartForm, TypeForm
from documents.content import tidy
from documents.issuers import Wrong, get_kept_issuer, kept_issuers, pasted, senders_not_listed
from documents.models import Book, DocumentType
from documents.rights import CATALOGUES
from documents.typelist import example, in_force, new_code, past_and_coming, unused_codes
from ledger.verdict import Refused, Unseen
from people.models import Agency, User
from people.queries import agencies_with_right, living_among, only, today
from people.requests import person
from people.views.doors import done

READ_OR_POST = ["GET", "HEAD", "POST"]
PER_PAGE = 50


def keeps_catalogues(user: Any) -> bool:
    """Does the person keep the catalogues of any agency?"""
    return isinstance(user, User) and bool(agencies_with_right(user, CATALOGUES))


def kept(user: User) -> "QuerySet[Agency]":
    """Return the agencies whose catalogues the person keeps; nobody else knows of these pages."""
    agencies = living_among(agencies_with_right(user, CATALOGUES)).order_by("name")
    if not agencies:
        raise Unseen
    return agencies


def chosen(request: HttpRequest, agencies: "QuerySet[Agency]") -> Agency:
    """Return the agency asked for, else the first."""
    asked = request.GET.get("agency", "")
    return next((agency for agency in agencies if str(agency.public_id) == asked), agencies[0])


# --- types ---------------------------------------------------------------------------------------


@login_required
@require_GET
def types(request: HttpRequest) -> HttpResponse:
    """List the document types in force for an agency, or those of the past and to come."""
    agencies = kept(person(request))
    agency, past, day = chosen(request, agencies), request.GET.get("show") == "past", today()
    rows = past_and_coming(day, agency.pk) if past else in_force(day, agency.pk)
    unused = unused_codes(agency.pk)
    lines = [
        {"kind": kind, "example": example(kind, agency.abbreviation, day.year), "used": kind.code not in unused}
        for kind in rows
    ]
    context = {"lines": lines, "past": past, "agency": agency, "agencies": agencies, "day": day}
    return render(request, "documents/types.html", context)


@login_required
@require_http_methods(READ_OR_POST)
def set_type(request: HttpRequest, agency: UUID, code: str = "") -> HttpResponse:
    """Add a type, or give one a new wording from a day on."""
    user = person(request)
    owner = only(kept(user).filter(public_id=agency))
    kind = only(in_force(today(), owner.pk).filter(code=code)) if code else None
    form = TypeForm(request.POST or None, initial=_initial(kind))

    def begin() -> DocumentType:
        used = code or new_code(form.cleaned_data["name"], owner.pk)
        return type_actions.set_type(owner, code=used, **form.cleaned_data, by=user, at=timezone.now())

    if request.method == "POST" and done(form, begin):
        messages.success(request, _("The type has been entered."))
        return redirect(f"/documents/types/?agency={owner.public_id}")
    context = {"form": form, "kind": kind, "agency": owner}
    return render(request, "documents/type_form.html", context, status=422 if request.method == "POST" else 200)


def _initial(kind: DocumentType | None) -> dict[str, Any]:
    if kind is None:
        return {"effective_from": today()}
    fields = ("name", "abbreviation", "number_pattern")
    return {**{name: getattr(kind, name) for name in fields}, "effective_from": today()}


@login_required
@require_POST
def type_step(request: HttpRequest, agency: UUID, code: str, verb: str) -> HttpResponse:
    """Use a type, use it no longer, or end an own one."""
    user, now = person(request), timezone.now()
    owner = only(kept(user).filter(public_id=agency))
    try:
        if verb == "end":
            type_actions.end_type(owner, code=code, by=user, at=now)
        elif verb in ("use", "leave"):
            type_actions.use_type(owner, code=code, used=verb == "use", by=user, at=now)
        else:
            raise Unseen
        messages.success(request, _("Saved."))
    except Refused as refusal:
        messages.error(request, refusal.text)
    return redirect(f"/documents/types/?agency={owner.public_id}")


# --- issuing bodies ------------------------------------------------------------------------------


@login_required
@require_GET
def issuers(request: HttpRequest) -> HttpResponse:
    """List the bodies of the catalogue, found by words."""
    user = person(request)
    agencies = kept(user)
    text, retired = tidy(request.GET.get("q", ""))[:100], request.GET.get("show") == "retired"
    page = Paginator(kept_issuers(user, text, retired=retired), PER_PAGE).get_page(request.GET.get("page"))
    unknown = senders_not_listed(agencies[0].pk) if not text and not retired else []
    context = {"page": page, "q": text, "retired": retired, "levels": LEVELS, "unknown": unknown, "many": len(agencies)}
    return render(request, "documents/issuers.html", context)


@login_required
@require_http_methods(READ_OR_POST)
def add_issuer(request: HttpRequest) -> HttpResponse:
    """Enter a body."""
    user = person(request)
    agency = chosen(request, kept(user))
    form = IssuerForm(request.POST or None, initial={"name": request.GET.get("name", "")[:200]})

    def enter() -> Any:
        facts = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
        return issuer_actions.add(agency, **facts, by=user, at=timezone.now())

    if request.method == "POST" and done(form, enter):
        messages.success(request, _("The body has been entered."))
        return redirect("documents:issuers")
    return _issuer_page(request, form, _("Add an issuing body"))


@login_required
@require_http_methods(READ_OR_POST)
def edit_issuer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Correct a body; whoever saves second sees both texts."""
    user = person(request)
    issuer = get_kept_issuer(user, public_id)
    stored = {name: getattr(issuer, name) for name in (*issuer_actions.FIELDS, "revision")}
    form = IssuerForm(request.POST or None, initial=stored)

    def correct() -> Any:
        facts = dict(form.cleaned_data)
        revision = facts.pop("revision") or 0
        return issuer_actions.edit(issuer, revision=revision, **facts, by=user, at=timezone.now())

    if request.method == "POST" and done(form, correct, stored):
        messages.success(request, _("Saved."))
        return redirect("documents:issuers")
    return _issuer_page(request, form, issuer.name)


def _issuer_page(request: HttpRequest, form: IssuerForm | PasteForm, heading: str, **more: Any) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "documents/issuer_form.html", {"form": form, "heading": heading, **more}, status=status)


@login_required
@require_POST
def retire_issuer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Suggest a body no longer, or again."""
    user = person(request)
    issuer = get_kept_issuer(user, public_id)
    try:
        retired = request.POST.get("retired") == "yes"
        issuer_actions.set_retired(issuer, retired=retired, by=user, at=timezone.now())
        messages.success(request, _("Saved."))
    except Refused as refusal:
        messages.error(request, refusal.text)
    return redirect("documents:issuers")


@login_required
@require_http_methods(READ_OR_POST)
def paste_issuers(request: HttpRequest) -> HttpResponse:
    """Enter a list; when a line is wrong, nothing is entered and the list comes back with what is wrong."""
    user = person(request)
    agencies = kept(user)
    form = PasteForm(request.POST or None, initial={"agency": agencies[0].public_id})
    form.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
    wrong: list[Wrong] = []
    if request.method == "POST" and form.is_valid():
        lines, wrong = pasted(form.cleaned_data["lines"])
        if lines and not wrong:
            new = issuer_actions.paste(form.cleaned_data["agency"], lines, by=user, at=timezone.now())
            words = _("%(new)s entered, %(old)s were there already.") % {"new": new, "old": len(lines) - new}
            messages.success(request, words)
            return redirect("documents:issuers")
    return _issuer_page(request, form, _("Paste a list of bodies"), wrong=wrong)


# --- starting numbers ----------------------------------------------------------------------------


@login_required
@require_http_methods(READ_OR_POST)
def starts(request: HttpRequest) -> HttpResponse:
    """Show where the registers of this year began on paper, and set it."""
    user = person(request)
    agencies, year = kept(user), today().year
    form = StartForm(request.POST) if request.method == "POST" else None
    if form is not None and done(form, lambda: _set_start(form, agencies, user)):
        messages.success(request, _("The starting number has been set."))
        return redirect("documents:starts")
    errors = [error for found in form.errors.values() for error in found] if form else []
    context = {"lines": _starting_lines(agencies, year), "year": year, "errors": errors, "form": form}
    return render(request, "documents/starts.html", context, status=422 if form else 200)


def _set_start(form: StartForm, agencies: "QuerySet[Agency]", user: User) -> Book:
    facts = dict(form.cleaned_data)
    agency = only(agencies.filter(public_id=facts.pop("agency")))
    return start_actions.set_start(agency, **facts, by=user, at=timezone.now())


def _starting_lines(agencies: "QuerySet[Agency]", year: int) -> list[dict[str, Any]]:
    """Return a line for each register of this year, opened or not yet."""
    books = Book.objects.filter(agency__in=agencies, year=year, series="general").prefetch_related("paper_ranges")
    known = {(book.agency_id, book.direction): book for book in books}
    used = set(books.filter(numbers__isnull=False).values_list("pk", flat=True))
    pairs = [(agency, direction) for agency in agencies for direction in Book.Direction.values]
    lines = [(agency, direction, known.get((agency.pk, direction))) for agency, direction in pairs]
    return [
        {"agency": agency, "direction": direction, "book": book, "used": bool(book and book.pk in used)}
        for agency, direction, book in lines
    ]
