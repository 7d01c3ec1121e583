"""Reading tablets: what exists for those who keep them, for a tablet itself, for a meeting's desk."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from ledger.verdict import Unseen
from meetings.models import Meeting, Participant
from meetings.queries.room import roll_of
from meetings.queries.running import going_on
from meetings.queries.visible import visible_meetings
from people.models import Agency, User
from people.queries import agencies_with_right, ids_below, living_among, only
from tablets.models import Handover, SeatCard, Tablet
from tablets.rights import HAND_OUT
from tablets.rules import AHEAD, LATE
from tablets.secrets import code_digest, digest, pin_digest


def kept_agencies(user: User) -> QuerySet[Agency]:
    """Return the agencies whose tablets the person keeps."""
    return living_among(agencies_with_right(user, HAND_OUT))


def visible_tablets(user: User) -> QuerySet[Tablet]:
    """Return the tablets the person keeps, each with the hand-over that is open, if there is one."""
    holders = Handover.objects.filter(ended_at__isnull=True).select_related("participant__user", "participant__meeting")
    tablets = Tablet.objects.filter(agency_id__in=agencies_with_right(user, HAND_OUT), retired_at__isnull=True)
    shown = Prefetch("handovers", queryset=holders, to_attr="held_now")
    return tablets.select_related("agency").prefetch_related(shown)


def get_visible_tablet(user: User, public_id: UUID) -> Tablet:
    """Return one tablet the person keeps, or raise Unseen."""
    return only(visible_tablets(user).filter(public_id=public_id))


def titles_for(user: User, handovers: Iterable[Handover]) -> dict[int, str]:
    """Return the titles of those of the hand-overs' meetings that the person may see, by meeting key."""
    keys = {handover.participant.meeting_id for handover in handovers}
    return dict(visible_meetings(user).filter(pk__in=keys).values_list("pk", "title"))


def tablet_by_token(token: str) -> Tablet | None:
    """Return the tablet whose cookie this is."""
    found = Tablet.objects.filter(token_hash=digest(token), retired_at__isnull=True) if token else Tablet.objects.none()
    return found.select_related("agency").first()


def tablet_by_code(code: str, at: datetime) -> Tablet | None:
    """Return the tablet this code sets up now."""
    return Tablet.objects.filter(code_hash=code_digest(code), code_until__gt=at, retired_at__isnull=True).first()


def card_by_token(token: str) -> SeatCard | None:
    """Return the card with this printed code."""
    cards = SeatCard.objects.filter(token_hash=digest(token), revoked_at__isnull=True)
    return cards.select_related("participant__user", "meeting__agency").first()


def card_by_pin(tablet: Tablet, pin: str, at: datetime) -> SeatCard | None:
    """Return the card with this PIN among the meetings of these days in the tablet's agency and under it."""
    meetings = going_on(ids_below([tablet.agency_id]), early=AHEAD, late=LATE, at=at)
    wanted = [pin_digest(key, pin) for key in meetings.values_list("pk", flat=True)]
    cards = SeatCard.objects.filter(pin_hash__in=wanted, revoked_at__isnull=True)
    found = list(cards.select_related("participant__user", "meeting__agency")[:2])
    return found[0] if len(found) == 1 else None  # two meetings may give one PIN: then the code on the card decides


def open_handover(tablet: Tablet) -> Handover | None:
    """Return who has the tablet now."""
    held = tablet.handovers.filter(ended_at__isnull=True)
    return held.select_related("participant__user", "participant__meeting").first()


def unwiped(tablet: Tablet) -> Handover | None:
    """Return the last hand-over that ended without a receipt yet."""
    last = tablet.handovers.filter(ended_at__isnull=False).order_by("-ended_at", "-pk").first()
    return last if last is not None and last.wiped_at is None else None


def desk_rows(meeting: Meeting) -> QuerySet[Participant]:
    """Return the meeting's people with their card and the tablet they have: a constant number of queries."""
    cards = SeatCard.objects.filter(revoked_at__isnull=True)
    held = Handover.objects.filter(ended_at__isnull=True).select_related("tablet")
    return roll_of(meeting).prefetch_related(
        Prefetch("seat_cards", queryset=cards, to_attr="cards_now"),
        Prefetch("handovers", queryset=held, to_attr="tablets_now"),
    )


def handovers_of(tablet: Tablet) -> QuerySet[Handover]:
    """Return who had the tablet, the latest first."""
    return tablet.handovers.select_related("participant__user", "participant__meeting")


def get_handover(tablet: Tablet, public_id: UUID) -> Handover:
    """Return one hand-over of this very tablet, or raise Unseen."""
    found = tablet.handovers.filter(public_id=public_id).first()
    if found is None:
        raise Unseen
    return found


def meetings_with_tablets() -> list[int]:
    """Return the meetings of which tablets are in somebody's hands."""
    held = Handover.objects.filter(ended_at__isnull=True)
    return list(held.values_list("participant__meeting_id", flat=True).distinct())
