"""Sharing a document and entrusting a register: the card beside them, and what its buttons do."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from documents import rules
from documents.actions import grants
from documents.content import tidy
from documents.granted import keepers_of, readers_of
from documents.models import Book, Document
from documents.panels import INCOMING, OUTGOING, VERSION, Panel, register_panel
from documents.queries import get_visible_book, get_visible_document
from ledger.verdict import Unseen
from people.models import User
from people.queries import directory, get_directory_user, only
from people.requests import person

FOUND = 12


@dataclass(frozen=True)
class Card:
    """The people something is granted to, and the addresses of its buttons."""

    people: "QuerySet[Any]"
    page: str
    find: str
    add: str
    remove: str
    label: "str | Promise"
    nobody: "str | Promise"
    confirm: "str | Promise"
    series: str = ""


def document_card(document: Document) -> Card:
    """Return the card of a document."""
    named = [document.public_id]
    return Card(
        people=readers_of(document),
        page=reverse("documents:document", args=named),
        find=reverse("documents:find_reader", args=named),
        add=reverse("documents:share", args=named),
        remove=reverse("documents:unshare", args=named),
        label=_("Share with"),
        nobody=_("Shared with nobody yet."),
        confirm=_("Stop sharing? The person can no longer read or find the document by it."),
    )


def book_card(book: Book) -> Card:
    """Return the card of a register."""
    named = [book.agency.public_id, book.direction, book.year]
    series = f"?{urlencode({'series': book.series})}"
    return Card(
        people=keepers_of(book),
        page=reverse("documents:register", args=named) + series,
        find=reverse("documents:find_keeper", args=named),
        add=reverse("documents:entrust_book", args=named) + series,
        remove=reverse("documents:take_back_book", args=named) + series,
        label=_("Entrust the register to"),
        nobody=_("Entrusted to nobody yet."),
        confirm=_("Take the register back? The person can no longer read it by this."),
        series=book.series,
    )


def panel_context(request: HttpRequest, shown: Any) -> dict[str, Any] | None:
    """Return the card of the document a page shows, or None for whoever may not share it."""
    document = shown.document
    return {"card": document_card(document)} if rules.may_share(person(request), document) else None


def hang() -> None:
    """Put the card beside every document; called once at start-up."""
    title = pgettext_lazy("document", "Sharing")
    panel = Panel("sharing", title, "user-plus", "documents/grants_card.html", panel_context, order=90)
    for page in (OUTGOING, INCOMING, VERSION):
        register_panel(page, panel)


@login_required
@require_GET
def find_reader(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Find people to share the document with, by name or agency."""
    user = person(request)
    document = get_visible_document(user, public_id)
    rules.may_share(user, document).require()
    return _found(request, user, document_card(document))


@login_required
@require_POST
def share(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Share the document with a person of the directory."""
    user = person(request)
    document = get_visible_document(user, public_id)
    whom = get_directory_user(user, _asked(request))
    grants.share(document, user=whom, by=user, at=timezone.now())
    return _answered(request, document_card(document))


@login_required
@require_POST
def unshare(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Stop sharing the document with a person."""
    user = person(request)
    document = get_visible_document(user, public_id)
    card = document_card(document)
    rules.may_share(user, document).require()
    grants.unshare(document, user=_granted(request, card), by=user, at=timezone.now())
    return _answered(request, card)


@login_required
@require_GET
def find_keeper(request: HttpRequest, agency: UUID, direction: str, year: int) -> HttpResponse:
    """Find people to entrust the register to, by name or agency."""
    user, book = _opened(request, agency, direction, year)
    rules.may_entrust(user, book).require()
    return _found(request, user, book_card(book))


@login_required
@require_POST
def entrust_book(request: HttpRequest, agency: UUID, direction: str, year: int) -> HttpResponse:
    """Entrust the register to a person of the directory."""
    user, book = _opened(request, agency, direction, year)
    whom = get_directory_user(user, _asked(request))
    grants.entrust_book(book, user=whom, by=user, at=timezone.now())
    return _answered(request, book_card(book))


@login_required
@require_POST
def take_back_book(request: HttpRequest, agency: UUID, direction: str, year: int) -> HttpResponse:
    """Take the register back from a person."""
    user, book = _opened(request, agency, direction, year)
    card = book_card(book)
    rules.may_entrust(user, book).require()
    grants.take_back_book(book, user=_granted(request, card), by=user, at=timezone.now())
    return _answered(request, card)


def _opened(request: HttpRequest, agency: UUID, direction: str, year: int) -> tuple[User, Book]:
    user, series = person(request), request.GET.get("series", "general")
    return user, get_visible_book(user, agency, direction=direction, year=year, series=series)


def _asked(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("user", ""))
    except ValueError as error:
        raise Unseen from error


def _granted(request: HttpRequest, card: Card) -> User:
    """Return the person asked for among those of the card: also one who has left the directory."""
    found: User = only(card.people.filter(user__public_id=_asked(request))).user
    return found


def _found(request: HttpRequest, user: User, card: Card) -> HttpResponse:
    words = tidy(request.GET.get("q", ""))[:100]
    others = directory(user, words).exclude(user=user).exclude(user__in=card.people.values("user"))
    context = {"found": others[:FOUND] if words else [], "card": card, "q": words}
    return render(request, "documents/grants_found.html", context)


def _answered(request: HttpRequest, card: Card) -> HttpResponse:
    """Show the people again, or go back to the page."""
    if request.headers.get("HX-Request") == "true":
        return render(request, "documents/grants_people.html", {"card": card})
    return redirect(card.page)
