"""The material table of a meeting: every paper by matter, what units still owe, a verdict for every button."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from ledger.verdict import Unseen
from meetings.labels import DUTY_STATES, PAPER_STATES
from meetings.models import AgendaItem, Duty, Meeting, Paper
from meetings.outline import labels
from meetings.queries.duties import OPEN_STATES, duties_of
from meetings.queries.reading import Reading, reading_of
from meetings.queries.room import with_versions
from meetings.rules.agenda import may_in_table
from meetings.rules.meeting import participation, roles_of
from meetings.tabs import is_read
from meetings.workflow import PAPER, SEES_TABLE
from people.models import User

SHOWN = ("laid", "submitted", "returned", "withdrawn")
VERBS = tuple(dict.fromkeys(row.verb for row in PAPER.moves if row.who in ("keeper", "reviewer")))


@dataclass(frozen=True)
class Row:
    """One paper of the table."""

    paper: Paper
    title: str
    state: "Promise | str"
    unit: str
    version: int
    pages: int
    groups: list[str]
    late: bool
    can: Mapping[str, bool]
    reading: Reading | None = None


@dataclass(frozen=True)
class DutyLine:
    """What one unit must prepare, and where it stands."""

    duty: Duty
    stands: str
    state: "Promise | str"
    overdue: bool


@dataclass(frozen=True)
class Section:
    """One matter with its papers and what units owe for it."""

    item: AgendaItem
    label: str
    rows: list[Row]
    duties: list[DutyLine]


def sees_table(roles: Iterable[str]) -> bool:
    """Is somebody with these roles shown the table?"""
    return bool(SEES_TABLE & set(roles))


def table_papers(meeting: Meeting) -> QuerySet[Paper]:
    """Return the papers of the table: laid, handed in, returned, withdrawn; what units only prepare is theirs."""
    papers = with_versions(Paper.objects.filter(item__meeting=meeting, state__in=SHOWN))
    known = ("item__meeting__agency", "duty__agency", "replaces__document", "decided_by")
    return papers.select_related("document", *known).order_by("item__position", "position", "pk")


def get_table_paper(user: User, meeting: Meeting, public_id: UUID) -> Paper:
    """Return one paper of the table, or raise Unseen."""
    paper = table_papers(meeting).filter(public_id=public_id).first()
    if paper is None or not sees_table(roles_of(user, meeting, participation(user, meeting))):
        raise Unseen
    return paper


def row_of(paper: Paper, roles: frozenset[str], reading: Reading | None = None) -> Row:
    """Return one paper's line."""
    newest = list(paper.document.versions.all())[-1]
    duty = paper.duty
    late = bool(duty and paper.submitted_at and paper.submitted_at > duty.due_at)
    return Row(
        paper=paper,
        title=paper.document.title,
        state=PAPER_STATES[paper.state],
        unit=duty.agency.name if duty else paper.item.meeting.agency.name,
        version=newest.number,
        pages=newest.pages,
        groups=[group.name for group in paper.groups.all()],
        late=late,
        can={verb: bool(may_in_table(paper, verb, roles)) for verb in VERBS},
        reading=reading,
    )


def duty_line(duty: Duty, at: datetime) -> DutyLine:
    """Return a duty's line."""
    stands = duty.stands  # type: ignore[attr-defined]
    return DutyLine(duty, stands, DUTY_STATES[stands], stands in OPEN_STATES and duty.due_at < at)


def sections(meeting: Meeting, roles: frozenset[str], wanted: Mapping[str, str]) -> list[Section]:
    """Return the table by matter, narrowed to a state, a unit or a matter; a constant number of queries."""
    at = timezone.now()
    items = list(meeting.items.all())
    rows: dict[int, list[Row]] = defaultdict(list)
    duties: dict[int, list[DutyLine]] = defaultdict(list)
    readings = reading_of(meeting) if is_read(meeting, roles) else {}
    for paper in table_papers(meeting):
        row = row_of(paper, roles, readings.get(paper.pk))
        if fits(wanted, paper.state, row.unit):
            rows[paper.item_id].append(row)
    for duty in duties_of(meeting):
        line = duty_line(duty, at)
        if fits(wanted, line.stands, duty.agency.name):
            duties[duty.item_id].append(line)
    numbered = zip(items, labels([item.depth for item in items]), strict=True)
    found = [Section(item, label, rows[item.pk], duties[item.pk]) for item, label in numbered]
    return [one for one in found if shows(wanted, one)]


def fits(wanted: Mapping[str, str], state: str, unit: str) -> bool:
    """Is this one of the lines asked for?"""
    return wanted.get("state", "") in ("", state) and wanted.get("unit", "") in ("", unit)


def shows(wanted: Mapping[str, str], section: Section) -> bool:
    """Is this one of the matters asked for? Under a filter, only those with a line."""
    if wanted.get("item") and wanted["item"] != str(section.item.public_id):
        return False
    narrowed = wanted.get("state") or wanted.get("unit")
    return bool(not narrowed or section.rows or section.duties)


def package_state(meeting: Meeting) -> dict[str, Any]:
    """Return what the approver should know of the papers: owed, undecided, laid."""
    counts = Paper.objects.filter(item__meeting=meeting).aggregate(
        laid=Count("pk", filter=Q(state="laid")),
        undecided=Count("pk", filter=Q(state="submitted")),
        returned=Count("pk", filter=Q(state="returned")),
    )
    missing = [duty for duty in duties_of(meeting) if duty.stands in OPEN_STATES]  # type: ignore[attr-defined]
    return {**counts, "missing": missing, "warns": bool(missing or counts["undecided"] or counts["returned"])}
