"""What a meeting's page shows one person: a constant number of queries, and a verdict for every button."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from live.log import position
from meetings.frame import frame
from meetings.kinds import Kind
from meetings.labels import CERTAINTIES, STATES, role_choices, rule_choices
from meetings.materials import package_state
from meetings.models import AgendaItem, Conclusion, Meeting, Outcome, Paper, Participant
from meetings.outline import clock, end_of, labels
from meetings.progress import Progress, progress
from meetings.queries.duties import versions_opened
from meetings.queries.kinds import kind_of
from meetings.queries.outcome import conclusions_of
from meetings.queries.reading import Reading, reading_of
from meetings.queries.room import quorum_of, roll_of, with_versions
from meetings.queries.visible import visible_items, visible_meetings, visible_papers
from meetings.rules.meeting import CONDUCTING
from meetings.rules.outcome import OFFICE
from meetings.tabs import is_read
from meetings.timeliness import time_checks
from meetings.vote_lines import VoteLine, vote_lines
from meetings.workflow import OVER, SEES_TABLE, WHO
from people.models import User
from people.queries import parents, visible_agencies

SERIES_BEFORE, SERIES_AFTER = 2, 6
FEW = 8  # as many participants as are named beside the agenda
ORDER = {role: place for place, role in enumerate(("chair", "secretary", "member", "guest"))}


@dataclass(frozen=True)
class PaperLine:
    """A paper with its newest version."""

    paper: Paper
    title: str
    pages: int
    version: int
    groups: tuple[str, ...] = ()
    unread: str = ""
    reading: Reading | None = None


@dataclass(frozen=True)
class ItemLine:
    """An agenda item with what hangs on it."""

    item: AgendaItem
    label: str
    begins: datetime | None
    has_children: bool
    papers: list[PaperLine]
    votes: list[VoteLine]
    conclusions: list[Conclusion]
    current: bool


@dataclass(frozen=True)
class Clock:
    """How long the agenda takes, against the meeting's own length, in minutes."""

    planned: int
    length: int

    @property
    def over(self) -> int:
        """By how many minutes the agenda is too long."""
        return max(self.planned - self.length, 0)


def paper_line(paper: Paper, opened: Collection[int], reading: Reading | None = None) -> PaperLine:
    """Return a paper's line; what was added or replaced since is marked until its newest version was opened."""
    newest = list(paper.document.versions.all())[-1]
    fresh = "changed" if paper.changed_at else "new" if paper.supplement else ""
    return PaperLine(
        paper,
        paper.document.title,
        newest.pages,
        newest.number,
        groups=tuple(group.name for group in paper.groups.all()),
        unread="" if newest.pk in opened else fresh,
        reading=reading,
    )


def agenda_lines(user: User, meeting: Meeting, kind: Kind | None, readings: Mapping[int, Reading]) -> list[ItemLine]:
    """Return the agenda with papers the person may read, votes and conclusions."""
    papers, votes, lines = defaultdict(list), defaultdict(list), defaultdict(list)
    opened = versions_opened(user, meeting)
    for paper in with_versions(visible_papers(user, meeting)).order_by("position", "pk"):
        papers[paper.item_id].append(paper_line(paper, opened, readings.get(paper.pk)))
    for asked in vote_lines(user, meeting, kind):
        votes[asked.vote.item_id].append(asked)
    for line in meeting.conclusions.all():
        lines[line.item_id].append(line)
    items = list(visible_items(user, meeting).select_related("owner_unit"))
    depths = [item.depth for item in items]
    starts, planned = clock(depths, [item.minutes for item in items])
    numbers = labels(depths)
    return [
        ItemLine(
            item=item,
            label=numbers[place],
            begins=meeting.starts_at + timedelta(minutes=starts[place]) if planned else None,
            has_children=end_of(depths, place) > place + 1,
            papers=papers[item.pk],
            votes=votes[item.pk],
            conclusions=lines[item.pk],
            current=item.pk == meeting.current_item_id,
        )
        for place, item in enumerate(items)
    ]


