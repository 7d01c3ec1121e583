"""Questions about participants: invited, seated, present."""

from datetime import datetime, timedelta

from ledger.verdict import YES, Verdict, first_no, no
from meetings.details import Seat
from meetings.models import Ballot, Meeting, Participant
from meetings.rules.meeting import may
from people.models import User
from ui.clock import spoken

# Who says "here" days before has not come; two hours are enough for a hall that fills slowly.
CHECK_IN_BEFORE = timedelta(hours=2)


def is_present(place: Participant) -> bool:
    """Is the person in the room?"""
    return place.checked_in_at is not None and place.left_at is None and place.removed_at is None


def is_sound_seat(meeting: Meeting, seat: Seat, *, besides: int = 0) -> Verdict:
    """Is there one chair at most, no voting guest, nobody else on that seat? `besides` is who is being changed."""
    if seat.role not in Participant.Role.values:
        return no("person_unknown")
    if seat.role == Participant.Role.GUEST and seat.votes:
        return no("guest_cannot_vote")
    others = meeting.participants.filter(removed_at__isnull=True).exclude(pk=besides)
    if seat.seat and others.filter(seat=seat.seat).exists():
        return no("seat_taken")
    chairs = others.filter(role=Participant.Role.CHAIR)
    return no("chair_taken") if seat.role == Participant.Role.CHAIR and chairs.exists() else YES


def is_invitable(meeting: Meeting, user: User) -> Verdict:
    """Is this a living account that does not take part yet?"""
    if not user.is_active or user.is_system:
        return no("person_unknown")
    taken = meeting.participants.filter(user=user, removed_at__isnull=True).exists()
    return no("already_invited") if taken else YES


def is_check_in_time(meeting: Meeting, at: datetime) -> Verdict:
    """Has check-in begun? Shortly before the meeting it does, whoever checks in; in an open meeting it always has."""
    since = meeting.starts_at - CHECK_IN_BEFORE
    if meeting.state != "published" or at >= since:
        return YES
    return no("check_in_too_early", since=spoken(since), hours=CHECK_IN_BEFORE // timedelta(hours=1))


def may_check_in(by: User, place: Participant, verb: str, at: datetime) -> Verdict:
    """May `by` say that this person is here, or has gone? Everyone for themselves, chair and secretary for others."""
    if place.removed_at is not None:
        return no("not_a_participant")
    return first_no(
        may(by, place.meeting, verb if place.user_id == by.pk else "check_in_other"),
        is_check_in_time(place.meeting, at) if verb == "check_in" else YES,
    )


def may_hold_vote(place: Participant, seat: Seat) -> Verdict:
    """May this participant have a vote, seen from who stands in for whom? A vote is held once."""
    if not seat.votes:
        return YES
    lent = place.substitutes.filter(removed_at__isnull=True, votes=True).exists()
    if lent:
        return no("vote_is_lent")
    if place.stands_in_for_id and not place.votes:
        return no("substitute_votes_not")
    return YES


def may_undo_check_in(by: User, place: Participant) -> Verdict:
    """May `by` say that this person's check-in was a mistake?"""
    if place.removed_at is not None:
        return no("not_a_participant")
    return first_no(
        may(by, place.meeting, "undo_check_in"),
        YES if place.checked_in_at else no("not_checked_in"),
        no("ballot_given") if Ballot.objects.filter(participant=place).exists() else YES,
    )
