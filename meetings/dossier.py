"""What a unit sees of one duty: the matter's title, the meeting's title and time, its own papers; nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from documents.models import Version
from meetings.labels import DUTY_STATES, PAPER_STATES
from meetings.models import Duty, Paper
from meetings.paper_history import HistoryLine, histories
from meetings.queries.duties import OPEN_STATES, papers_of_duty, with_states
from meetings.rules.agenda import may_in_table
from meetings.rules.duties import may_appoint, may_bring
from people.models import User
from people.queries import people_of_agency

VERBS = ("upload", "submit", "take_back", "discard", "propose")
UNIT = frozenset({"unit"})


@dataclass(frozen=True)
class UnitPaper:
    """One paper of the unit with its versions and how it came to where it stands."""

    paper: Paper
    state: "Promise | str"
    versions: list[Version]
    history: list[HistoryLine]
    can: dict[str, bool]


def colleagues(duty: Duty) -> QuerySet[User]:
    """Return the people of the unit a duty can be given to."""
    return people_of_agency(duty.agency_id)


def dossier(user: User, duty: Duty) -> dict[str, Any]:
    """Return what the page of a duty shows; a constant number of queries."""
    stands = with_states(Duty.objects.filter(pk=duty.pk)).get().stands  # type: ignore[attr-defined]
    papers = list(papers_of_duty(duty).prefetch_related("document__versions", "source__versions"))
    told = histories(papers)
    appoints = bool(may_appoint(user, duty))
    return {
        "duty": duty,
        "meeting": duty.item.meeting,
        "stands": stands,
        "state": DUTY_STATES[stands],
        "overdue": stands in OPEN_STATES and duty.due_at < timezone.now(),
        "papers": [unit_paper(paper, papers, told) for paper in papers],
        "may_bring": bool(may_bring(user, duty)),
        "may_appoint": appoints,
        "in_charge": set(duty.people.values_list("pk", flat=True)),
        "colleagues": list(colleagues(duty)) if appoints else [],
        "people": list(duty.people.all()),
        "tell_change": duty.item.meeting.published_at is not None,
    }


def unit_paper(paper: Paper, papers: Iterable[Paper], told: dict[UUID, list[HistoryLine]]) -> UnitPaper:
    """Return one paper's part of the page; while a newer version is on its way, no second one is offered."""
    running = any(one.replaces_id == paper.pk and one.state in ("prepared", "submitted", "returned") for one in papers)
    can = {verb: bool(may_in_table(paper, verb, UNIT)) for verb in VERBS}
    can["propose"] = can["propose"] and not running
    versions = sorted((paper.source or paper.document).versions.all(), key=lambda version: -version.number)
    return UnitPaper(paper, PAPER_STATES[paper.state], versions, told.get(paper.public_id, []), can)
