"""The agenda: items change one by one, so two clerks lose nothing of each other's work."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from ledger.door import action, nothing_changed
from ledger.verdict import YES, Refused, first_no, no
from meetings.details import Matter
from meetings.finding import index_meeting
from meetings.models import AgendaItem, Meeting
from meetings.patches import announce_same
from meetings.positions import inserted, moved, positions, removed
from meetings.records import locked, locked_item, note
from meetings.rules.agenda import is_free
from meetings.rules.meeting import may
from meetings.snapshot import Data, item_data
from people.models import User

PARKED = 1_000_000  # places beyond every agenda, where items wait while their new ones are given


def _order_of(meeting: Meeting) -> list[int]:
    """Return the keys of the items in agenda order."""
    return list(meeting.items.order_by("position").values_list("pk", flat=True))


def _renumber(meeting: Meeting, order: Sequence[int]) -> None:
    """Give every item its place; two steps, because a place may not be taken twice even for a moment."""
    items = {item.pk: item for item in meeting.items.all()}
    changed = [items[key] for key, place in positions(order).items() if items[key].position != place]
    for step in (PARKED, 0):
        for item in changed:
            item.position = step + positions(order)[item.pk]
        AgendaItem.objects.bulk_update(changed, ["position"])


def _agenda_patch(meeting: Meeting, gone: AgendaItem | None = None) -> Data:
    """Return every item's line, and null for one that was removed."""
    lines: Data = {str(item.public_id): item_data(item) for item in meeting.items.all()}
    return {"items": lines | ({str(gone.public_id): None} if gone else {})}


@action
def add_item(meeting: Meeting, *, matter: Matter, position: int = 0, by: User, at: datetime) -> AgendaItem:
    """Add an item at `position` (from 1), or at the end."""
    meeting = locked(meeting)
    first_no(may(by, meeting, "arrange"), YES if matter.title.strip() else no("title_missing")).require()
    order = _order_of(meeting)
    item = AgendaItem.objects.create(meeting=meeting, position=len(order) + 1, **asdict(matter))
    _renumber(meeting, inserted(order, item.pk, position or len(order) + 1))
    note(meeting, "add_item", by=by, at=at, about=item, data=asdict(matter))
    announce_same(meeting, "item.added", _agenda_patch(meeting), by=by, at=at)
    index_meeting(meeting)
    item.refresh_from_db()
    return item


@action
def edit_item(item: AgendaItem, *, matter: Matter, revision: int, by: User, at: datetime) -> AgendaItem:
    """Change what an item says, unless somebody else did since `revision` was read."""
    found = locked_item(item)
    if found is None:
        raise Refused("item_unknown")
    same = YES if found.revision == revision else no("changed_meanwhile")
    titled = YES if matter.title.strip() else no("title_missing")
    first_no(may(by, found.meeting, "arrange"), same, titled).require()
    found.title, found.presenter, found.minutes = matter.title, matter.presenter, matter.minutes
    found.revision += 1
    found.save()
    note(found.meeting, "edit_item", by=by, at=at, about=found, data=asdict(matter))
    announce_same(found.meeting, "item.edited", {"items": {str(found.public_id): item_data(found)}}, by=by, at=at)
    index_meeting(found.meeting)
    return found


@action
def place_item(item: AgendaItem, *, position: int, by: User, at: datetime) -> None:
    """Move an item to `position` (from 1)."""
    found = locked_item(item)
    if found is None:
        raise Refused("item_unknown")
    meeting = found.meeting
    may(by, meeting, "arrange").require()
    before = _order_of(meeting)
    after = moved(before, found.pk, position)
    if after == before:
        return nothing_changed()
    _renumber(meeting, after)
    note(meeting, "place_item", by=by, at=at, about=found, data={"position": positions(after)[found.pk]})
    return announce_same(meeting, "item.moved", _agenda_patch(meeting), by=by, at=at)


@action
def remove_item(item: AgendaItem, *, by: User, at: datetime) -> None:
    """Take an item off the agenda; one that papers or votes hang on stays."""
    found = locked_item(item)
    if found is None:
        raise Refused("item_unknown")
    meeting = found.meeting
    first_no(may(by, meeting, "arrange"), YES if is_free(found) else no("item_in_use")).require()
    note(meeting, "remove_item", by=by, at=at, about=found, data={"title": found.title})
    order = removed(_order_of(meeting), found.pk)
    AgendaItem.objects.filter(pk=found.pk).delete()
    _renumber(meeting, order)
    announce_same(meeting, "item.removed", _agenda_patch(meeting, gone=found), by=by, at=at)
    index_meeting(meeting)
