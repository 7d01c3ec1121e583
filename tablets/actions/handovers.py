"""Tablets in people's hands: taken with a card, handed back, called in; a receipt closes each hand-over."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.sessions.models import Session

from ledger.door import action, current_writ, nothing_changed
from ledger.record import record
from ledger.verdict import Refused, first_no
from live import control
from meetings.models import Meeting, Participant
from people.locks import locked
from people.models import User
from tablets import rules
from tablets.models import Handover, SeatCard, Tablet

COUNTED = ("caches", "databases", "local", "session", "left")


@action
def take(card: SeatCard, tablet: Tablet, *, by_pin: bool, session_key: str, by: User, at: datetime) -> Handover:
    """Hand the tablet to the card's participant; whoever had it, and the tablet they had, are signed out first."""
    tablet = _held(tablet, *_tablets_of(card))
    locked(card.participant)
    card = SeatCard.objects.select_related("participant__user", "meeting").get(pk=card.pk)
    first_no(rules.is_in_use(tablet, at), rules.opens(card, tablet, at)).require()
    end_held(tablet, how="passed_on", by=by, at=at)
    for other in Handover.objects.filter(participant=card.participant, ended_at__isnull=True):
        _end(other, how="moved", by=by, at=at)
    tablet.seen_at = at
    tablet.save(update_fields=["seen_at"])
    handover = Handover.objects.create(
        tablet=tablet, participant=card.participant, by_pin=by_pin, session_key=session_key, taken_at=at
    )
    data = {"tablet": tablet.label, "person": card.participant.user.full_name, "by_pin": by_pin}
    record(handover, "take", by=by, at=at, agency_id=card.meeting.agency_id, chain=card.meeting.stream, data=data)
    return handover


def _tablets_of(card: SeatCard) -> list[Tablet]:
    """Return the tablets this participant has now."""
    return list(Tablet.objects.filter(handovers__participant=card.participant_id, handovers__ended_at__isnull=True))


def _held(tablet: Tablet, *others: Tablet) -> Tablet:
    """Hold these tablets until the commit, keys ascending: two people who swap theirs wait for each other."""
    keys = {tablet.pk, *(other.pk for other in others)}
    rows = Tablet.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    return {row.pk: row for row in rows}[tablet.pk]


@action
def refuse_card(tablet: Tablet, *, by: User, at: datetime) -> None:
    """Count a wrong PIN; after five within a quarter of an hour the tablet takes none for a while.

    A right card does not start the count anew, or one's own card would buy more guesses.
    """
    tablet = locked(tablet)
    rules.is_in_use(tablet, at).require()
    if tablet.wrong_since is None or at - tablet.wrong_since > rules.COUNTED_FOR:
        tablet.wrong_cards, tablet.wrong_since = 0, at
    tablet.wrong_cards += 1
    if tablet.wrong_cards >= rules.WRONG_CARDS:
        tablet.wrong_cards, tablet.wrong_since, tablet.locked_until = 0, None, at + rules.LOCK_FOR
    tablet.save(update_fields=["wrong_cards", "wrong_since", "locked_until"])
    record(tablet, "refuse_card", by=by, at=at, agency_id=tablet.agency_id)


@action
def hand_back(handover: Handover, *, by: User, at: datetime) -> Handover:
    """The person gives the tablet back: the session and its sockets end now."""
    locked(handover.tablet)
    handover = _fresh(handover)
    if handover.ended_at is not None:
        nothing_changed()
        return handover
    if by.pk != handover.participant.user_id:
        raise Refused("not_yours")
    return _end(handover, how="returned", by=by, at=at)


@action
def keep_receipt(handover: Handover, *, wiped: Mapping[str, int], by: User, at: datetime) -> Handover:
    """Keep what the tablet says it has removed; the first receipt stays."""
    locked(handover.tablet)
    handover = _fresh(handover)
    if handover.ended_at is None or handover.wiped_at is not None:
        nothing_changed()
        return handover
    handover.wiped_at = at
    handover.wiped = {name: max(0, int(wiped.get(name, 0))) for name in COUNTED}
    handover.save(update_fields=["wiped_at", "wiped"])
    meeting = handover.participant.meeting
    record(
        handover,
        "wipe",
        by=by,
        at=at,
        agency_id=meeting.agency_id,
        chain=meeting.stream,
        data={"tablet": handover.tablet.label, **handover.wiped},
    )
    return handover


@action
def call_in(meeting: Meeting, *, by: User, at: datetime) -> int:
    """End every hand-over of the meeting; return how many there were."""
    rules.may_hand_out(by, meeting).require()
    return _end_all(meeting, how="called_in", by=by, at=at)


@action
def call_in_over(meeting: Meeting, *, by: User, at: datetime) -> int:
    """End the hand-overs of a meeting that has been over for two hours, or was called off."""
    return _end_all(meeting, how="over", by=by, at=at)


def _end_all(meeting: Meeting, *, how: str, by: User, at: datetime) -> int:
    standing = Handover.objects.filter(participant__meeting=meeting, ended_at__isnull=True)
    tablets = list(Tablet.objects.filter(handovers__in=standing))
    if not tablets:
        nothing_changed()
        return 0
    _held(*tablets)
    held = list(standing.all())
    for handover in held:
        _end(handover, how=how, by=by, at=at)
    if not held:
        nothing_changed()
    return len(held)


def end_held(tablet: Tablet, *, how: str, by: User, at: datetime) -> None:
    """End the open hand-over of a tablet whose row is held, if there is one: a step of the actions here."""
    current_writ()
    for handover in tablet.handovers.filter(ended_at__isnull=True):
        _end(handover, how=how, by=by, at=at)


def end_of(place: Participant, *, how: str, by: User, at: datetime) -> None:
    """Take the tablet of a participant back, if they have one: a step of the actions here."""
    current_writ()
    standing = Handover.objects.filter(participant=place, ended_at__isnull=True)
    tablets = list(Tablet.objects.filter(handovers__in=standing))
    if tablets:
        _held(*tablets)
        for handover in standing.all():
            _end(handover, how=how, by=by, at=at)


def _fresh(handover: Handover) -> Handover:
    return Handover.objects.select_related("tablet", "participant__meeting", "participant__user").get(pk=handover.pk)


def _end(handover: Handover, *, how: str, by: User, at: datetime) -> Handover:
    """Close a hand-over whose tablet is held: its session ends with this commit, every process looks at its sockets."""
    handover = _fresh(handover)
    meeting = handover.participant.meeting
    if handover.ended_at is not None:
        return handover
    handover.ended_at, handover.ended_how = at, how
    handover.save(update_fields=["ended_at", "ended_how"])
    Session.objects.filter(session_key=handover.session_key).delete()
    control.rights_changed(user_id=handover.participant.user_id, stream=None, by=by, at=at)
    data = {"tablet": handover.tablet.label, "how": how}
    record(handover, "end", by=by, at=at, agency_id=meeting.agency_id, chain=meeting.stream, data=data)
    return handover
