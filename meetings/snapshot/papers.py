"""Papers, and those laid for groups of participants."""

from documents.protection import is_marked
from meetings.models import Meeting, Paper
from meetings.queries.room import group_papers
from meetings.snapshot.views import CHAIR, GUEST, Data, moment
from people.models import User


def paper_data(paper: Paper) -> Data:
    """Return one paper with its newest version."""
    version = list(paper.document.versions.all())[-1]
    return {
        "item": str(paper.item.public_id),
        "position": paper.position,
        "title": paper.document.title,
        "document": str(paper.document.public_id),
        "version": version.number,
        "pages": version.pages,
        "guests": paper.guests_may_read,
        "supplement": True if paper.supplement else None,
        "changed_at": moment(paper.changed_at),
        "change_note": paper.change_note or None,
        "protection": paper.document.protection if is_marked(paper.document) else None,
    }


def paper_for(paper: Paper, view: str) -> Data | None:
    """Return the paper as that view has it: only chair and secretary share what is hidden or for some groups."""
    if view != CHAIR and (paper.item.hidden or paper.groups.all()):
        return None
    return None if view == GUEST and not paper.guests_may_read else paper_data(paper)


def own_papers(meeting: Meeting, user: User) -> Data:
    """Return the papers laid for groups the person is in."""
    return {str(paper.public_id): paper_data(paper) for paper in group_papers(meeting, user)}
