"""Who may lead, so that the others follow the page they have open."""

from documents.models import Version
from ledger.verdict import YES, Verdict, first_no, no
from meetings.models import Meeting, Participant, Turn
from meetings.queries.visible import visible_papers
from meetings.rules.meeting import may_in, participation, roles_of
from meetings.workflow import MEETING
from people.models import User


def has_floor(place: Participant) -> bool:
    """Does the person hold the floor now?"""
    return Turn.objects.filter(participant=place, ended_at__isnull=True).exists()


def lead_roles(user: User, meeting: Meeting) -> frozenset[str]:
    """Return what the person is to the meeting, holding the floor and leading included."""
    place = participation(user, meeting)
    roles = set(roles_of(user, meeting, place))
    if place is not None:
        roles |= {"speaker"} if has_floor(place) else set()
        roles |= {"presenter"} if meeting.presenter_id == place.pk else set()
    return frozenset(roles)


def may_lead(user: User, place: Participant) -> Verdict:
    """May the person make this one lead? Chair and secretary anybody; who holds the floor themselves."""
    meeting = place.meeting
    verb = "lead" if place.user_id == user.pk else "give_lead"
    return first_no(
        may_in(MEETING, meeting.state, verb, lead_roles(user, meeting)),
        no("not_a_participant") if place.removed_at else YES,
    )


def may_lead_paper(user: User, meeting: Meeting, version: Version) -> Verdict:
    """May the person, who leads, turn the others to this version? To a paper of the meeting they may read."""
    papers = visible_papers(user, meeting).filter(document=version.document_id)
    return first_no(
        may_in(MEETING, meeting.state, "lead_paper", lead_roles(user, meeting)),
        YES if papers.exists() else no("paper_not_here"),
    )


def may_stop_leading(user: User, meeting: Meeting) -> Verdict:
    """May the person end it? Who leads, and chair and secretary."""
    return may_in(MEETING, meeting.state, "stop_leading", lead_roles(user, meeting))
