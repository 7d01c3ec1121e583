"""Having the record packed or the book bound: asked for, on its way, ready. Both ends are recorded, bytes by hash."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ledger.door import action, nothing_changed
from ledger.verdict import YES, first_no, no
from meetings.jobs import bind_book, pack_record
from meetings.models import Meeting, RecordExport
from meetings.records import locked, note
from meetings.rules.meeting import may
from notices.actions.telling import tell
from people.models import User

RUNNING = ("waiting", "working")
PATIENCE = timedelta(hours=1)  # a package that takes longer has died with its process
RECORD, BOOK = "record", "book"
# Of each kind: the verb that allows it and the record of the request, the job, the notice, the page it is fetched from.
VERBS = {RECORD: ("export", "ask_export"), BOOK: ("bind_book", "ask_book")}
JOBS = {RECORD: pack_record, BOOK: bind_book}
READY = {RECORD: "meetings.record_ready", BOOK: "meetings.book_ready"}
PAGES = {RECORD: "archive", BOOK: "book"}


@dataclass(frozen=True)
class Made:
    """What came out: its bytes in the store, how many files are in it, and what it was made of (`meetings.basis`)."""

    sha256: str
    size: int
    files: int
    made_of: Mapping[str, Any]


@action
def ask(meeting: Meeting, *, kind: str = RECORD, notes: str = "", by: User, at: datetime) -> RecordExport:
    """Have the record packed or the book bound for oneself, with which of the notes; one of a kind at a time."""
    meeting = locked(meeting)
    mine = RecordExport.objects.filter(meeting=meeting, user=by, kind=kind, state__in=RUNNING)
    for dead in mine.filter(asked_at__lt=at - PATIENCE):
        _failed(dead, by=by, at=at)
    verb, asked = VERBS[kind]
    first_no(may(by, meeting, verb), no("export_running") if mine.exists() else YES).require()
    export = RecordExport.objects.create(meeting=meeting, user=by, kind=kind, notes=notes, asked_at=at)
    note(meeting, asked, by=by, at=at, about=export)
    JOBS[kind].enqueue(export.pk)
    return export


@action
def advance(export: RecordExport, *, done: int, total: int, by: User, at: datetime) -> None:
    """Say how far the packing is: no act of its own, so nothing is recorded."""
    RecordExport.objects.filter(pk=export.pk, state__in=RUNNING).update(state="working", done=done, total=total)
    nothing_changed()


@action
def finish(export: RecordExport, made: Made, *, by: User, at: datetime) -> RecordExport:
    """The package lies in the store: whoever asked is told."""
    export = RecordExport.objects.select_related("meeting__agency", "user").get(pk=export.pk)
    if export.state not in RUNNING:
        nothing_changed()
        return export
    export.state, export.sha256, export.size, export.finished_at = "ready", made.sha256, made.size, at
    export.done = export.total = made.files
    export.made_of = dict(made.made_of)
    export.save()
    meeting = export.meeting
    told = {"for": export.user_id, "sha256": made.sha256, "files": made.files}
    note(meeting, VERBS[export.kind][0], by=by, at=at, about=export, data=told)
    url = f"/meetings/{meeting.public_id}/{PAGES[export.kind]}/"
    values = {"title": meeting.title}
    tell([export.user], READY[export.kind], values, url=url, agency_id=meeting.agency_id, at=at, about=meeting.stream)
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
