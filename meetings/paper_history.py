"""How papers came to where they stand: their changes of state, from the ledger."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise

from ledger.models import Transition
from ledger.queries import changes_of
from meetings.labels import PAPER_STATES
from meetings.models import Paper


@dataclass(frozen=True)
class HistoryLine:
    """One change of state: when, to what, by whom, and why."""

    at: datetime
    state: "Promise | str"
    by: str
    reason: str


def histories(papers: Iterable[Paper]) -> dict[UUID, list[HistoryLine]]:
    """Return the changes of state of these papers, oldest first, in one query."""
    told: dict[UUID, list[HistoryLine]] = defaultdict(list)
    for row in changes_of(Paper, [paper.public_id for paper in papers]):
        told[row.object_id].append(line_of(row))
    return told


def line_of(row: Transition) -> HistoryLine:
    """Return one change of state in words."""
    reason = str(row.entry.data.get("reason", ""))
    return HistoryLine(row.at, PAPER_STATES.get(row.target, row.target), row.by.full_name, reason)
