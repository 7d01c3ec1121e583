"""Questions about asking to speak and about who has the floor."""

from datetime import datetime, timedelta

from ledger.verdict import YES, Verdict, first_no, no
from meetings.kinds import Kind
from meetings.models import AgendaItem, Meeting, Paper, Participant, Speech, Turn
from meetings.models.speaking import STANDING
from meetings.queue import ORDERS
from meetings.rules.meeting import may_in, participation, roles_of
from meetings.rules.people import is_present
from meetings.speaking_times import LONGEST, QUESTION, SpeakingTimes
from meetings.workflow import MEETING, SPEECH, SPEECH_ASKS
from people.models import User

LONGEST_SUBJECT = 500
REQUESTS_A_MINUTE = 30


def may_with_speech(user: User, speech: Speech, verb: str) -> Verdict:
    """May the person do this to the request now?"""
    meeting = speech.meeting
    roles = roles_of(user, meeting, participation(user, meeting))
    own = frozenset({"self"}) if speech.participant.user_id == user.pk else frozenset()
    around = MEETING.verdict(meeting.state, SPEECH_ASKS[verb]) if verb == "withdraw" else _around(meeting, verb, roles)
    return first_no(may_in(SPEECH, speech.state, verb, roles | own), around)


def _around(meeting: Meeting, verb: str, roles: frozenset[str]) -> Verdict:
    """Does the meeting allow it, for somebody with these roles?"""
    return may_in(MEETING, meeting.state, SPEECH_ASKS[verb], roles)


def is_here_to_ask(place: Participant) -> Verdict:
    """Is the person in the room? Ahead of the meeting nobody need be."""
    return no("check_in_to_speak") if place.meeting.state == "open" and not is_present(place) else YES


def is_here(place: Participant, code: str = "speaker_not_here") -> Verdict:
    """Is this person in the room, so that the floor can be theirs?"""
    return YES if is_present(place) else no(code, name=place.user.full_name)


def is_lane(kind: Kind | None, lane: str) -> Verdict:
    """Does this kind of meeting know the lane?"""
    times = kind.speaking if kind else SpeakingTimes()
    return YES if times.has(lane) else no("lane_unknown")


def is_subject(subject: str) -> Verdict:
    """Is it short enough to be shown in a queue?"""
    if "\0" in subject:
        return no("text_unusable")
    return YES if len(subject) <= LONGEST_SUBJECT else no("text_too_long", most=LONGEST_SUBJECT)


def is_asked(place: Participant, lane: str, asked: Participant | None) -> Verdict:
    """Does a question name whom it is put to, somebody else in this meeting, and nothing but a question?"""
    if lane != QUESTION:
        return YES if asked is None else no("nobody_is_asked_here")
    if asked is None:
        return no("asked_missing")
    if asked.meeting_id != place.meeting_id or asked.removed_at is not None:
        return no("asked_not_here")
    return no("asked_oneself") if asked.pk == place.pk else YES


def is_place_in_paper(item: AgendaItem, paper: Paper | None, page: int | None) -> Verdict:
    """Is the paper one of the item's, and the page one of the paper's?"""
    if paper is None:
        return YES if page is None else no("page_without_paper")
    if paper.item_id != item.pk or paper.state != "laid":
        return no("paper_of_another_item")
    pages = list(paper.document.versions.all())[-1].pages if page is not None else 0
    return YES if page is None or 1 <= page <= pages else no("page_unknown", pages=pages)


def asks_once(item: AgendaItem, place: Participant, lane: str, asked: Participant | None) -> Verdict:
    """Does no request of this person stand already, in this lane or to this person?"""
    standing = item.speeches.filter(participant=place, lane=lane, state__in=STANDING)
    standing = standing.filter(asked=asked) if lane == QUESTION else standing
    return no("asked_already") if standing.exists() else YES


def is_not_too_often(place: Participant, at: datetime) -> Verdict:
    """Has the person not asked again and again within a minute?"""
    lately = place.speeches.filter(asked_at__gt=at - timedelta(minutes=1)).count()
    return no("too_many_requests", most=REQUESTS_A_MINUTE) if lately >= REQUESTS_A_MINUTE else YES


def is_still_of_it(place: Participant) -> Verdict:
    """Does the person still take part, so that the floor can be given back to them?"""
    return YES if place.removed_at is None else no("speaker_removed", name=place.user.full_name)


def nobody_called(meeting: Meeting, besides: int = 0) -> Verdict:
    """Is nobody else called and not yet speaking?"""
    others = meeting.speeches.filter(state="called").exclude(pk=besides).select_related("participant__user")
    found = others.first()
    return YES if found is None else no("another_called", name=found.participant.user.full_name)


def is_question(speech: Speech) -> Verdict:
    """Is there somebody to answer, who has not begun to?"""
    if speech.asked is None:
        return no("nobody_to_answer")
    return no("answers_already") if speech.turns.filter(phase=Turn.Phase.ANSWER).exists() else YES


def is_more_time(seconds: int) -> Verdict:
    """Is this a time one can give?"""
    return YES if 1 <= seconds <= LONGEST else no("more_time_wrong")


def is_order(order: str) -> Verdict:
    """Is there such an order of the queue?"""
    return YES if order in ORDERS else no("order_unknown")


def is_manual(meeting: Meeting) -> Verdict:
    """Are speakers placed by hand in this meeting?"""
    return YES if meeting.queue_order == "manual" else no("queue_is_fair")
