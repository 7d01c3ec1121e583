"""What a person sees of a closed meeting: the same for the page and for the ZIP, and for nobody more than that."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from documents.models import Document, OutgoingDocument
from documents.queries import visible_documents, visible_outgoing
from ledger.models import Transition
from ledger.queries import history, told_of
from meetings.course import Step, as_shown, steps
from meetings.minutes.facts import moves_of, standing
from meetings.minutes.notice import conclusions_in_order
from meetings.minutes.roll import Attended, attended
from meetings.minutes.tally import outcome_of
from meetings.models import AgendaItem, Ballot, Conclusion, Meeting, Minutes, Opinion, Outcome, Paper, Vote
from meetings.outline import labels
from meetings.queries.notebook import PLACED
from meetings.queries.outcome import minutes_for
from meetings.queries.room import roll_of, with_versions
from meetings.queries.visible import visible_papers
from meetings.queries.votes import recorded_votes
from meetings.rules.meeting import CONDUCTING, participation, roles_of
from meetings.rules.outcome import OFFICE
from meetings.rules.people import sees_reasons
from meetings.speech_sheet import speech_rows
from people.models import User
from ui.sheets import Cell

TOLD = {
    "submitted": _("Submitted for approval"),
    "returned": _("Returned with a reason"),
    "published": _("Approved, participants invited"),
    "open": pgettext_lazy("record", "Opened"),
    "closed": pgettext_lazy("record", "Closed"),
    "cancelled": pgettext_lazy("meeting", "Called off"),
    "draft": _("Preparation begun"),
}


@dataclass
class Chapter:
    """One item of the agenda with what hangs on it."""

    number: str
    item: AgendaItem
    papers: list[Paper] = field(default_factory=list)
    votes: list[Vote] = field(default_factory=list)
    conclusions: list[Conclusion] = field(default_factory=list)
    opinions: list[Opinion] = field(default_factory=list)

    @property
    def outcomes(self) -> list[tuple[Vote, str]]:
        """The votes with what became of them."""
        return [(vote, outcome_of(vote)) for vote in self.votes]


@dataclass
class Record:
    """The whole record as one person sees it."""

    meeting: Meeting
    roles: frozenset[str]
    chapters: list[Chapter]
    general: list[Conclusion]
    people: Attended
    course: list[Step]
    ballots: dict[int, list[Ballot]]
    minutes: Minutes | None
    minutes_document: Document | None
    notice: OutgoingDocument | None
    past: list[tuple[Transition, object]]
    speeches: list[list[Cell]]

    @property
    def votes(self) -> list[Vote]:
        """Every vote declared or annulled, in the order of the agenda."""
        return [vote for chapter in self.chapters for vote in chapter.votes]

    @property
    def sees_reasons(self) -> bool:
        """Does the person read why others were absent?"""
        return sees_reasons(self.roles)

    @property
    def is_guest(self) -> bool:
        """Does the person take part as a guest only, or for a unit?"""
        return not self.roles & (OFFICE | {"member"})


def record_of(user: User, meeting: Meeting) -> Record:
    """Return the record of a visible meeting; the number of queries does not grow with it."""
    roles = roles_of(user, meeting, participation(user, meeting))
    sees_hidden = bool(roles & OFFICE)
    items = list(meeting.items.select_related("owner_unit") if sees_hidden else meeting.items.filter(hidden=False))
    chapters = chapters_of(user, meeting, items, roles)
    acts = list(told_of(meeting.stream))
    outcome = Outcome.objects.filter(meeting=meeting).select_related("minutes", "notice").first()
    titles = meeting.items.values_list("public_id", "title")
    course = steps(acts if sees_hidden else standing(meeting, acts), titles=titles)
    return Record(
        meeting=meeting,
        roles=roles,
        chapters=chapters,
        general=[line for line in conclusions_in_order(meeting) if line.item is None],
        people=attended(meeting, list(roll_of(meeting)), moves_of(acts)),
        course=list(as_shown(course, {item.public_id for item in items})),
        ballots=ballots_of(chapters) if roles & (OFFICE | {"member"}) else {},
        minutes=minutes_for(user, meeting),
        minutes_document=minutes_document(user, outcome),
        notice=visible_notice(user, outcome),
        past=[(move, TOLD.get(move.target, move.target)) for move in history(meeting)],
        speeches=speech_rows(user, meeting),
    )


def chapters_of(user: User, meeting: Meeting, items: list[AgendaItem], roles: frozenset[str]) -> list[Chapter]:
    """Return the items with papers, votes, conclusions and the opinions handed in that the person may read."""
    papers, votes, lines, opinions = defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(list)
    for paper in with_versions(visible_papers(user, meeting)).order_by("position", "pk"):
        papers[paper.item_id].append(paper)
    for vote in recorded_votes(meeting).order_by("closed_at", "pk"):
        votes[vote.item_id].append(vote)
    for line in meeting.conclusions.select_related("item").prefetch_related("files__versions"):
        lines[line.item_id].append(line)
    for opinion in opinions_for(user, meeting, roles):
        opinions[opinion.item_id].append(opinion)
    numbers = labels([item.depth for item in items])
    return [
        Chapter(number, item, papers[item.pk], votes[item.pk], lines[item.pk], opinions[item.pk])
        for number, item in zip(numbers, items, strict=True)
    ]


def opinions_for(user: User, meeting: Meeting, roles: frozenset[str]) -> list[Opinion]:
    """Return the opinions handed in: all of them for chair and secretary, everybody else their own."""
    handed = Opinion.objects.filter(item__meeting=meeting, handed_in_at__isnull=False).select_related(*PLACED)
    return list(handed if roles & set(CONDUCTING) else handed.filter(user=user))


def ballots_of(chapters: list[Chapter]) -> dict[int, list[Ballot]]:
    """Return the ballots of the declared votes by vote, in the order of names."""
    found: dict[int, list[Ballot]] = defaultdict(list)
    votes = [vote.pk for chapter in chapters for vote in chapter.votes if vote.was_declared]
    ballots = Ballot.objects.filter(vote__in=votes).select_related("participant__user")
    for ballot in ballots.order_by("participant__user__sort_key", "pk"):
        found[ballot.vote_id].append(ballot)
    return found


def minutes_document(user: User, outcome: Outcome | None) -> Document | None:
    """Return the approved minutes, if the person reads them."""
    if outcome is None or outcome.minutes_id is None:
        return None
    return visible_documents(user).prefetch_related("versions").filter(pk=outcome.minutes_id).first()


def visible_notice(user: User, outcome: Outcome | None) -> OutgoingDocument | None:
    """Return the conclusion notice, if the person reads it."""
    if outcome is None or outcome.notice_id is None:
        return None
    return visible_outgoing(user).filter(pk=outcome.notice_id).first()
