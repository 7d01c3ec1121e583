"""Questions about answers to invitations, and about those who stand in for others."""

from ledger.verdict import YES, Verdict, first_no, no
from meetings.models import Meeting, Participant, UnitInvitation
from meetings.queries.kinds import kind_of
from meetings.rights import ANSWER
from meetings.rules.meeting import CONDUCTING, may, may_in, participation, roles_of
from meetings.rules.words import is_reason
from meetings.workflow import MEETING, REPLY, REPLY_ASKS, UNIT
from people.models import User
from people.queries import has_right, ids_below, posts_of

MOST_SEATS = 50
AWAY = ("stay_away", "ask", "delegate")


def may_reply(by: User, place: Participant, verb: str) -> Verdict:
    """May `by` do this to the answer of this participant now?"""
    if place.removed_at is not None:
        return no("not_a_participant")
    meeting = place.meeting
    own = frozenset({"self"}) if place.user_id == by.pk else frozenset()
    roles = roles_of(by, meeting, participation(by, meeting)) | own
    asked = REPLY_ASKS[verb]
    passed = asked == "reply" and own and meeting.state in ("open", "closed")
    return first_no(
        no("reply_passed") if passed else YES,
        is_not_here(place, verb),
        may_in(MEETING, meeting.state, asked, roles),
        may_in(REPLY, place.reply, verb, roles),
    )


def is_not_here(place: Participant, verb: str) -> Verdict:
    """Is this an answer somebody may give who has checked in? They cannot stay away or send somebody else any more."""
    return no("reply_checked_in") if verb in AWAY and place.checked_in_at is not None else YES


def absence_verb(place: Participant) -> str:
    """Return how this person says that they cannot come: by asking where the kind wants it, else simply."""
    if place.role == Participant.Role.CHAIR or place.stands_in_for_id:
        return "stay_away"
    return "ask" if approves_absences(place.meeting) else "stay_away"


def approves_absences(meeting: Meeting) -> bool:
    """Does the chair decide on absences in this kind of meeting?"""
    kind = kind_of(meeting)
    return kind is not None and kind.absence_approval


def substitutes_vote(meeting: Meeting) -> bool:
    """May a substitute vote in this kind of meeting? Only where the kind says so."""
    kind = kind_of(meeting)
    return kind is not None and kind.substitutes_vote


def may_delegate(place: Participant) -> Verdict:
    """May this participant send somebody else? Substitutes, chair and secretary may not."""
    if place.stands_in_for_id:
        return no("reply_sub_delegates")
    return no("reply_chair_delegates") if place.role in CONDUCTING else YES


def is_basis(words: str) -> Verdict:
    """Is the written basis of the delegation named?"""
    said = is_reason(words)
    return no("reply_basis_missing") if not said and said.code == "reason_too_short" else said


def colleague_agencies(user: User) -> frozenset[int]:
    """Return the agencies a substitute may come from: one's own and all under them."""
    return ids_below([post.agency_id for post in posts_of(user)])


def is_colleague(user: User, to: User) -> Verdict:
    """Does the substitute hold a post in an agency of the person, or under one?"""
    if to.pk == user.pk:
        return no("reply_not_yourself")
    near = colleague_agencies(user)
    return YES if any(post.agency_id in near for post in posts_of(to)) else no("reply_not_colleague")


def not_own_absence(by: User, place: Participant) -> Verdict:
    """Does somebody else decide?"""
    return no("reply_own_absence") if place.user_id == by.pk else YES


# --- units ----------------------------------------------------------------------------------------


def unit_state(unit: UnitInvitation, named: int) -> str:
    """Return where a unit's answer stands."""
    if unit.declined_at is not None:
        return "declined"
    return "named" if named else "waiting"


def may_with_unit(by: User, unit: UnitInvitation, verb: str, named: int) -> Verdict:
    """May `by` name people, decline, change or remove this unit now?"""
    if unit.removed_at is not None:
        return no("wrong_state")
    meeting = unit.meeting
    if verb in ("change", "remove"):
        return may(by, meeting, "invite")
    desk = frozenset({"unit"}) if has_right(by, unit.agency_id, ANSWER) else frozenset()
    answering = YES if meeting.state == "published" else no("unit_not_answering")
    asked = may_in(UNIT, unit_state(unit, named), verb, desk)
    return first_no(YES if desk else no("not_yours"), answering, asked)


def is_of_unit(unit: UnitInvitation, user: User) -> Verdict:
    """Does the person hold a post in the unit or under it?"""
    near = ids_below([unit.agency_id])
    return YES if any(post.agency_id in near for post in posts_of(user)) else no("unit_not_its_people")


def are_seats(seats: int, role: str, named: int = 0) -> Verdict:
    """Can a unit be invited with this many seats, in this role?"""
    if role not in (Participant.Role.MEMBER, Participant.Role.GUEST):
        return no("unit_role")
    if not 1 <= seats <= MOST_SEATS:
        return no("unit_seats", most=MOST_SEATS)
    return no("unit_seats_taken", named=named) if seats < named else YES
