"""The chair's conclusions, on an item or on the whole meeting: written, changed, ordered, with files."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Max

from documents.actions.access import set_audiences
from documents.actions.intake import take_in
from documents.models import Document
from documents.queries import documents_kept
from documents.received import Received
from documents.rules import may_change_document, may_take_in
from ledger.door import action, nothing_changed
from ledger.verdict import YES, Refused, first_no, no
from meetings.audiences import record_audiences
from meetings.finding import index_conclusions
from meetings.models import AgendaItem, Conclusion, Meeting, Minutes
from meetings.patches import announce, announce_same, conclusions_patch
from meetings.positions import inserted, positions
from meetings.queries.outcome import removed_conclusion
from meetings.records import locked, locked_conclusion, note
from meetings.rules.agenda import is_shown
from meetings.rules.outcome import may_conclude
from meetings.rules.words import has_text
from people.models import User
from people.queries import system_user
from search.fold import composed

MOST_FILES = 20


def _found_on(meeting: Meeting, item: AgendaItem | None) -> AgendaItem | None:
    """Return the item if it is on this meeting's agenda, or refuse; no item means the whole meeting."""
    if item is None:
        return None
    found = meeting.items.filter(pk=item.pk).first()
    if found is None:
        raise Refused("item_unknown")
    is_shown(found).require()
    return found


def _last(meeting: Meeting) -> int:
    return meeting.conclusions.aggregate(last=Max("position"))["last"] or 0


@action
def conclude(meeting: Meeting, *, text: str, item: AgendaItem | None = None, by: User, at: datetime) -> Conclusion:
    """Write down a conclusion."""
    meeting = locked(meeting)
    first_no(may_conclude(by, meeting), has_text(text)).require()
    line = Conclusion.objects.create(
        meeting=meeting,
        item=_found_on(meeting, item),
        text=composed(text).strip(),
        position=_last(meeting) + 1,
        created_by=by,
        created_at=at,
    )
    note(meeting, "conclude", by=by, at=at, about=line, data={"text": line.text})
    _announce([line], meeting, "conclusion.added", by=by, at=at)
    return line


def _announce(lines: Iterable[Conclusion], meeting: Meeting, kind: str, *, by: User, at: datetime) -> None:
    """Publish conclusions as they are now."""
    announce(meeting, kind, conclusions_patch(lines), by=by, at=at)
    _settled(meeting, at=at)


def _settled(meeting: Meeting, *, at: datetime) -> None:
    """Make the conclusions findable as they are now; whoever reads the drafted minutes no longer reads the newest."""
    index_conclusions(meeting)
    Minutes.objects.filter(meeting=meeting).update(revision=F("revision") + 1, changed_at=at)


def _read_by(document: Document, keys: Iterable[str], *, by: User, at: datetime) -> None:
    """Let exactly these read a file of a conclusion."""
    set_audiences(document, keys, by=by if may_change_document(by, document) else system_user(), at=at)


def _held(line: Conclusion) -> Conclusion:
    """Return the conclusion locked, or refuse when somebody removed it meanwhile."""
    found = locked_conclusion(line)
    if found is None:
        raise Refused("changed_meanwhile")
    return found


@action
def edit(line: Conclusion, *, text: str, seen: str, by: User, at: datetime) -> Conclusion:
    """Change a conclusion, unless it no longer reads as the editor saw it."""
    line = _held(line)
    same = YES if line.text == composed(seen).replace("\r\n", "\n").strip() else no("changed_meanwhile")
    first_no(may_conclude(by, line.meeting), same, has_text(text)).require()
    line.text, line.revision = composed(text).replace("\r\n", "\n").strip(), line.revision + 1
    line.save(update_fields=["text", "revision"])
    note(line.meeting, "edit_conclusion", by=by, at=at, about=line, data={"text": line.text})
    _announce([line], line.meeting, "conclusion.edited", by=by, at=at)
    return line


@action
def remove(line: Conclusion, *, by: User, at: datetime) -> None:
    """Remove a conclusion; the record keeps what it said, so that it can be put back."""
    line = _held(line)
    meeting = line.meeting
    may_conclude(by, meeting).require()
    note(meeting, "remove_conclusion", by=by, at=at, about=line, data=_as_it_stood(line))
    for file in line.files.all():
        _read_by(file, [], by=by, at=at)
    Conclusion.objects.filter(pk=line.pk).delete()
    announce_same(meeting, "conclusion.removed", {"conclusions": {str(line.public_id): None}}, by=by, at=at)
    _settled(meeting, at=at)


