"""Reading figures: the agencies a person may read, and the objects behind a figure that they may open."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from documents.queries import visible_outgoing
from ledger.models import Fact
from meetings.queries.visible import visible_meetings
from metrics.models import Snapshot
from people.models import Agency, User
from people.queries import only, own_agencies


@dataclass(frozen=True)
class Evidence:
    """One object a figure counts; `url` is empty where this person may not open it."""

    object_id: UUID
    title: str
    url: str
    day: date | None = None


def visible_figure_agencies(user: User) -> QuerySet[Agency]:
    """Return the agencies whose figures the person may read."""
    return own_agencies(user)


def get_visible_figure_agency(user: User, code: str) -> Agency:
    """Return one of them by its code."""
    return only(visible_figure_agencies(user).filter(code=code))


def visible_snapshots(user: User) -> QuerySet[Snapshot]:
    """Return the frozen figures of the person's agencies."""
    return Snapshot.objects.filter(agency__in=visible_figure_agencies(user)).select_related("agency", "taken_by")


def get_visible_snapshot(user: User, public_id: UUID) -> Snapshot:
    """Return one frozen figure, or raise `Unseen`."""
    return only(visible_snapshots(user).filter(public_id=public_id))


def evidence(user: User, facts: Collection[Fact]) -> list[Evidence]:
    """Return what the facts are about, one query per kind of object."""
    names = _names(user, {fact.object_id for fact in facts})
    return [Evidence(fact.object_id, *names.get(fact.object_id, ("", "")), fact.day) for fact in facts]


def listed_evidence(user: User, ids: Iterable[str]) -> list[Evidence]:
    """Return the objects of a frozen list."""
    wanted = [UUID(text) for text in ids]
    names = _names(user, set(wanted))
    return [Evidence(object_id, *names.get(object_id, ("", ""))) for object_id in wanted]


def _names(user: User, ids: set[UUID]) -> dict[UUID, tuple[str, str]]:
    """Return (title, url) of every object the person may open."""
    documents = visible_outgoing(user).filter(public_id__in=ids)
    meetings = visible_meetings(user).filter(public_id__in=ids)
    named = {
        row.public_id: (
            f"{row.symbol} {row.document.title}".strip(),
            reverse("documents:outgoing", args=[row.public_id]),
        )
        for row in documents
    }
    return named | {row.public_id: (row.title, reverse("meetings:detail", args=[row.public_id])) for row in meetings}
