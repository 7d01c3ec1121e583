"""What waits for a person in meetings: a package to approve, one that came back, an invitation, an open vote."""

from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import Ballot, Meeting, RollEntry
from meetings.queries.visible import taking_part, visible_meetings
from meetings.rights import APPROVE, PREPARE
from people.inbox import InboxItem
from people.models import User
from people.queries import agencies_with_right


def waiting(user: User) -> Iterable[InboxItem]:
    """Return what waits for the person, from one query."""
    return [item for meeting in waiting_meetings(user) for item in lines(meeting)]


def waiting_meetings(user: User) -> Iterable[Meeting]:
    """Return the meetings in which something waits, each marked with why."""
    to_approve = Q(state="submitted", agency_id__in=agencies_with_right(user, APPROVE))
    to_change = Q(state="returned", agency_id__in=agencies_with_right(user, PREPARE))
    ballots = Ballot.objects.filter(vote=OuterRef("vote"), participant=OuterRef("participant"))
    unanswered = RollEntry.objects.filter(
        vote__meeting=OuterRef("pk"), vote__state="open", participant__user=user, participant__removed_at__isnull=True
    )
    marked = visible_meetings(user).annotate(
        invited=Exists(taking_part(user)), to_vote=Exists(unanswered.filter(~Exists(ballots)))
    )
    coming = Q(state="published", ends_at__gte=timezone.now()) | Q(state="open")
    return marked.filter(to_approve | to_change | (coming & Q(invited=True)))


def lines(meeting: Meeting) -> Iterator[InboxItem]:
    """Yield the line of one meeting: the most urgent thing in it."""
    page = reverse("meetings:detail", args=[meeting.public_id])
    room = reverse("meetings:room", args=[meeting.public_id])
    opened = meeting.opened_at or meeting.starts_at
    if meeting.state == "submitted":
        yield InboxItem("package", _("Approve the package"), meeting.title, page, meeting.created_at, meeting.starts_at)
    elif meeting.state == "returned":
        yield InboxItem("returned", _("Change and submit again"), meeting.title, page, meeting.created_at)
    elif getattr(meeting, "to_vote", False):
        yield InboxItem("vote", _("Vote now"), meeting.title, room, opened, starts=opened)
    elif meeting.state == "open":
        yield InboxItem("room", _("Enter the room"), meeting.title, room, opened, starts=opened)
    else:
        since = meeting.published_at or meeting.created_at
        yield InboxItem("invited", _("You are invited"), meeting.title, page, since, starts=meeting.starts_at)