def _as_it_stood(line: Conclusion) -> dict[str, Any]:
    """Return everything needed to put a conclusion back."""
    return {
        "text": line.text,
        "item": str(line.item.public_id) if line.item else None,
        "position": line.position,
        "revision": line.revision,
        "files": [str(file.public_id) for file in line.files.all()],
        "created_by": line.created_by_id,
        "created_at": line.created_at.isoformat(),
    }


@action
def put_back(meeting: Meeting, *, removed: UUID, by: User, at: datetime) -> Conclusion:
    """Put a removed conclusion back as it stood."""
    meeting = locked(meeting)
    data = removed_conclusion(meeting, removed)
    there = data is None or meeting.conclusions.filter(public_id=removed).exists()
    first_no(may_conclude(by, meeting), no("conclusion_back") if there else YES).require()
    assert data is not None
    item = _item_of(meeting, data["item"])
    line = Conclusion.objects.create(
        public_id=removed,
        meeting=meeting,
        item=item,
        text=data["text"],
        position=data["position"],
        revision=data["revision"] + 1,
        created_by_id=data["created_by"],
        created_at=datetime.fromisoformat(data["created_at"]),
    )
    line.files.set(documents_kept(meeting.agency_id, data["files"]))
    for file in line.files.all():
        _read_by(file, record_audiences(meeting), by=by, at=at)
    note(meeting, "conclude", by=by, at=at, about=line, data={"text": line.text, "put_back": True})
    _announce([line], meeting, "conclusion.added", by=by, at=at)
    return line


def _item_of(meeting: Meeting, public_id: str | None) -> AgendaItem | None:
    """Return the shown item a removed conclusion stood on, or refuse; None where it was on the whole meeting."""
    if public_id is None:
        return None
    found = meeting.items.filter(public_id=public_id).first()
    if found is None:
        raise Refused("item_unknown")
    return _found_on(meeting, found)


@action
def place(line: Conclusion, *, position: int, by: User, at: datetime) -> None:
    """Move a conclusion to `position` (from 1) among all of the meeting."""
    line = _held(line)
    meeting = line.meeting
    may_conclude(by, meeting).require()
    lines = {one.pk: one for one in meeting.conclusions.select_related("item")}
    after = positions(inserted(list(lines), line.pk, position))
    changed = [one for key, one in lines.items() if one.position != after[key]]
    if not changed:
        return nothing_changed()
    for one in changed:
        one.position = after[one.pk]
    Conclusion.objects.bulk_update(changed, ["position"])
    note(meeting, "place_conclusion", by=by, at=at, about=line, data={"position": after[line.pk]})
    return _announce(changed, meeting, "conclusion.moved", by=by, at=at)


@action
def attach(line: Conclusion, received: Received, *, title: str = "", by: User, at: datetime) -> Document:
    """Attach a received file to a conclusion; those who read the minutes read it."""
    line = _held(line)
    meeting = line.meeting
    room = YES if line.files.count() < MOST_FILES else no("too_many_files", most=MOST_FILES)
    first_no(may_conclude(by, meeting), room).require()
    keeper = by if may_take_in(by, meeting.agency_id) else system_user()
    keys = [f"{meeting.stream}:chair"] if line.item and line.item.hidden else record_audiences(meeting)
    document = take_in(received, agency_id=meeting.agency_id, title=title, audiences=keys, by=keeper, at=at)
    line.files.add(document)
    data = {"document": str(document.public_id), "title": document.title}
    note(meeting, "attach_to_conclusion", by=by, at=at, about=line, data=data)
    announce(meeting, "conclusion.files", conclusions_patch([line]), by=by, at=at)
    return document


@action
def detach(line: Conclusion, document: Document, *, by: User, at: datetime) -> None:
    """Take a file off a conclusion; it stays with the agency, the members no longer read it."""
    line = _held(line)
    meeting = line.meeting
    may_conclude(by, meeting).require()
    if not line.files.filter(pk=document.pk).exists():
        raise Refused("conclusion_unknown")
    line.files.remove(document)
    _read_by(document, [], by=by, at=at)
    data = {"document": str(document.public_id), "title": document.title}
    note(meeting, "detach_from_conclusion", by=by, at=at, about=line, data=data)
    announce(meeting, "conclusion.files", conclusions_patch([line]), by=by, at=at)
