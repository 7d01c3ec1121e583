"""Rooms somebody serves, and the calls from their seats."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from ledger.verdict import Unseen
from meetings.models import Meeting, Participant, SeatRequest
from meetings.rights import SERVE
from meetings.rules.calls import Kind, reads_messages
from meetings.workflow import SEEN_BY_ALL
from people.models import User
from people.queries import agencies_with_right

# Who serves rooms by office has no business in a meeting that has been over for so long.
SERVED_AFTER = timedelta(days=1)
CALL_WITH = ("participant__user", "taken_by", "meeting__agency")


def served_meetings(user: User) -> QuerySet[Meeting]:
    """Return the meetings whose rooms the person serves: nothing but calls and seats of them is shown for it."""
    secretary = Participant.objects.filter(
        meeting=OuterRef("pk"), user=user, removed_at__isnull=True, role=Participant.Role.SECRETARY
    )
    until = timezone.now() - SERVED_AFTER
    over = Q(state="closed", closed_at__lt=until) | Q(state="published", ends_at__lt=until)
    by_office = Q(agency_id__in=agencies_with_right(user, SERVE), rehearsal=False) & ~over
    return (
        Meeting.objects.filter(by_office | Exists(secretary), state__in=SEEN_BY_ALL)
        .select_related("agency", "kind_row", "room")
        .order_by("starts_at", "pk")
    )


def serves_by_office(user: User) -> bool:
    """Does the person serve the rooms of some agency?"""
    return bool(agencies_with_right(user, SERVE))


def get_served_meeting(user: User, public_id: UUID) -> Meeting:
    """Return one meeting whose room the person serves, or raise Unseen."""
    meeting = served_meetings(user).filter(public_id=public_id).first()
    if meeting is None:
        raise Unseen
    return meeting


def with_waiting(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Return the meetings with how many calls wait in each; messages to the secretary are not told of here."""
    waiting = Q(seat_requests__state="waiting") & ~Q(seat_requests__kind=Kind.MESSAGE)
    return meetings.annotate(calls_waiting=Count("seat_requests", filter=waiting))


def calls_of(meeting: Meeting) -> QuerySet[SeatRequest]:
    """Return every call of a meeting that was not taken back, the oldest first."""
    return meeting.seat_requests.exclude(state="withdrawn").select_related(*CALL_WITH).order_by("asked_at", "pk")


def get_visible_call(user: User, meeting: Meeting, public_id: UUID) -> SeatRequest:
    """Return one's own call, or one of a room the person serves; messages exist for secretaries alone."""
    calls = SeatRequest.objects.filter(meeting=meeting, public_id=public_id).select_related(*CALL_WITH)
    own = Q(participant__user=user, participant__removed_at__isnull=True)
    if not served_meetings(user).filter(pk=meeting.pk).exists():
        calls = calls.filter(own)
    elif not reads_messages(user, meeting):
        calls = calls.filter(own | ~Q(kind=Kind.MESSAGE))
    call = calls.first()
    if call is None:
        raise Unseen
    return call
