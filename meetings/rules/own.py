"""Questions about what people prepare for themselves: opinions, notes; and about asking them to read."""

from ledger.verdict import YES, Verdict, first_no, no
from meetings.models import AgendaItem, Meeting, Opinion, Paper, Participant
from meetings.rules.agenda import is_shown
from meetings.rules.meeting import CONDUCTING, may, participation
from people.models import User

LONGEST_OPINION, LONGEST_NOTE = 20_000, 50_000


def is_writable(text: str, most: int) -> Verdict:
    """Is it text that can be kept?"""
    if len(text) > most:
        return no("text_too_long", most=most)
    return no("text_unusable") if "\0" in text else YES


def is_reached(item: AgendaItem) -> bool:
    """Is the meeting at the item or past it, or over?"""
    meeting = item.meeting
    if meeting.state != "open":
        return meeting.state in ("closed", "cancelled")
    current = meeting.current_item
    return current is not None and current.position >= item.position


def may_prepare_opinion(user: User, item: AgendaItem) -> Verdict:
    """May the person write an opinion on the item now? Members may, until the meeting gets to it."""
    return may_prepare(participation(user, item.meeting), item)


def may_prepare(place: Participant | None, item: AgendaItem) -> Verdict:
    """The same for somebody whose place is known."""
    if place is None or place.role == Participant.Role.GUEST:
        return no("not_a_member" if place else "not_a_participant")
    return first_no(
        YES if item.meeting.published_at is not None else no("wrong_state", verb="prepare_opinion", state="draft"),
        is_shown(item) if place.role not in CONDUCTING else YES,
        no("item_reached") if is_reached(item) else YES,
    )


def may_remark(place: Participant | None, item: AgendaItem) -> Verdict:
    """May the person hand in a remark on a paper of the item? Members may, also while it is being discussed."""
    if place is None or place.role == Participant.Role.GUEST:
        return no("not_a_member" if place else "not_a_participant")
    state = item.meeting.state
    return first_no(
        YES if state in ("published", "open") else no("wrong_state", verb="submit_remark", state=state),
        is_shown(item) if place.role not in CONDUCTING else YES,
    )


def is_own_draft(opinion: Opinion | None) -> Verdict:
    """Is it still the author's alone?"""
    return no("opinion_handed_in") if opinion is not None and opinion.handed_in_at else YES


def may_read_opinions(user: User, meeting: Meeting) -> bool:
    """Does the person see what was handed in? Chair and secretary do."""
    place = participation(user, meeting)
    return place is not None and place.role in CONDUCTING


def may_nudge(user: User, paper: Paper) -> Verdict:
    """May the person remind those who have not opened the paper? Once only."""
    asked = no("nudged_already") if hasattr(paper, "nudge") else YES
    laid = YES if paper.state == "laid" else no("wrong_state", verb="nudge", state=paper.state)
    return first_no(may(user, paper.item.meeting, "nudge"), laid, asked)
