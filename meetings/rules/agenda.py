"""Questions about agenda items and papers."""

from ledger.verdict import Verdict, first_no
from meetings.models import AgendaItem, Paper
from meetings.rules.meeting import may_in, participation, roles_of
from meetings.workflow import MEETING, MEETING_VERB, PAPER
from people.models import User


def may_with_paper(user: User, paper: Paper, verb: str) -> Verdict:
    """May the person do this to the paper now?"""
    meeting = paper.item.meeting
    roles = roles_of(user, meeting, participation(user, meeting))
    return first_no(may_in(PAPER, paper.state, verb, roles), may_in(MEETING, meeting.state, MEETING_VERB[verb], roles))


def is_free(item: AgendaItem) -> bool:
    """Does nothing hang on the item, and is the room not at it?"""
    used = item.papers.exists() or item.votes.exists() or item.conclusions.exists()
    return not used and item.meeting.current_item_id != item.pk