def clock_of(meeting: Meeting, agenda: list[ItemLine]) -> Clock:
    """Return the planned time of the agenda against the meeting's."""
    _, planned = clock([line.item.depth for line in agenda], [line.item.minutes for line in agenda])
    return Clock(planned, int((meeting.ends_at - meeting.starts_at).total_seconds() // 60))


@dataclass(frozen=True)
class Running:
    """How far an open meeting is: its item among the others, minutes to the planned end, and the plan that is left."""

    number: int
    count: int
    clock: int
    plan: Progress

    @property
    def past(self) -> int:
        """By how many minutes the planned end has passed."""
        return -self.clock

    @property
    def late(self) -> int:
        """How late the meeting ends at this pace."""
        return self.plan.left - self.clock if self.plan.planned else 0


def running(meeting: Meeting, agenda: list[ItemLine], at: datetime) -> Running | None:
    """Return how far the meeting is, while it is open."""
    current = next((place for place, line in enumerate(agenda) if line.current), -1)
    if meeting.state != "open" or current < 0:
        return None
    spent = minutes_between(meeting.item_since or at, at)
    plan = progress([line.item.depth for line in agenda], [line.item.minutes for line in agenda], current, spent)
    return Running(current + 1, len(agenda), minutes_between(at, meeting.ends_at), plan)


@dataclass(frozen=True)
class SeriesLine:
    """One meeting of the series this one belongs to."""

    meeting: Meeting
    state: Any
    here: bool
    later: bool

    @property
    def to_come(self) -> bool:
        """Does it come after this one, and has not begun?"""
        return self.later and self.meeting.state not in OVER


def series_lines(user: User, meeting: Meeting) -> list[SeriesLine]:
    """Return the meetings of the series around this one: two before it and the next ones."""
    if meeting.series_id is None:
        return []
    known = visible_meetings(user).filter(series_id=meeting.series_id)
    before = list(known.filter(starts_at__lt=meeting.starts_at).order_by("-starts_at")[:SERIES_BEFORE])
    after = list(known.filter(starts_at__gte=meeting.starts_at).order_by("starts_at")[:SERIES_AFTER])
    shown = [*reversed(before), *after]
    return [
        SeriesLine(one, STATES[one.state], one.pk == meeting.pk, one.starts_at > meeting.starts_at) for one in shown
    ]


def minutes_between(earlier: datetime, later: datetime) -> int:
    """Return the whole minutes from one instant to another."""
    return int((later - earlier).total_seconds() // 60)


def unit_choices(user: User) -> list[tuple[str, str]]:
    """Return the units of the tree to choose from: name, and the one above it."""
    units = {unit.pk: unit.name for unit in visible_agencies(user)}
    above = parents(list(units))
    return [(name, units.get(above.get(key, 0), "")) for key, name in units.items()]


def people_of(meeting: Meeting) -> list[Participant]:
    """Return who takes part: chair, secretaries, members, guests, each group by given name."""
    return sorted(roll_of(meeting), key=lambda place: ORDER[place.role])


def meeting_page(user: User, meeting: Meeting) -> dict[str, Any]:
    """Return everything the page and its parts need."""
    seen = position(meeting.stream).seq  # read before the state: what comes later makes the page ask again
    around = frame(user, meeting, "agenda")
    roles = around["my_roles"]
    kind = kind_of(meeting)
    agenda = agenda_lines(user, meeting, kind, reading_of(meeting) if is_read(meeting, roles) else {})
    people = people_of(meeting)
    names, count = role_choices(meeting), Counter(one.role for one in people)
    series = series_lines(user, meeting) if "clerk" in roles else []
    return {
        **around,
        "kind": kind,
        "agenda": agenda,
        "clock": clock_of(meeting, agenda),
        "running": running(meeting, agenda, timezone.now()),
        "seen": seen,
        "units": unit_choices(user) if around["can"].get("arrange") else [],
        "time_checks": time_checks(meeting, kind) if kind and roles & WHO["keeper"] else [],
        "people": people,
        "package": package_state(meeting) if roles & SEES_TABLE else None,
        "roles": names,
        "people_shown": people if len(people) <= FEW else [one for one in people if one.role in CONDUCTING],
        "people_figures": [(name, count[role]) for role, name in names if count[role] and role not in CONDUCTING],
        "series": series,
        "series_goes_on": any(line.to_come for line in series),
        "present": sum(1 for person in people if person.checked_in_at),
        "quorum": quorum_of(meeting),
        "rules": rule_choices(kind),
        "certainty": CERTAINTIES[kind.certainty] if kind and roles & WHO["keeper"] else "",
        "reads_minutes": bool(roles - {"guest"}),
        "reads_notice": bool(roles & WHO["records"]),
        "conclusions": list(conclusions_of(user, meeting, sees_hidden=bool(roles & OFFICE)).prefetch_related(None)),
        "outcome": Outcome.objects.filter(meeting=meeting).select_related("minutes", "notice").first(),
    }
