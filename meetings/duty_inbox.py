"""What waits about papers: units' papers to prepare, papers to decide on; and the reminders of deadlines."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings.models import Duty, Meeting, Paper, Participant
from meetings.paper_news import about_duty, duty_values
from meetings.queries.duties import due_now, open_duties, people_of_duty
from meetings.rights import REVIEW
from meetings.workflow import TAKING_PAPERS
from notices.reminders import Reminder
from people.inbox import InboxItem
from people.models import User
from people.queries import agencies_with_right

MOST = 50


def to_prepare(user: User) -> Iterable[InboxItem]:
    """Return what the person's units still have to prepare, from one query; the page of duties lists all of it."""
    return [item_of(duty) for duty in open_duties(user)[:MOST]]


def item_of(duty: Duty) -> InboxItem:
    """Return a duty's line."""
    title = f"{duty.item.title} · {duty.item.meeting.title}"
    page = reverse("meetings:duty", args=[duty.public_id])
    returned = duty.stands == "returned"  # type: ignore[attr-defined]
    verb = _("Change the returned papers") if returned else _("Prepare papers")
    return InboxItem("duty", verb, title, page, duty.created_at, due=duty.due_at)


def to_decide(user: User) -> Iterable[InboxItem]:
    """Return the meetings in which units' papers wait for the person's decision, from one query."""
    waiting = Paper.objects.filter(item__meeting=OuterRef("pk"), state="submitted")
    secretary = Participant.objects.filter(
        meeting=OuterRef("pk"), user=user, role=Participant.Role.SECRETARY, removed_at__isnull=True
    )
    mine = Q(agency_id__in=agencies_with_right(user, REVIEW)) | Q(Exists(secretary))
    meetings = Meeting.objects.filter(mine, Exists(waiting), state__in=TAKING_PAPERS)
    since = Min("items__papers__submitted_at", filter=Q(items__papers__state="submitted"))
    return [
        InboxItem(
            "papers",
            _("Decide on papers handed in"),
            meeting.title,
            reverse("meetings:materials", args=[meeting.public_id]),
            meeting.waits_since or meeting.created_at,
            starts=meeting.starts_at,
        )
        for meeting in meetings.annotate(waits_since=since).order_by("starts_at", "pk")[:MOST]
    ]


def reminders(at: datetime) -> Iterator[Reminder]:
    """Yield what units should be reminded of now: two days and one day before, and when it is overdue."""
    for duty, mark in due_now(at):
        kind = "meetings.duty_late" if mark == "late" else "meetings.duty_soon"
        url = reverse("meetings:duty", args=[duty.public_id])
        key = f"duty:{duty.pk}:{duty.due_at:%Y%m%d%H%M}:{mark}"
        for user in people_of_duty(duty):
            yield Reminder(user, kind, duty_values(duty), url, duty.agency_id, key, about_duty(duty))
