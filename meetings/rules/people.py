"""Questions about participants: invited, seated, present."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from ledger.verdict import YES, Verdict, first_no, no
from meetings.details import Seat
from meetings.models import Ballot, Meeting, Participant
from meetings.rules.meeting import may
from meetings.workflow import WHO
from people.models import User
from ui.clock import spoken

# Who says "here" days before has not come; two hours are enough for a hall that fills slowly.
CHECK_IN_BEFORE = timedelta(hours=2)


def is_present(place: Participant) -> bool:
    """Is the person in the room?"""
    return place.checked_in_at is not None and place.left_at is None and place.removed_at is None


def is_sound_seat(meeting: Meeting, seat: Seat, *, besides: int = 0, follows: int = 0) -> Verdict:
    """Is there one chair at most, no voting guest, nobody else on that seat?

    `besides` is who is being changed, `follows` the chair who makes room.
    """
    if seat.role not in Participant.Role.values:
        return no("person_unknown")
    if seat.role == Participant.Role.GUEST and seat.votes:
        return no("guest_cannot_vote")
    others = meeting.participants.filter(removed_at__isnull=True).exclude(pk=besides)
    if seat.seat and others.filter(seat=seat.seat).exists():
        return no("seat_taken")
    chairs = others.filter(role=Participant.Role.CHAIR).exclude(pk=follows)
    return no("chair_taken") if seat.role == Participant.Role.CHAIR and chairs.exists() else YES


def are_sound_seats(meeting: Meeting, seats: Sequence[Seat]) -> Verdict:
    """The same of many seats given together, which must fit each other too."""
    taken = list(meeting.participants.filter(removed_at__isnull=True).values_list("role", "seat"))
    chairs = [role for role, _ in taken if role == Participant.Role.CHAIR]
    chairs += [seat.role for seat in seats if seat.role == Participant.Role.CHAIR]
    held = [seat for _, seat in taken if seat] + [seat.seat for seat in seats if seat.seat]
    return first_no(
        YES if all(seat.role in Participant.Role.values for seat in seats) else no("person_unknown"),
        no("guest_cannot_vote") if any(seat.role == "guest" and seat.votes for seat in seats) else YES,
        YES if len(held) == len(set(held)) else no("seat_taken"),
        YES if len(chairs) <= 1 else no("chair_taken"),
    )


def sees_reasons(roles: frozenset[str]) -> bool:
    """May somebody who is this to the meeting read why others are absent? Who keeps, conducts or approves it may."""
    return bool(roles & (WHO["keeper"] | WHO["approver"]))


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


def lends_or_borrows(place: Participant) -> bool:
    """Is this person's vote with a substitute now, or is the vote they have somebody else's?"""
    if place.stands_in_for_id is not None and place.votes:
        return True
    return place.substitutes.filter(removed_at__isnull=True, votes=True).exists()


def may_hold_vote(place: Participant, seat: Seat) -> Verdict:
    """May this participant get this role and vote, seen from who stands in for whom? A vote is held once."""
    if (seat.role, seat.votes) != (place.role, place.votes) and lends_or_borrows(place):
        return no("vote_is_lent" if place.stands_in_for_id is None else "vote_is_borrowed")
    return no("substitute_votes_not") if seat.votes and place.stands_in_for_id and not place.votes else YES


def chair_stays(place: Participant, role: str = "") -> Verdict:
    """Does a published meeting keep its chair when this person gets another role, or none?"""
    chairs = place.role == Participant.Role.CHAIR and place.meeting.published_at is not None
    return no("chair_stays") if chairs and role != Participant.Role.CHAIR else YES


def chair_to_follow(place: Participant, seat: Seat) -> Participant | None:
    """Return whom this person follows as chair of a published meeting; before that the place is free or taken."""
    if seat.role != Participant.Role.CHAIR or place.meeting.published_at is None:
        return None
    others = place.meeting.participants.filter(role=Participant.Role.CHAIR, removed_at__isnull=True)
    return others.exclude(pk=place.pk).select_related("meeting__agency", "user").first()


def may_undo_check_in(by: User, place: Participant) -> Verdict:
    """May `by` say that this person's check-in was a mistake?"""
    if place.removed_at is not None:
        return no("not_a_participant")
    return first_no(
        may(by, place.meeting, "undo_check_in"),
        YES if place.checked_in_at else no("not_checked_in"),
        no("ballot_given") if Ballot.objects.filter(participant=place).exists() else YES,
    )
