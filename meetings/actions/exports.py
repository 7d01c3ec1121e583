"""Having the record packed: asked for, on its way, ready. Request and result are recorded, what was in it by hash."""

from datetime import datetime, timedelta

from ledger.door import action, nothing_changed
from ledger.verdict import YES, first_no, no
from meetings.jobs import pack_record
from meetings.models import Meeting, RecordExport
from meetings.records import locked, note
from meetings.rules.meeting import may
from notices.actions.telling import tell
from people.models import User

RUNNING = ("waiting", "working")
PATIENCE = timedelta(hours=1)  # a package that takes longer has died with its process
READY = "meetings.record_ready"


@action
def ask(meeting: Meeting, *, by: User, at: datetime) -> RecordExport:
    """Have the record packed for oneself; one at a time."""
    meeting = locked(meeting)
    for dead in RecordExport.objects.filter(meeting=meeting, user=by, state__in=RUNNING, asked_at__lt=at - PATIENCE):
        _failed(dead, by=by, at=at)
    running = RecordExport.objects.filter(meeting=meeting, user=by, state__in=RUNNING).exists()
    first_no(may(by, meeting, "export"), no("export_running") if running else YES).require()
    export = RecordExport.objects.create(meeting=meeting, user=by, asked_at=at)
    note(meeting, "ask_export", by=by, at=at, about=export)
    pack_record.enqueue(export.pk)
    return export


@action
def advance(export: RecordExport, *, done: int, total: int, by: User, at: datetime) -> None:
    """Say how far the packing is: no act of its own, so nothing is recorded."""
    RecordExport.objects.filter(pk=export.pk, state__in=RUNNING).update(state="working", done=done, total=total)
    nothing_changed()


@action
def finish(export: RecordExport, *, sha256: str, size: int, files: int, by: User, at: datetime) -> RecordExport:
    """The package lies in the store: whoever asked is told."""
    export = RecordExport.objects.select_related("meeting__agency", "user").get(pk=export.pk)
    if export.state not in RUNNING:
        nothing_changed()
        return export
    export.state, export.sha256, export.size, export.finished_at = "ready", sha256, size, at
    export.done = export.total = files
    export.save()
    meeting = export.meeting
    note(meeting, "export", by=by, at=at, about=export, data={"for": export.user_id, "sha256": sha256, "files": files})
    url = f"/meetings/{meeting.public_id}/archive/"
    values = {"title": meeting.title}
    tell([export.user], READY, values, url=url, agency_id=meeting.agency_id, at=at, about=meeting.stream)
    return export


@action
def fail(export: RecordExport, *, by: User, at: datetime) -> None:
    """The package could not be made; asking again is possible."""
    export = RecordExport.objects.select_related("meeting__agency").get(pk=export.pk)
    if export.state not in RUNNING:
        return nothing_changed()
    return _failed(export, by=by, at=at)


def _failed(export: RecordExport, *, by: User, at: datetime) -> None:
    """Write down that nothing will come of it any more."""
    export.state, export.finished_at = "failed", at
    export.save(update_fields=["state", "finished_at"])
    note(export.meeting, "export_failed", by=by, at=at, about=export)
