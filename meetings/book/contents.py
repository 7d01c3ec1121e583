"""What goes into the book of one person: the agenda they see, its papers, and why some are left out."""

from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from documents.models import Version
from documents.rules import may_take_bytes
from meetings.models import Meeting, Paper
from meetings.outline import labels
from meetings.queries.room import with_versions
from meetings.queries.visible import visible_items, visible_papers
from people.models import User


@dataclass
class BookPaper:
    """One paper on its way into the book; `lost` says why it is left out, `start` is its first page, from 1."""

    document: UUID
    title: str
    version: Version
    lost: str = ""
    pages: int = 0
    start: int = 0


@dataclass
class BookItem:
    """One item of the agenda with its papers."""

    number: str
    title: str
    depth: int
    presenter: str
    papers: list[BookPaper] = field(default_factory=list)


def book_items(user: User, meeting: Meeting) -> list[BookItem]:
    """Return the agenda as the person sees it, each item with its papers in order."""
    items = list(visible_items(user, meeting).order_by("position"))
    papers: dict[int, list[BookPaper]] = {}
    files = ("document__versions__original", "document__versions__rendition")
    with_files = with_versions(visible_papers(user, meeting)).prefetch_related(*files)
    for paper in with_files.order_by("position", "pk"):
        papers.setdefault(paper.item_id, []).append(book_paper(paper))
    numbers = labels([item.depth for item in items])
    return [
        BookItem(number, item.title, item.depth, item.presenter, papers.get(item.pk, []))
        for number, item in zip(numbers, items, strict=True)
    ]


def book_paper(paper: Paper) -> BookPaper:
    """Return a paper's newest version, or why the person cannot take it along."""
    version = list(paper.document.versions.all())[-1]
    lost = ""
    if version.rendition.purged_at:
        lost = _("destroyed by decision")
    elif not may_take_bytes(paper.document):
        lost = _("to be read on the screen only")
    return BookPaper(paper.document.public_id, paper.document.title, version, lost)


def papers_in(items: list[BookItem]) -> list[BookPaper]:
    """Return the papers that go in, in order."""
    return [paper for item in items for paper in item.papers if not paper.lost]
