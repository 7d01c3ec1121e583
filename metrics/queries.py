"""Reading figures: the agencies a person may read, and the objects behind a figure that they may open."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from documents.queries import visible_outgoing
from ledger.models import Fact
from ledger.verdict import Unseen
from meetings.queries import visible_meetings
from metrics.models import Snapshot
from people.models import Agency, User
from people.queries import posts_of


@dataclass(frozen=True)
class Evidence:
    """One object a figure counts; `url` is empty where this person may not open it."""

    object_id: UUID
    title: str
    url: str
    day: date


def visible_figure_agencies(user: User) -> QuerySet[Agency]:
    """Return the agencies whose figures the person may read."""
    return Agency.objects.filter(pk__in={post.agency_id for post in posts_of(user)})


def get_visible_figure_agency(user: User, code: str) -> Agency:
    """Return one of them by its code."""
    agency = visible_figure_agencies(user).filter(code=code).first()
    if agency is None:
        raise Unseen(code)
    return agency


def visible_snapshots(user: User) -> QuerySet[Snapshot]:
    """Return the frozen figures of the person's agencies."""
    return Snapshot.objects.filter(agency__in=visible_figure_agencies(user)).select_related("agency", "taken_by")


def evidence(user: User, facts: list[Fact]) -> list[Evidence]:
    """Return what the facts are about, one query per kind of object."""
    names = _names(user, facts)
    return [Evidence(fact.object_id, *names.get(fact.object_id, ("", "")), fact.day) for fact in facts]


def _names(user: User, facts: list[Fact]) -> dict[UUID, tuple[str, str]]:
    """Return (title, url) of every object the person may open."""
    ids = {fact.object_id for fact in facts}
    documents = visible_outgoing(user).filter(public_id__in=ids)
    meetings = visible_meetings(user).filter(public_id__in=ids)
    named = {row.public_id: (f"{row.symbol} {row.subject}".strip(), row.get_absolute_url()) for row in documents}
    return named | {row.public_id: (row.title, row.get_absolute_url()) for row in meetings}
