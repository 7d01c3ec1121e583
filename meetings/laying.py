"""Steps inside the actions on papers: who changes a document, who reads it, and telling the room."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Max

from documents.actions.access import set_audiences
from documents.models import Document
from documents.rules import may_change_document, may_take_in
from meetings.audiences import paper_audiences
from meetings.models import AgendaItem, Paper, Participant
from meetings.paper_news import forget_lost
from meetings.patches import Patch, announce, tell
from meetings.queries.room import with_versions
from meetings.snapshot.papers import paper_data, paper_for
from people.models import User
from people.queries import system_user
from search.fold import composed


def keeper(by: User, document: Document) -> User:
    """Return who changes the document: the meeting's right stands in for somebody without a post in its agency."""
    return by if may_change_document(by, document) else system_user()


def bringer(by: User, agency_id: int) -> User:
    """Return who takes a file in: the meeting's right stands in for somebody without a post in its agency."""
    return by if may_take_in(by, agency_id) else system_user()


def next_place(item: AgendaItem) -> int:
    """Return the place after the last paper of the item."""
    return int(item.papers.aggregate(last=Max("position"))["last"] or 0) + 1


def in_groups(papers: Iterable[Paper]) -> dict[int, User]:
    """Return the people of the groups these papers are laid for."""
    inside = Participant.objects.filter(groups__papers__in=[paper.pk for paper in papers], removed_at__isnull=True)
    return {place.user_id: place.user for place in inside.select_related("user")}


def reread(paper: Paper, *, by: User, at: datetime) -> None:
    """Let exactly those read the laid paper who may now."""
    set_audiences(paper.document, paper_audiences(paper), by=keeper(by, paper.document), at=at)


def announce_paper(paper: Paper, kind: str, *, by: User, at: datetime, before: Iterable[User] = ()) -> None:
    """Publish the paper as it is now: each view what it may read, and people of its groups on their own streams.

    `before`: who had it by a group until now, and is told that it is gone unless they still have it.
    """
    fresh = with_versions(Paper.objects.filter(pk=paper.pk)).get()
    laid = fresh.state == "laid"

    def patch(view: str) -> Patch:
        return {"papers": {str(paper.public_id): paper_for(fresh, view) if laid else None}}

    announce(paper.item.meeting, kind, patch, by=by, at=at)
    now = in_groups([fresh])
    reading = set(now) if laid and not fresh.item.hidden else set()
    for user in {**{user.pk: user for user in before}, **now}.values():
        mine = {"papers": {str(paper.public_id): paper_data(fresh) if user.pk in reading else None}}
        tell(paper.item.meeting, user, kind, mine, by=by, at=at)


def keep_change(paper: Paper, change_note: str, changed_pages: Sequence[int], *, by: User, at: datetime) -> None:
    """Write down what the newest version changed, and when; inside an action."""
    paper.change_note, paper.changed_pages = composed(change_note).strip(), list(changed_pages)
    paper.changed_at = at if paper.item.meeting.published_at is not None else None
    paper.decided_by, paper.decided_at = by, at
    paper.save(update_fields=["change_note", "changed_pages", "changed_at", "decided_by", "decided_at"])


def refresh_audiences(item: AgendaItem, *, by: User, at: datetime) -> None:
    """Bring readers and room up to date after the item was hidden or shown; a step inside an action of the caller."""
    papers = Paper.objects.filter(item=item, state="laid").select_related("item__meeting__agency", "document")
    refresh_papers(papers, by=by, at=at)


def refresh_papers(papers: Iterable[Paper], *, before: Iterable[User] = (), by: User, at: datetime) -> None:
    """The same for any laid papers; `before`: who had them by a group until now."""
    had = list(before)
    for paper in papers:
        reread(paper, by=by, at=at)
        forget_lost(paper, at=at)
        announce_paper(paper, "paper.opened", by=by, at=at, before=had)
