"""What waits for a person in meetings: a package to approve, one that came back, an invitation, an open vote."""

from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import Ballot, Meeting, Participant, RollEntry
from meetings.queries.units import visible_units
from meetings.queries.visible import taking_part, visible_meetings
from meetings.rights import ANSWER, APPROVE, PREPARE
from meetings.rules.meeting import CONDUCTING
from people.inbox import InboxItem, InboxStep
from people.models import User
from people.queries import agencies_with_right


def waiting(user: User) -> Iterable[InboxItem]:
    """Return what waits for the person: one query, and one more for those who answer for units."""
    units = units_waiting(user) if agencies_with_right(user, ANSWER) else ()
    return [*(item for meeting in waiting_meetings(user) for item in lines(meeting)), *units]


def waiting_meetings(user: User) -> Iterable[Meeting]:
    """Return the meetings in which something waits, each marked with why."""
    to_approve = Q(state="submitted", agency_id__in=agencies_with_right(user, APPROVE))
    to_change = Q(state="returned", agency_id__in=agencies_with_right(user, PREPARE))
    ballots = Ballot.objects.filter(vote=OuterRef("vote"), participant=OuterRef("participant"))
    unanswered = RollEntry.objects.filter(
        vote__meeting=OuterRef("pk"), vote__state="open", participant__user=user, participant__removed_at__isnull=True
    )
    absences = Participant.objects.filter(meeting=OuterRef("pk"), removed_at__isnull=True, reply="asked")
    absences = absences.exclude(user=user)
    marked = visible_meetings(user).annotate(
        invited=Exists(taking_part(user)),
        to_answer=Exists(taking_part(user).filter(reply="none")),
        to_decide=Exists(absences) & Exists(taking_part(user).filter(role__in=CONDUCTING)),
        to_vote=Exists(unanswered.filter(~Exists(ballots))),
    )
    coming = Q(state="published", ends_at__gte=timezone.now()) | Q(state="open")
    return marked.filter(to_approve | to_change | (coming & Q(invited=True)))


def lines(meeting: Meeting) -> Iterator[InboxItem]:
    """Yield the line of one meeting: the most urgent thing in it."""
    page = reverse("meetings:detail", args=[meeting.public_id])
    room = reverse("meetings:room", args=[meeting.public_id])
    opened = meeting.opened_at or meeting.starts_at
    if getattr(meeting, "to_decide", False):
        people = reverse("meetings:people", args=[meeting.public_id])
        yield InboxItem("absence", _("Decide on an absence"), meeting.title, people, opened, starts=meeting.starts_at)
    if meeting.state == "submitted":
        yield InboxItem("package", _("Approve the package"), meeting.title, page, meeting.created_at, meeting.starts_at)
    elif meeting.state == "returned":
        yield InboxItem("returned", _("Change and submit again"), meeting.title, page, meeting.created_at)
    elif getattr(meeting, "to_vote", False):
        yield InboxItem("vote", _("Vote now"), meeting.title, room, opened, starts=opened)
    elif meeting.state == "open":
        yield InboxItem("room", _("Enter the room"), meeting.title, room, opened, starts=opened)
    elif meeting.state == "published" and getattr(meeting, "to_answer", False):
        yield unanswered_line(meeting, page)
    else:
        since = meeting.published_at or meeting.created_at
        yield InboxItem("invited", _("You are invited"), meeting.title, page, since, starts=meeting.starts_at)


def unanswered_line(meeting: Meeting, page: str) -> InboxItem:
    """Return the line of an invitation without an answer: accepted with one tap, everything else on its page."""
    step = InboxStep(_("Attend"), reverse("meetings:reply", args=[meeting.public_id]), (("do", "accept"),))
    since = meeting.published_at or meeting.created_at
    asked, begins = _("Answer the invitation"), None if meeting.reply_by else meeting.starts_at
    return InboxItem("reply", asked, meeting.title, page, since, due=meeting.reply_by, starts=begins, step=step)


def units_waiting(user: User) -> Iterator[InboxItem]:
    """Yield the invitations of units that have neither named anybody nor declined, for those who answer for them."""
    silent = visible_units(user).filter(declined_at__isnull=True, named=0, meeting__state="published")
    for unit in silent.filter(meeting__ends_at__gte=timezone.now()).order_by("meeting__starts_at"):
        meeting, page = unit.meeting, reverse("meetings:unit", args=[unit.public_id])
        title = f"{unit.agency.name}: {meeting.title}"
        since, due = unit.invited_at or meeting.created_at, meeting.reply_by
        begins = None if due else meeting.starts_at
        yield InboxItem("unit", _("Name the unit's people"), title, page, since, due=due, starts=begins)
