"""What a person takes along for a meeting: agenda, papers they may read, their own notes, and until when."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Prefetch

from documents.manifest import viewer_document
from documents.models import Version
from documents.queries import versions_to_take, visible_documents
from documents.rules import may_take_bytes
from meetings.models import Meeting, NotebookEntry, Paper
from meetings.outline import labels
from meetings.queries.notebook import own_notes
from meetings.queries.visible import visible_items, visible_papers
from meetings.snapshot.views import moment, without_nulls
from people.models import User

Data = dict[str, Any]


def pack_of(user: User, meeting: Meeting) -> Data:
    """Return the pack of a meeting that exists for the person; a constant number of queries."""
    papers = papers_to_take(user, meeting)
    cleaned: Data = without_nulls(
        {
            "user": str(user.public_id),
            "name": user.full_name,
            "meeting": meeting_line(meeting),
            "until": moment(kept_until(meeting)),
            "agenda": agenda_lines(user, meeting),
            "papers": [paper_line(paper, version, user) for paper, version in papers],
            "notebook": [note_line(note) for note in own_notes(user, meeting)],
        }
    )
    return cleaned


def kept_until(meeting: Meeting) -> datetime:
    """Return when tablets throw the pack away by themselves, with or without a network."""
    return (meeting.closed_at or meeting.ends_at) + timedelta(days=settings.OFFLINE_KEPT_DAYS)


def meeting_line(meeting: Meeting) -> Data:
    """Return what the reading page says about the meeting."""
    return {
        "id": str(meeting.public_id),
        "title": meeting.title,
        "agency": meeting.agency.name,
        "state": meeting.state,
        "where": meeting.where or None,
        "starts_at": moment(meeting.starts_at),
        "ends_at": moment(meeting.ends_at),
    }


def agenda_lines(user: User, meeting: Meeting) -> list[Data]:
    """Return the agenda as the person sees it, numbered."""
    items = list(visible_items(user, meeting).select_related("owner_unit").order_by("position", "pk"))
    numbers = labels([item.depth for item in items])
    return [
        {
            "id": str(item.public_id),
            "label": number,
            "depth": item.depth,
            "title": item.title,
            "presenter": item.presenter or None,
            "owner": item.owner_unit.name if item.owner_unit else None,
            "minutes": item.minutes,
        }
        for item, number in zip(items, numbers, strict=True)
    ]


def papers_to_take(user: User, meeting: Meeting) -> list[tuple[Paper, Version]]:
    """Return the papers the person may read, each with its newest version, in agenda order."""
    papers = (
        visible_papers(user, meeting)
        .filter(document__in=visible_documents(user).order_by())
        .select_related("item", "document")
        .prefetch_related(Prefetch("document__versions", versions_to_take()))
        .order_by("item__position", "position", "pk")
    )
    return list(with_newest(papers))


def with_newest(papers: Iterable[Paper]) -> Iterable[tuple[Paper, Version]]:
    """Yield each paper with the version that holds, unless its file was destroyed."""
    for paper in papers:
        versions = list(paper.document.versions.all())
        if versions and versions[-1].rendition.purged_at is None:
            yield paper, versions[-1]


def paper_line(paper: Paper, version: Version, reader: User) -> Data:
    """Return one paper; one that is protected has no `url`: it is read with a connection only."""
    line = {
        "document": str(paper.document.public_id),
        "version": str(version.public_id),
        "number": version.number,
        "title": paper.document.title,
        "item": str(paper.item.public_id),
        "pages": version.pages,
        "size": version.rendition.size,
    }
    if not may_take_bytes(paper.document):
        return line
    version.document = paper.document  # whose versions were fetched along
    description = viewer_document(version, reader)
    return {**line, "sha256": version.rendition.sha256, "url": description["file"], "description": description}


def note_line(note: NotebookEntry) -> Data:
    """Return one note of the person's own notebook."""
    return {
        "id": str(note.public_id),
        "text": note.text,
        "revision": note.revision,
        "created_at": moment(note.created_at),
        "changed_at": moment(note.changed_at),
    }
