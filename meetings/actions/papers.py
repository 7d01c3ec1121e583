"""Papers before the meeting: laid, replaced, withdrawn; their files passed `documents.intake_gate` beforehand."""

from datetime import datetime

from django.db.models import Max

from documents.actions.access import set_audiences
from documents.actions.intake import add_version, take_in
from documents.models import Document
from documents.received import Received
from documents.rules import may_change_document
from ledger.door import action, nothing_changed
from ledger.verdict import Refused
from meetings.audiences import paper_audiences
from meetings.models import AgendaItem, Paper
from meetings.patches import Patch, announce
from meetings.queries.room import with_versions
from meetings.records import locked_item, locked_paper, note
from meetings.rules.agenda import may_with_paper
from meetings.rules.meeting import may
from meetings.snapshot import paper_for
from people.models import User
from people.queries import system_user


@action
def lay(
    item: AgendaItem, received: Received, *, title: str = "", guests_may_read: bool = True, by: User, at: datetime
) -> Paper:
    """Lay a received file before the meeting, under one item."""
    found = locked_item(item)
    if found is None:
        raise Refused("item_unknown")
    meeting = found.meeting
    may(by, meeting, "arrange").require()
    keys = paper_audiences(meeting, guests_may_read=guests_may_read)
    document = take_in(received, agency_id=meeting.agency_id, title=title, audiences=keys, by=by, at=at)
    last = found.papers.aggregate(last=Max("position"))["last"] or 0
    paper = Paper.objects.create(item=found, document=document, position=last + 1, guests_may_read=guests_may_read)
    data = {"document": str(document.public_id), "title": document.title, "guests": guests_may_read}
    note(meeting, "lay", by=by, at=at, about=paper, data=data, moved=("", "laid"))
    _announce(paper, "paper.laid", by=by, at=at)
    return paper


@action
def replace(paper: Paper, received: Received, *, by: User, at: datetime) -> Paper:
    """Lay a newer version of the paper; the older one stays in its document."""
    paper = locked_paper(paper)
    may_with_paper(by, paper, "replace").require()
    version = add_version(paper.document, received, by=_keeper(by, paper.document), at=at)
    note(paper.item.meeting, "replace", by=by, at=at, about=paper, data={"version": version.number})
    _announce(paper, "paper.replaced", by=by, at=at)
    return paper


@action
def open_to_guests(paper: Paper, *, guests_may_read: bool, by: User, at: datetime) -> None:
    """Let guests read the paper, or no longer."""
    paper = locked_paper(paper)
    may_with_paper(by, paper, "replace").require()
    if paper.guests_may_read == guests_may_read:
        return nothing_changed()
    paper.guests_may_read = guests_may_read
    paper.save(update_fields=["guests_may_read"])
    keys = paper_audiences(paper.item.meeting, guests_may_read=guests_may_read)
    set_audiences(paper.document, keys, by=_keeper(by, paper.document), at=at)
    note(paper.item.meeting, "open_to_guests", by=by, at=at, about=paper, data={"guests": guests_may_read})
    return _announce(paper, "paper.opened", by=by, at=at)


@action
def withdraw(paper: Paper, *, by: User, at: datetime) -> None:
    """Take the paper away from the meeting; it stays with the agency."""
    paper = locked_paper(paper)
    may_with_paper(by, paper, "withdraw").require()
    meeting = paper.item.meeting
    paper.state = "withdrawn"
    paper.save(update_fields=["state"])
    set_audiences(paper.document, [], by=_keeper(by, paper.document), at=at)
    data = {"title": paper.document.title}
    note(meeting, "withdraw", by=by, at=at, about=paper, data=data, moved=("laid", "withdrawn"))
    announce(meeting, "paper.withdrawn", lambda view: {"papers": {str(paper.public_id): None}}, by=by, at=at)


def _keeper(by: User, document: Document) -> User:
    """Return who changes the document: the meeting's right stands in for a secretary without a post in its agency."""
    return by if may_change_document(by, document) else system_user()


def _announce(paper: Paper, kind: str, *, by: User, at: datetime) -> None:
    """Publish the paper as it is now: guests get nothing of what they may not read."""
    fresh = with_versions(Paper.objects.filter(pk=paper.pk)).get()

    def patch(view: str) -> Patch:
        return {"papers": {str(paper.public_id): paper_for(fresh, view)}}

    announce(paper.item.meeting, kind, patch, by=by, at=at)
