"""One's own notes on the papers of a meeting, on one page to print."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from annotations.listing import Listed, own_lines
from meetings.book.contents import BookItem, book_items
from meetings.frame import frame
from meetings.models import Meeting
from meetings.views.doors import opened
from people.models import User


@login_required
@never_cache
@require_safe
def page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """List the notes paper by paper, in the order of the agenda."""
    user, meeting = opened(request, public_id)
    listed, rest = listed_for(user, meeting)
    shown = {"listed": listed, "rest": rest, "any": any(paper.lines for paper in listed)}
    context = {**frame(user, meeting, "noted"), **shown}
    return render(request, "meetings/noted.html", context)


def listed_for(user: User, meeting: Meeting) -> tuple[list[Listed], int]:
    """Return the papers the person reads with their own notes, and how many more notes there are on them.

    What they do not read any more is not there.
    """
    items = book_items(user, meeting)
    lines, rest = own_lines(user, [paper.version.document for item in items for paper in item.papers])
    listed = [
        Listed(paper.title, lines[paper.version.document_id], place_of(item)) for item in items for paper in item.papers
    ]
    return listed, rest


def place_of(item: BookItem) -> str:
    """Return where on the agenda a paper lies."""
    return f"{item.number}. {item.title}"
