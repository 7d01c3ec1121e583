"""Questions about agenda items and papers."""

from ledger.verdict import YES, Verdict, first_no, no
from meetings.details import Matter
from meetings.models import AgendaItem, Paper
from meetings.models.speaking import STANDING
from meetings.rules.duties import prepares
from meetings.rules.meeting import may_in, participation, roles_of
from meetings.rules.words import is_change_note, is_reason
from meetings.workflow import MEETING, PAPER, PAPER_ASKS, TAKING_PAPERS
from people.models import User


def may_with_paper(user: User, paper: Paper, verb: str) -> Verdict:
    """May the person do this to the paper now?"""
    return may_in_table(paper, verb, paper_roles(user, paper))


def may_in_table(paper: Paper, verb: str, roles: frozenset[str]) -> Verdict:
    """Do the tables of paper and meeting have this verb now, for somebody with these roles?"""
    meeting = paper.item.meeting
    asked = PAPER_ASKS.get(verb)
    if asked is not None:
        around = may_in(MEETING, meeting.state, asked, roles)
    else:
        around = YES if meeting.state in TAKING_PAPERS else no("wrong_state", verb=verb, state=meeting.state)
    return first_no(may_in(PAPER, paper.state, verb, roles), around)


def paper_roles(user: User, paper: Paper) -> frozenset[str]:
    """Return what the person is to the paper: to its meeting, and whether it is their unit's."""
    meeting = paper.item.meeting
    roles = roles_of(user, meeting, participation(user, meeting))
    return roles | {"unit"} if paper.duty is not None and prepares(user, paper.duty) else roles


def is_titled(title: str) -> Verdict:
    """Is there a title to show?"""
    return YES if title.strip() and "\0" not in title else no("title_missing")


def says_what_changed(paper: Paper, change_note: str) -> Verdict:
    """Do those who know the paper learn what changed in it? Asked once the meeting is published."""
    return YES if paper.item.meeting.published_at is None else is_change_note(change_note)


def says_why_withdrawn(paper: Paper, reason: str) -> Verdict:
    """Do those who know the paper learn why it is gone? Asked once the meeting is published."""
    return YES if paper.item.meeting.published_at is None and not reason.strip() else is_reason(reason)


def is_matter(matter: Matter) -> Verdict:
    """Is there a title, and nothing a database could not keep?"""
    kept = "\0" not in f"{matter.title}{matter.presenter}"
    return YES if matter.title.strip() and kept else no("title_missing")


def can_be_hidden(item: AgendaItem) -> Verdict:
    """May the item disappear from the room: is nothing decided on it yet, and the room not at it?"""
    decided = item.conclusions.exists() or item.votes.filter(state__in=("open", "closed")).exists()
    decided = decided or item.speeches.filter(state="called").exists() or was_spoken_on(item)
    return no("item_discussed") if decided or item.meeting.current_item_id == item.pk else YES


def is_shown(item: AgendaItem) -> Verdict:
    """Is the item there for everybody, so that the room can go to it?"""
    return no("item_hidden") if item.hidden else YES


def was_spoken_on(item: AgendaItem) -> bool:
    """Has anybody had the floor on this item?"""
    return item.speeches.filter(turns__isnull=False).exists()


def is_free(item: AgendaItem) -> bool:
    """Does nothing hang on the item, and is the room not at it?"""
    used = item.papers.exists() or item.votes.exists() or item.conclusions.exists()
    used = used or item.duties.filter(waived_at__isnull=True).exists()
    used = used or item.speeches.filter(state__in=STANDING).exists() or was_spoken_on(item)
    used = used or item.opinions.filter(handed_in_at__isnull=False).exists()  # what is unsent must not show itself
    return not used and item.meeting.current_item_id != item.pk
