"""Cover and contents as the typesetter's data; how many pages they take decides where everything else begins."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pikepdf
from django.utils.translation import gettext as _

from documents.typeset.typeset import render
from meetings.book.contents import BookItem, papers_in
from meetings.labels import kind_name
from meetings.minutes.words import day_in_words, moment_in_words
from meetings.models import Meeting
from people.models import User

TRIES = 4


def front(meeting: Meeting, items: list[BookItem], user: User, *, notes: str, at: datetime) -> bytes:
    """Return cover and contents; every paper knows then on which page it starts."""
    pages = 2
    for _try in range(TRIES):
        place(items, after=pages)
        pdf = render("book", data(meeting, items, user, notes=notes, at=at), at=at.astimezone(UTC)).pdf
        made = page_count(pdf)
        if made == pages:
            return pdf
        pages = made
    raise ValueError("the contents never fit their own page numbers")


def place(items: list[BookItem], *, after: int) -> None:
    """Give every paper its first page."""
    start = after + 1
    for paper in papers_in(items):
        paper.start = start
        start += paper.pages


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    with pikepdf.open(BytesIO(pdf)) as made:
        return len(made.pages)


def data(meeting: Meeting, items: list[BookItem], user: User, *, notes: str, at: datetime) -> dict[str, Any]:
    """Return what the template sets."""
    agency = meeting.agency
    return {
        "title": _("Meeting book: %(title)s") % {"title": meeting.title},
        "author": agency.name,
        "governing": agency.superior_name,
        "agency": agency.name,
        "kind": kind_name(meeting),
        "subject": meeting.title,
        "when": moment_in_words(meeting.starts_at),
        "where": meeting.where,
        "reader": user.full_name,
        "made": day_in_words(at),
        "noted": _("With notes of the reader.") if notes else "",
        "items": [lines_of(item) for item in items],
    }


def lines_of(item: BookItem) -> dict[str, Any]:
    """Return one item of the contents with its papers."""
    papers = [{"title": one.title, "pages": one.pages, "start": one.start, "lost": one.lost} for one in item.papers]
    words = {"number": item.number, "title": item.title, "depth": item.depth, "presenter": item.presenter}
    return {**words, "papers": papers}
