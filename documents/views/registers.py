"""The registers of outgoing and incoming documents, with the columns of Appendix IV of Decree 30, to be printed."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from documents import rules
from documents.models import Book
from documents.queries import get_visible_book, register_rows, visible_books
from documents.views.grants import book_card
from people.requests import person


@login_required
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """List the registers the person keeps or leads."""
    return render(request, "documents/register_list.html", {"books": visible_books(person(request))})


@login_required
@require_GET
def register(request: HttpRequest, agency: UUID, direction: str, year: int) -> HttpResponse:
    """Show one register as it is printed."""
    if direction not in Book.Direction.values:
        raise Http404
    series = request.GET.get("series", "general")
    user = person(request)
    book = get_visible_book(user, agency, direction=direction, year=year, series=series)
    leads = bool(rules.may_entrust(user, book))
    context = {
        "book": book,
        "rows": register_rows(book),
        "paper": book.paper_ranges.all(),
        "opens": leads,
        "card": book_card(book) if leads else None,
    }
    return render(request, f"documents/register_{direction}.html", context)
