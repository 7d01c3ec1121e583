"""Background jobs: drafting the minutes of a meeting that has closed."""

from django.utils import timezone
from django_tasks import task

from meetings.models import Meeting
from people.queries import system_user


@task()
def draft_minutes(meeting_id: int) -> None:
    """Draft the minutes of a meeting just closed, as the system; doing it again only adds a version."""
    from meetings import drafting

    meeting = Meeting.objects.select_related("agency").get(pk=meeting_id)
    drafting.draft_minutes(meeting, by=system_user(), at=timezone.now())
