"""Background jobs: drafting the minutes of a meeting that has closed."""

from django.utils import timezone
from django_tasks import task

from meetings.models import Meeting


@task()
def draft_minutes(meeting_id: int, user_id: int) -> None:
    """Draft the minutes for whoever closed the meeting; doing it again only adds a version."""
    from meetings import drafting

    meeting = Meeting.objects.select_related("agency").get(pk=meeting_id)
    closer = meeting.participants.select_related("user").get(user=user_id)
    drafting.draft_minutes(meeting, by=closer.user, at=timezone.now())
