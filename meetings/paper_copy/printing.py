"""Printing on request: typeset and bound outside any transaction, kept in the store for a day, recorded."""

import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.utils import translation

from documents.blobs.protocol import file_sha256
from documents.blobs.store import blob_store
from documents.typeset.typeset import render
from meetings.actions.paper_copy import record_copy
from meetings.drafting import DOCUMENT_LANGUAGE
from meetings.models import Meeting
from meetings.paper_copy.binding import bind, papers_for_all
from meetings.paper_copy.sheets import PAPERS, Choice, sheets_data
from meetings.rules.meeting import may
from people.models import User


@dataclass(frozen=True)
class Printed:
    """The copy in the store."""

    sha256: str
    size: int


def made_pages(meeting: Meeting, choice: Choice, *, at: datetime) -> bytes:
    """Return roll, agenda and ballots as one PDF/A."""
    with translation.override(DOCUMENT_LANGUAGE):
        return render("paper_copy", sheets_data(meeting, choice, at=at), at=at.astimezone(UTC)).pdf


def print_copy(meeting: Meeting, choice: Choice, *, by: User, at: datetime) -> Printed:
    """Make the copy as asked; the chain remembers who had what printed."""
    may(by, meeting, "print_paper").require()
    only_papers = choice.parts == (PAPERS,)
    pdf = None if only_papers else made_pages(meeting, choice, at=at)
    sheets = papers_for_all(meeting) if PAPERS in choice.parts else []
    if not sheets and pdf is None:
        pdf = made_pages(meeting, choice, at=at)
    with tempfile.TemporaryDirectory(prefix="nghisu-print-") as name:
        path = bind(meeting, pdf, sheets, Path(name), at=at)
        printed = Printed(file_sha256(path), path.stat().st_size)
        blob_store().put(path, printed.sha256, printed.size)
    record_copy(meeting, parts=choice.parts, papers=len(sheets), sha256=printed.sha256, by=by, at=at)
    return printed
