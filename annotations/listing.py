"""A person's notes as a list to be printed: paper, page, what is quoted, what is said, what was answered."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise

from annotations.labels import KINDS
from annotations.models import Annotation, Reply
from annotations.queries import own_annotations, with_replies
from documents.models import Document
from people.models import User

MOST_LISTED = 1_000


@dataclass(frozen=True)
class Line:
    """One note as it is printed."""

    number: int
    page: int
    kind: Promise
    quote: str
    body: str
    name: str
    at: datetime
    replies: list[Reply]


@dataclass(frozen=True)
class Listed:
    """One paper with the notes on it; `place` says where it belongs."""

    title: str
    lines: list[Line]
    place: str = ""


def own_lines(user: User, documents: Iterable[Document]) -> tuple[dict[int, list[Line]], int]:
    """Return the person's own notes on these documents, by document, and how many more there are."""
    own = with_replies(own_annotations(user).filter(document__in=list(documents)))
    rows, rest = first_of(own.order_by("document", "version__number", "page", "order"))
    found: dict[int, list[Line]] = defaultdict(list)
    for row in rows:
        found[row.document_id].append(line(row))
    return found, rest


def lines_of(notes: QuerySet[Annotation]) -> tuple[list[Line], int]:
    """Return notes page by page, and how many more there are; their answers are fetched along."""
    rows, rest = first_of(notes.order_by("version__number", "page", "order"))
    return [line(row) for row in rows], rest


def first_of(notes: QuerySet[Annotation]) -> tuple[list[Annotation], int]:
    """Return as many notes as a page lists, and how many more there are."""
    rows = list(notes[:MOST_LISTED])
    return rows, notes.count() - len(rows) if len(rows) == MOST_LISTED else 0


def line(row: Annotation) -> Line:
    """Return one note as it is printed."""
    quote = (row.quote or {}).get("exact", "")
    answers: list[Reply] = sorted(row.answers, key=lambda one: one.created_at)  # type: ignore[attr-defined]
    return Line(
        row.version.number, row.page, KINDS[row.kind], quote, row.body, row.user.full_name, row.created_at, answers
    )
