"""Who may do what with tablets and cards."""

from datetime import datetime, timedelta

from django.utils import timezone

from ledger.verdict import YES, Verdict, first_no, no
from meetings.models import Meeting, Participant
from meetings.rules.meeting import participation
from people.models import User
from people.queries import has_right, ids_below
from tablets.models import SeatCard, Tablet
from tablets.rights import HAND_OUT

EARLY, LATE = timedelta(hours=4), timedelta(hours=2)
AHEAD = timedelta(days=14)  # a PIN typed too early is recognised, so that it can be said from when it opens
WRONG_CARDS, COUNTED_FOR, LOCK_FOR = 5, timedelta(minutes=15), timedelta(minutes=5)


def may_keep(user: User, agency_id: int) -> Verdict:
    """May the person set up, name and retire tablets of this agency?"""
    return YES if has_right(user, agency_id, HAND_OUT) else no("not_tablet_keeper")


def may_hand_out(user: User, meeting: Meeting) -> Verdict:
    """May the person make seat cards and call tablets in? Who hands out tablets there, and the meeting's secretary."""
    place = participation(user, meeting)
    is_secretary = place is not None and place.role == Participant.Role.SECRETARY
    return YES if is_secretary else may_keep(user, meeting.agency_id)


def is_in_use(tablet: Tablet, at: datetime) -> Verdict:
    """Is this tablet set up, and not locked after wrong PINs?"""
    if tablet.retired_at is not None or not tablet.token_hash:
        return no("tablet_retired")
    if tablet.locked_until is not None and at < tablet.locked_until:
        return no("tablet_locked", minutes=LOCK_FOR.seconds // 60)
    return YES


def opens_from(meeting: Meeting) -> datetime:
    """Return from when the meeting's cards open it."""
    return meeting.starts_at - EARLY


def said(meeting: Meeting) -> str:
    """Return from when the meeting's cards open it, in words."""
    return timezone.localtime(opens_from(meeting)).strftime("%H:%M %d/%m/%Y")


def is_running(meeting: Meeting, at: datetime) -> Verdict:
    """Are tablets handed out for this meeting now: from four hours before until two hours after it was closed?"""
    if meeting.state == "closed":
        return YES if meeting.closed_at and at < meeting.closed_at + LATE else no("card_wrong")
    if meeting.state not in ("published", "open"):
        return no("card_wrong")
    return YES if meeting.state == "open" or at >= opens_from(meeting) else no("card_too_early", moment=said(meeting))


def opens(card: SeatCard | None, tablet: Tablet, at: datetime) -> Verdict:
    """Does this card open its meeting on this tablet now?"""
    if card is None or card.revoked_at is not None:
        return no("card_wrong")
    place = card.participant
    here = place.removed_at is None and place.user.is_active
    near = card.meeting.agency_id == tablet.agency_id or card.meeting.agency_id in ids_below([tablet.agency_id])
    return first_no(
        YES if here else no("card_wrong"),
        YES if near else no("card_for_elsewhere"),
        is_running(card.meeting, at),
    )
