"""Background jobs: drafting the minutes of a meeting that has closed, packing its record."""

from django.utils import timezone
from django_tasks import task

from meetings.models import Meeting, RecordExport
from people.queries import system_user


@task()
def draft_minutes(meeting_id: int) -> None:
    """Draft the minutes of a meeting just closed, as the system; doing it again loses nothing."""
    from meetings import drafting

    meeting = Meeting.objects.select_related("agency").get(pk=meeting_id)
    drafting.draft_minutes(meeting, by=system_user(), at=timezone.now())


@task()
def pack_record(export_id: int) -> None:
    """Pack the record of a meeting for the person who asked."""
    from meetings.archive import making

    making.make(RecordExport.objects.select_related("meeting__agency", "meeting__room", "user").get(pk=export_id))
