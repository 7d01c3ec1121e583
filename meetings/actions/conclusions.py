"""The chair's conclusions, on an item or on the whole meeting."""

from datetime import datetime

from ledger.door import action
from ledger.verdict import YES, Refused, first_no, no
from meetings.finding import index_conclusions
from meetings.models import AgendaItem, Conclusion, Meeting
from meetings.patches import announce_same
from meetings.records import locked, locked_conclusion, note
from meetings.rules.meeting import may
from meetings.rules.words import has_text
from meetings.snapshot import conclusion_data
from people.models import User
from search.fold import composed


def _found_on(meeting: Meeting, item: AgendaItem | None) -> AgendaItem | None:
    """Return the item if it is on this meeting's agenda, or refuse; no item means the whole meeting."""
    if item is not None and item.meeting_id != meeting.pk:
        raise Refused("item_unknown")
    return item


@action
def conclude(meeting: Meeting, *, text: str, item: AgendaItem | None = None, by: User, at: datetime) -> Conclusion:
    """Write down a conclusion."""
    meeting = locked(meeting)
    first_no(may(by, meeting, "conclude"), has_text(text)).require()
    line = Conclusion.objects.create(
        meeting=meeting, item=_found_on(meeting, item), text=composed(text).strip(), created_by=by, created_at=at
    )
    note(meeting, "conclude", by=by, at=at, about=line, data={"text": line.text})
    _announce_line(line, "conclusion.added", by=by, at=at)
    return line


def _announce_line(line: Conclusion, kind: str, *, by: User, at: datetime) -> None:
    """Publish one conclusion as it is now."""
    patch = {"conclusions": {str(line.public_id): conclusion_data(line)}}
    announce_same(line.meeting, kind, patch, by=by, at=at)
    index_conclusions(line.meeting)


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
    same = YES if line.text == composed(seen).strip() else no("changed_meanwhile")
    first_no(may(by, line.meeting, "conclude"), same, has_text(text)).require()
    line.text = composed(text).strip()
    line.save(update_fields=["text"])
    note(line.meeting, "edit_conclusion", by=by, at=at, about=line, data={"text": line.text})
    _announce_line(line, "conclusion.edited", by=by, at=at)
    return line


@action
def remove(line: Conclusion, *, by: User, at: datetime) -> None:
    """Remove a conclusion; the record keeps what it said."""
    line = _held(line)
    meeting = line.meeting
    may(by, meeting, "conclude").require()
    note(meeting, "remove_conclusion", by=by, at=at, about=line, data={"text": line.text})
    Conclusion.objects.filter(pk=line.pk).delete()
    announce_same(meeting, "conclusion.removed", {"conclusions": {str(line.public_id): None}}, by=by, at=at)
    index_conclusions(meeting)
