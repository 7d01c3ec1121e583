"""Background jobs: drafting the minutes of a meeting that has closed, packing its record, binding its book."""

import logging
from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks import task

from ledger.verdict import Refused
from meetings.models import Meeting, Minutes, RecordExport
from people.queries import system_user

logger = logging.getLogger(__name__)

FAILED_KEPT = timedelta(days=1)
NOTHING_TO_DO = ("minutes_locked", "wrong_state")


@task()
def draft_minutes(meeting_id: int) -> None:
    """Draft the minutes of a meeting just closed, as the system; doing it again loses nothing.

    By the time the job runs somebody may have written and locked them: then there is nothing left to do.
    """
    from meetings import drafting

    meeting = Meeting.objects.select_related("agency").get(pk=meeting_id)
    if Minutes.objects.filter(meeting=meeting).exists():
        return  # somebody drafted them first and may be reading them now
    try:
        drafting.draft_minutes(meeting, by=system_user(), at=timezone.now())
    except Refused as refused:
        if refused.code not in NOTHING_TO_DO:
            raise
        logger.info("minutes of meeting %s not drafted: %s", meeting_id, refused.code)


@task()
def pack_record(export_id: int) -> None:
    """Pack the record of a meeting for the person who asked."""
    from meetings.archive import making

    making.make(RecordExport.objects.select_related("meeting__agency", "meeting__room", "user").get(pk=export_id))


@task()
def bind_book(export_id: int) -> None:
    """Bind the papers of a meeting for the person who asked."""
    from meetings.book import making

    making.make(RecordExport.objects.select_related("meeting__agency", "meeting__room", "user").get(pk=export_id))


def sweep_exports(*, at: datetime) -> int:
    """Give up packages whose process died, and forget failed ones a day later."""
    from meetings.actions import exports

    dead = RecordExport.objects.filter(state__in=exports.RUNNING, asked_at__lt=at - exports.PATIENCE)
    for export in dead:
        exports.fail(export, by=system_user(), at=at)
    return RecordExport.objects.filter(state="failed", finished_at__lt=at - FAILED_KEPT).delete()[0]
