"""Who would have to be in two meetings at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from meetings.models import Meeting, Participant
from meetings.queries.visible import visible_meetings
from people.models import User

# Whoever answered so has no reason to be there any more.
STAYS_AWAY = (Participant.Reply.ABSENT, Participant.Reply.EXCUSED, Participant.Reply.DELEGATED)


@dataclass(frozen=True)
class Clash:
    """A person's place in another meeting at the same time; `shown` says whether the asker may know which one."""

    user: User
    meeting: Meeting
    shown: bool = False


def person_clashes(
    users: Collection[User],
    starts_at: datetime,
    ends_at: datetime,
    *,
    besides: Meeting | None = None,
    asked_by: User | None = None,
) -> list[Clash]:
    """Return where these people are expected between these times, earliest first; one query, cancelled meetings aside.

    A meeting that ends when the other begins does not clash. `asked_by` decides whose titles may be shown.
    """
    if not users or ends_at <= starts_at:
        return []
    places = (
        Participant.objects.filter(
            user__in=users, removed_at__isnull=True, meeting__starts_at__lt=ends_at, meeting__ends_at__gt=starts_at
        )
        .exclude(reply__in=STAYS_AWAY)
        .exclude(meeting__state="cancelled")
    )
    if besides is not None:
        places = places.exclude(meeting=besides)
    if asked_by is not None:
        places = places.annotate(shown=Exists(visible_meetings(asked_by).filter(pk=OuterRef("meeting_id"))))
    found = places.select_related("user", "meeting__agency").order_by("meeting__starts_at", "user__sort_key", "pk")
    return [Clash(place.user, place.meeting, getattr(place, "shown", False)) for place in found]


def clashes_in(meeting: Meeting, *, asked_by: User) -> list[Clash]:
    """Return who of the meeting's participants is expected elsewhere at its time."""
    staying = meeting.participants.filter(removed_at__isnull=True).exclude(reply__in=STAYS_AWAY)
    users = [place.user for place in staying.select_related("user")]
    return person_clashes(users, meeting.starts_at, meeting.ends_at, besides=meeting, asked_by=asked_by)
