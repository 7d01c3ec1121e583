"""The notebook: private notes of a meeting. No record, no event, no index: nobody but their author learns of them."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from ledger.door import action, private
from ledger.verdict import Refused, Unseen
from meetings.models import Meeting, NotebookEntry
from meetings.rules.own import LONGEST_NOTE, is_writable
from people.locks import locked
from people.models import User
from search.fold import composed

KEPT_AFTER_DELETION = timedelta(days=1)


@action
def save(meeting: Meeting, *, entry_id: UUID, text: str, revision: int, by: User, at: datetime) -> NotebookEntry:
    """Write a note; `entry_id` is drawn by the page, so a note sent twice is one note. `revision` 0 begins it."""
    locked(by)  # two devices sending one new note wait for each other here
    entry = NotebookEntry.objects.select_for_update().filter(public_id=entry_id).first()
    if entry is not None and (entry.user_id != by.pk or entry.meeting_id != meeting.pk):
        raise Unseen
    is_writable(text, LONGEST_NOTE).require()
    private()
    text = composed(text)
    if entry is None:
        return NotebookEntry.objects.create(
            public_id=entry_id, meeting=meeting, user=by, text=text, created_at=at, changed_at=at
        )
    if entry.text == text and entry.deleted_at is None:
        return entry
    if entry.revision != revision:
        raise Refused("changed_meanwhile")
    entry.text, entry.changed_at, entry.deleted_at = text, at, None
    entry.revision += 1
    entry.save(update_fields=["text", "text_folded", "changed_at", "deleted_at", "revision"])
    return entry


@action
def delete(entry: NotebookEntry, *, by: User, at: datetime) -> None:
    """Throw a note away; it can be taken back for a day, and what was thrown away earlier goes for good."""
    _own(entry, by).update(deleted_at=at)
    NotebookEntry.objects.filter(user=by, deleted_at__lt=at - KEPT_AFTER_DELETION).delete()
    private()


@action
def restore(entry: NotebookEntry, *, by: User, at: datetime) -> None:
    """Take a note back that was thrown away."""
    _own(entry, by).update(deleted_at=None, changed_at=at)
    private()


def _own(entry: NotebookEntry, user: User) -> QuerySet[NotebookEntry]:
    """Return the note's row, or Unseen for everybody but its author."""
    rows = NotebookEntry.objects.filter(pk=entry.pk, user=user)
    if not rows.exists():
        raise Unseen
    return rows
