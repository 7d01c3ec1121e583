"""What a meeting's page shows one person: a constant number of queries, and a verdict for every button."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from ledger.days import legal_day
from meetings.frame import frame
from meetings.kinds import Kind, kind_on
from meetings.labels import CERTAINTIES, ROLES, VOTE_STATES, rule_choices, rule_name
from meetings.models import AgendaItem, Conclusion, Meeting, Outcome, Paper, Participant, Vote
from meetings.queries.room import quorum_of, roll_of, with_versions
from meetings.queries.visible import visible_papers
from meetings.workflow import WHO
from people.models import User

ORDER = {role: place for place, role in enumerate(("chair", "secretary", "member", "guest"))}


@dataclass(frozen=True)
class PaperLine:
    """A paper with its newest version."""

    paper: Paper
    title: str
    pages: int
    version: int


@dataclass(frozen=True)
class ItemLine:
    """An agenda item with what hangs on it."""

    item: AgendaItem
    papers: list[PaperLine]
    votes: list["VoteLine"]
    conclusions: list[Conclusion]
    current: bool


@dataclass(frozen=True)
class VoteLine:
    """A vote with its rule in words; a closed one with its counts."""

    vote: Vote
    rule: str
    state: Any
    counts: list[tuple[str, int, str]]


def paper_line(paper: Paper) -> PaperLine:
    """Return a paper's line."""
    newest = list(paper.document.versions.all())[-1]
    return PaperLine(paper, paper.document.title, newest.pages, newest.number)


def vote_line(vote: Vote, kind: Kind | None) -> VoteLine:
    """Return a vote's line."""
    closed = vote.result if vote.state == "closed" else {}
    counts = [
        (option["label"], closed["counts"][option["code"]], closed["shares"][option["code"]].replace(".", ","))
        for option in vote.options
        if closed
    ]
    return VoteLine(vote, rule_name(vote, kind), VOTE_STATES.get(vote.state, vote.state), counts)


def agenda_lines(user: User, meeting: Meeting, kind: Kind | None) -> list[ItemLine]:
    """Return the agenda with papers the person may read, votes and conclusions."""
    papers, votes, lines = defaultdict(list), defaultdict(list), defaultdict(list)
    for paper in with_versions(visible_papers(user, meeting)).order_by("position", "pk"):
        papers[paper.item_id].append(paper_line(paper))
    for vote in meeting.votes.exclude(state="dropped").order_by("pk"):
        votes[vote.item_id].append(vote_line(vote, kind))
    for line in meeting.conclusions.all():
        lines[line.item_id].append(line)
    return [
        ItemLine(item, papers[item.pk], votes[item.pk], lines[item.pk], item.pk == meeting.current_item_id)
        for item in meeting.items.all()
    ]


def people_of(meeting: Meeting) -> list[Participant]:
    """Return who takes part: chair, secretaries, members, guests, each group by given name."""
    return sorted(roll_of(meeting), key=lambda place: ORDER[place.role])


def meeting_page(user: User, meeting: Meeting) -> dict[str, Any]:
    """Return everything the page and its parts need."""
    around = frame(user, meeting, "agenda")
    roles = around["my_roles"]
    kind = kind_on(meeting.kind, legal_day(meeting.starts_at))
    people = people_of(meeting)
    return {
        **around,
        "kind": kind,
        "agenda": agenda_lines(user, meeting, kind),
        "people": people,
        "roles": list(ROLES.items()),
        "present": sum(1 for person in people if person.checked_in_at),
        "quorum": quorum_of(meeting),
        "rules": rule_choices(kind),
        "certainty": CERTAINTIES[kind.certainty] if kind and roles & WHO["keeper"] else "",
        "reads_minutes": bool(roles - {"guest"}),
        "reads_notice": bool(roles & WHO["records"]),
        "conclusions": list(meeting.conclusions.select_related("item")),
        "outcome": Outcome.objects.filter(meeting=meeting).select_related("minutes", "notice").first(),
    }
