"""Who of those who may read a paper has opened its newest version."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from documents.models import Document
from documents.openings import newest_opened
from meetings.models import Meeting, Paper, Participant
from meetings.queries.room import roll_of
from meetings.rules.meeting import CONDUCTING
from people.models import User


@dataclass(frozen=True)
class Reading:
    """The readers of one paper: of the newest version, of an older one only, and those who have not opened it."""

    paper: Paper
    version: int
    read: list[Participant] = field(default_factory=list)
    older: list[Participant] = field(default_factory=list)
    unread: list[Participant] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many may read it."""
        return len(self.read) + len(self.older) + len(self.unread)


def is_read_for_a_meeting(user: User, document: Document) -> bool:
    """Is the document a paper of a meeting the person takes part in? Then its chair may ask whether it was opened."""
    laid = {"meeting__items__papers__document": document, "meeting__items__papers__state": "laid"}
    return Participant.objects.filter(user=user, removed_at__isnull=True, **laid).exists()


def readers_of(paper: Paper, places: Sequence[Participant], groups: dict[int, set[int]]) -> list[Participant]:
    """Return the participants who may read the paper, as `meetings/audiences.py` says; `groups`: people by group."""
    wanted = [group.pk for group in paper.groups.all()]
    inside = set().union(*(groups.get(group, set()) for group in wanted)) if wanted else set()

    def may_read(place: Participant) -> bool:
        if place.role in CONDUCTING:
            return True
        if paper.item.hidden or (wanted and place.pk not in inside):
            return False
        return bool(wanted) or place.role != Participant.Role.GUEST or paper.guests_may_read

    return [place for place in places if may_read(place)]


def reading_of(meeting: Meeting, papers: Sequence[Paper] | None = None) -> dict[int, Reading]:
    """Return the reading of each laid paper by its key; a constant number of queries."""
    laid = Paper.objects.filter(item__meeting=meeting, state="laid") if papers is None else papers_again(papers)
    laid = laid.select_related("item", "document").prefetch_related("document__versions", "groups")
    found = list(laid.order_by("item__position", "position", "pk"))
    places = list(roll_of(meeting))
    groups = people_by_group(meeting)
    opened = newest_opened(paper.document_id for paper in found)
    return {paper.pk: sorted_out(paper, readers_of(paper, places, groups), opened) for paper in found}


def papers_again(papers: Sequence[Paper]) -> QuerySet[Paper]:
    """Return the papers as a query."""
    return Paper.objects.filter(pk__in=[paper.pk for paper in papers], state="laid")


def people_by_group(meeting: Meeting) -> dict[int, set[int]]:
    """Return who belongs to each group of the meeting."""
    found: dict[int, set[int]] = {}
    for group, place in meeting.groups.filter(people__isnull=False).values_list("pk", "people"):
        found.setdefault(group, set()).add(place)
    return found


def sorted_out(paper: Paper, readers: list[Participant], opened: dict[tuple[int, int], int]) -> Reading:
    """Return who has read the newest version, who an older one, who nothing."""
    newest = max((version.number for version in paper.document.versions.all()), default=0)
    reading = Reading(paper, newest)
    for place in readers:
        number = opened.get((paper.document_id, place.user_id), 0)
        kept = reading.read if number == newest else reading.older if number else reading.unread
        kept.append(place)
    return reading
