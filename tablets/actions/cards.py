"""Seat cards: made for everybody or for one person, shown once, revoked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ledger.door import action, nothing_changed
from ledger.verdict import YES, first_no, no
from meetings.models import Meeting, Participant
from meetings.queries.room import roll_of
from meetings.records import locked as locked_meeting
from meetings.records import note
from people.models import User
from tablets.actions.handovers import end_of
from tablets.models import SeatCard
from tablets.rules import may_hand_out
from tablets.secrets import digest, new_pin, new_token, pin_digest


@dataclass(frozen=True)
class MadeCard:
    """What is printed: stored nowhere else."""

    participant: Participant
    token: str
    pin: str


@action
def make(meeting: Meeting, *, only: Sequence[Participant] = (), by: User, at: datetime) -> list[MadeCard]:
    """Make new cards for these participants, or for everybody; the cards they had open nothing any more.

    A new card for one person also takes back the tablet that the old one opened: it may be in the wrong hands.
    """
    meeting = locked_meeting(meeting)
    places = [place for place in roll_of(meeting) if not only or place in only]
    first_no(may_hand_out(by, meeting), YES if places else no("nobody_to_hand_to")).require()
    SeatCard.objects.filter(participant__in=places, revoked_at__isnull=True).update(revoked_at=at)
    if only:
        for place in places:
            end_of(place, how="called_in", by=by, at=at)
    made = [MadeCard(place, new_token(), pin) for place, pin in zip(places, _pins(meeting, len(places)), strict=True)]
    SeatCard.objects.bulk_create(
        SeatCard(
            participant=card.participant,
            meeting=meeting,
            token_hash=digest(card.token),
            pin_hash=pin_digest(meeting.pk, card.pin),
            made_by=by,
            made_at=at,
        )
        for card in made
    )
    note(meeting, "make_cards", by=by, at=at, data={"cards": len(made)})
    return made


@action
def revoke(place: Participant, *, by: User, at: datetime) -> None:
    """Make a lost card worthless, and take back the tablet it opened."""
    may_hand_out(by, place.meeting).require()
    if not SeatCard.objects.filter(participant=place, revoked_at__isnull=True).update(revoked_at=at):
        return nothing_changed()
    end_of(place, how="called_in", by=by, at=at)
    return note(place.meeting, "revoke_card", by=by, at=at, about=place)


def _pins(meeting: Meeting, count: int) -> list[str]:
    """Return PINs that no standing card of the meeting has."""
    standing = SeatCard.objects.filter(meeting=meeting, revoked_at__isnull=True)
    taken, pins = set(standing.values_list("pin_hash", flat=True)), list[str]()
    while len(pins) < count:
        pin = new_pin()
        if pin_digest(meeting.pk, pin) not in taken:
            taken.add(pin_digest(meeting.pk, pin))
            pins.append(pin)
    return pins
