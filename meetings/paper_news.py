"""What people are told of papers and duties: steps inside the actions that change them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from meetings.models import Duty, Meeting, Paper
from meetings.queries.duties import people_of_duty
from meetings.queries.room import readers_of
from meetings.rights import REVIEW
from meetings.rules.meeting import CONDUCTING
from notices.actions.telling import take_back, tell
from people.models import User
from people.queries import people_with_right

NEWS_OF = ("published", "open")


def about_paper(paper: Paper) -> str:
    """Return what a paper is called in the notices about it."""
    return f"paper:{paper.pk}"


def about_duty(duty: Duty) -> str:
    """Return what a duty is called in the notices about it."""
    return f"duty:{duty.pk}"


def moment_words(at: datetime) -> str:
    """Return an instant as notices write it: 17:00 25/11/2026."""
    return timezone.localtime(at).strftime("%H:%M %d/%m/%Y")


def duty_values(duty: Duty) -> dict[str, Any]:
    """Return what the sentences about a duty are filled with."""
    return {
        "unit": duty.agency.name,
        "item": duty.item.title,
        "meeting": duty.item.meeting.title,
        "due": moment_words(duty.due_at),
    }


def tell_readers(paper: Paper, *, by: User, at: datetime) -> None:
    """Tell participants who may read it that a paper was added or replaced; only once they know the meeting."""
    meeting = paper.item.meeting
    if meeting.state not in NEWS_OF:
        return
    users = [place.user for place in readers_of(paper) if place.user_id != by.pk]
    changed = paper.changed_at == at
    kind = "meetings.paper_replaced" if changed else "meetings.paper_added"
    values = {"paper": paper.document.title, "meeting": meeting.title, "change": paper.change_note}
    url = reverse("documents:document", args=[paper.document.public_id])
    tell(users, kind, values, url=url, agency_id=meeting.agency_id, at=at, about=about_paper(paper))


# What is no longer true of a paper that was withdrawn.
NEWS = ("meetings.paper_replaced", "meetings.paper_added", "meetings.read_papers")


def take_back_news(paper: Paper, *, users: Iterable[User] = (), at: datetime) -> None:
    """Take back what was told of a paper that is gone, or gone for these people."""
    take_back(about_paper(paper), at=at, kinds=NEWS, users=users)


def forget_lost(paper: Paper, *, at: datetime) -> None:
    """Take back what was told of a laid paper to participants who may not read it any more."""
    readers = {place.pk for place in readers_of(paper)}
    others = [place.user for place in paper.item.meeting.participants.select_related("user") if place.pk not in readers]
    if others:
        take_back_news(paper, users=others, at=at)


def tell_unit(
    duty: Duty, kind: str, *, by: User, at: datetime, only: Iterable[User] | None = None, **more: str
) -> None:
    """Tell everybody who prepares the papers of the duty, or `only` some of them."""
    users = [user for user in (people_of_duty(duty) if only is None else only) if user.pk != by.pk]
    url = reverse("meetings:duty", args=[duty.public_id])
    values = {**duty_values(duty), **more}
    tell(users, kind, values, url=url, agency_id=duty.agency_id, at=at, about=about_duty(duty))


def tell_reviewers(paper: Paper, *, by: User, at: datetime) -> None:
    """Tell those who check papers that a unit handed one in."""
    meeting = paper.item.meeting
    assert paper.duty is not None
    url = f"{reverse('meetings:materials', args=[meeting.public_id])}#paper-{paper.public_id}"
    values = {**duty_values(paper.duty), "paper": paper.document.title}
    users = [user for user in reviewers_of(meeting) if user.pk != by.pk]
    tell(
        users, "meetings.paper_handed_in", values, url=url, agency_id=meeting.agency_id, at=at, about=about_paper(paper)
    )


def reviewers_of(meeting: Meeting) -> list[User]:
    """Return who checks the papers of a meeting: its secretaries, and who has the right in its agency."""
    conducting = meeting.participants.filter(removed_at__isnull=True, role__in=CONDUCTING, user__is_active=True)
    secretaries = [place.user for place in conducting.filter(role="secretary").select_related("user")]
    by_right = people_with_right([meeting.agency_id], REVIEW)
    return list({user.pk: user for user in [*secretaries, *by_right]}.values())
