"""The agenda: items change one by one and move beside a neighbour, so two clerks lose nothing of each other's work."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from ledger.door import action, nothing_changed
from ledger.verdict import YES, Refused, Verdict, first_no, no
from meetings.changes import tell_changed
from meetings.details import Matter, Spot, matter_of
from meetings.finding import index_meeting
from meetings.laying import refresh_audiences
from meetings.models import AgendaItem, Duty, Meeting, NotebookEntry, Opinion, Speech
from meetings.outline import STEPS, Row, branch, covered, moved, place_of, put, removed, settled
from meetings.patches import agenda_patch, announce, tell
from meetings.records import locked, locked_item, note
from meetings.rules.agenda import can_be_hidden, is_free, is_matter
from meetings.rules.meeting import may
from people.models import User

PARKED = 1_000_000  # places beyond every agenda, where items wait while their new ones are given
MOST_ITEMS = 300
Line = tuple[int, Matter]  # how far in, and what it says


@dataclass(frozen=True)
class Removed:
    """What was taken off the agenda, and where it stood: enough to put it back."""

    spot: Spot
    lines: list[Line]


def _rows(meeting: Meeting) -> list[Row[int]]:
    """Return the agenda as an outline of keys."""
    return [Row(key, depth) for key, depth in meeting.items.order_by("position").values_list("pk", "depth")]


def _keep(meeting: Meeting, rows: Sequence[Row[int]]) -> list[AgendaItem]:
    """Give every item its place and depth, and hide what came under a hidden one; return those hidden now.

    Two steps, because a place may not be taken twice even for a moment.
    """
    items = {item.pk: item for item in meeting.items.all()}
    depths = [row.depth for row in rows]
    hides = covered(depths, [items[row.key].hidden for row in rows])
    wanted = {row.key: (place, row.depth, hide) for place, (row, hide) in enumerate(zip(rows, hides, strict=True), 1)}
    changed = [item for key, item in items.items() if (item.position, item.depth, item.hidden) != wanted[key]]
    veiled = [item for item in changed if wanted[item.pk][2] and not item.hidden]
    for step in (PARKED, 0):
        for item in changed:
            place, item.depth, item.hidden = wanted[item.pk]
            item.position = step + place
        AgendaItem.objects.bulk_update(changed, ["position", "depth", "hidden"])
    return veiled


def _insert(meeting: Meeting, lines: Iterable[Line], spot: Spot | None) -> list[AgendaItem]:
    """Put new items in at the spot, or at the end; a neighbour that is gone meanwhile means the end."""
    rows = _rows(meeting)
    new = [
        AgendaItem(meeting=meeting, position=PARKED * 2 + number, depth=depth, **asdict(matter))
        for number, (depth, matter) in enumerate(lines)
    ]
    new = AgendaItem.objects.bulk_create(new)
    after, depth = rows[-1].key if rows else None, 0
    if spot is not None:
        beside = _key_of(meeting, spot.after) or after if spot.after else None
        after, depth = beside, spot.depth
    _keep(meeting, _placed(rows, [Row(item.pk, item.depth) for item in new], after, depth))
    return list(meeting.items.filter(pk__in=[item.pk for item in new]))


def _key_of(meeting: Meeting, public_id: UUID) -> int | None:
    """Return the key of an item of this agenda, None when it is not there any more."""
    return meeting.items.filter(public_id=public_id).values_list("pk", flat=True).first()


def _placed(rows: list[Row[int]], new: list[Row[int]], after: int | None, depth: int) -> list[Row[int]]:
    """Return the rows with every branch of `new` put in, one behind the other."""
    for start in [place for place, row in enumerate(new) if row.depth == new[0].depth]:
        one = branch(new[start:], new[start].key)
        rows = put(rows, one, after=after, depth=depth)
        after = one[-1].key
    return rows


def _has_room(meeting: Meeting, more: int) -> Verdict:
    """Does an agenda of sensible length hold so many more?"""
    return YES if meeting.items.count() + more <= MOST_ITEMS else no("agenda_too_long", most=MOST_ITEMS)


def _found(item: AgendaItem) -> AgendaItem:
    """Return the item as it is now, its meeting held, or refuse."""
    found = locked_item(item)
    if found is None:
        raise Refused("item_unknown")
    return found


@action
def add_item(meeting: Meeting, *, matter: Matter, spot: Spot | None = None, by: User, at: datetime) -> AgendaItem:
    """Add an item at the spot, or at the end."""
    return add_items(meeting, lines=[(0, matter)], spot=spot, by=by, at=at)[0]


@action
def add_items(
    meeting: Meeting, *, lines: Sequence[Line], spot: Spot | None = None, by: User, at: datetime
) -> list[AgendaItem]:
    """Add several items, an outline of their own, at the spot or at the end."""
    meeting = locked(meeting)
    sound = [is_matter(matter) for _, matter in lines] or [no("title_missing")]
    first_no(may(by, meeting, "arrange"), _has_room(meeting, len(lines)), *sound).require()
    depths = settled([depth for depth, _ in lines])
    items = _insert(meeting, [(depth, matter) for depth, (_, matter) in zip(depths, lines, strict=True)], spot)
    for item, (_, matter) in zip(items, lines, strict=True):
        note(meeting, "add_item", by=by, at=at, about=item, data=asdict(matter))
    announce(meeting, "item.added", agenda_patch(meeting), by=by, at=at)
    _after(meeting, items, by=by, at=at)
    return items


@action
def edit_item(item: AgendaItem, *, matter: Matter, revision: int, by: User, at: datetime) -> AgendaItem:
    """Change what an item says, unless somebody else did since `revision` was read."""
    found = _found(item)
    same = YES if found.revision == revision else no("changed_meanwhile")
    first_no(may(by, found.meeting, "arrange"), same, is_matter(matter)).require()
    found.title, found.presenter, found.minutes = matter.title, matter.presenter, matter.minutes
    found.owner_unit_id = matter.owner_unit_id
    found.revision += 1
    found.save()
    data = {key: value for key, value in asdict(matter).items() if key != "hidden"}
    note(found.meeting, "edit_item", by=by, at=at, about=found, data=data)
    announce(found.meeting, "item.edited", agenda_patch(found.meeting), by=by, at=at)
    _after(found.meeting, [found], by=by, at=at)
    return found


@action
def place_item(item: AgendaItem, *, spot: Spot, by: User, at: datetime) -> None:
    """Move an item, with what is under it, right after another one."""
    found = _found(item)
    meeting = found.meeting
    may(by, meeting, "arrange").require()
    before = _rows(meeting)
    after = _key_of(meeting, spot.after) if spot.after else None
    if spot.after and after is None:
        raise Refused("item_unknown")
    _arrange(found, before, moved(before, found.pk, after=after, depth=spot.depth), by=by, at=at)


@action
def step_item(item: AgendaItem, *, step: str, by: User, at: datetime) -> None:
    """Move an item, with what is under it, one step up, down, in or out."""
    found = _found(item)
    may(by, found.meeting, "arrange").require()
    if step not in STEPS:
        raise Refused("item_unknown")
    before = _rows(found.meeting)
    _arrange(found, before, STEPS[step](before, found.pk), by=by, at=at)


def _arrange(
    item: AgendaItem, before: Sequence[Row[int]], after: Sequence[Row[int]], *, by: User, at: datetime
) -> None:
    """Keep the new order, record the move and tell the room."""
    if list(before) == list(after):
        return nothing_changed()
    meeting = item.meeting
    _may_come_under_cover(meeting, after)
    veiled = _keep(meeting, after)
    place = place_of(after, item.pk)
    data = {"position": place + 1, "depth": after[place].depth}
    note(meeting, "place_item", by=by, at=at, about=item, data=data)
    announce(meeting, "item.moved", agenda_patch(meeting, veiled=veiled), by=by, at=at)
    _refresh_papers(veiled, by=by, at=at)
    return _after(meeting, [item], by=by, at=at)


def _may_come_under_cover(meeting: Meeting, rows: Sequence[Row[int]]) -> None:
    """Refuse a move that would hide what the room has already dealt with."""
    items = {item.pk: item for item in meeting.items.select_related("meeting")}
    hides = covered([row.depth for row in rows], [items[row.key].hidden for row in rows])
    for row, hide in zip(rows, hides, strict=True):
        if hide and not items[row.key].hidden:
            can_be_hidden(items[row.key]).require()


@action
def hide_item(item: AgendaItem, *, hidden: bool, by: User, at: datetime) -> None:
    """Hide an item, with what is under it, from all but those who prepare and conduct; or show it again."""
    found = _found(item)
    meeting = found.meeting
    under = [row.key for row in branch(_rows(meeting), found.pk)]
    changed = list(meeting.items.filter(pk__in=under).exclude(hidden=hidden).select_related("meeting"))
    allowed = [can_be_hidden(one) for one in changed] if hidden else [_stands_free(meeting, found)]
    first_no(may(by, meeting, "arrange"), *allowed).require()
    if not changed:
        return nothing_changed()
    meeting.items.filter(pk__in=[one.pk for one in changed]).update(hidden=hidden)
    note(meeting, "hide_item" if hidden else "show_item", by=by, at=at, about=found, data={"items": len(changed)})
    patch = agenda_patch(meeting, veiled=changed if hidden else (), unveiled=() if hidden else changed)
    announce(meeting, "item.hidden" if hidden else "item.shown", patch, by=by, at=at)
    _refresh_papers(changed, by=by, at=at)
    return _after(meeting, [] if hidden else changed, by=by, at=at)


def _stands_free(meeting: Meeting, item: AgendaItem) -> Verdict:
    """Is there no hidden item above this one?"""
    rows = _rows(meeting)
    hidden = set(meeting.items.filter(hidden=True).exclude(pk=item.pk).values_list("pk", flat=True))
    above: list[Row[int]] = []
    for row in rows[: place_of(rows, item.pk) + 1]:
        above = [*above[: row.depth], row]
    return no("item_under_hidden") if any(row.key in hidden for row in above) else YES


@action
def remove_item(item: AgendaItem, *, by: User, at: datetime) -> Removed:
    """Take an item, with what is under it, off the agenda; one that papers or votes hang on stays."""
    found = _found(item)
    meeting = found.meeting
    rows = _rows(meeting)
    taken = {row.key: row for row in branch(rows, found.pk)}
    gone = list(meeting.items.filter(pk__in=taken).select_related("meeting"))
    free = [YES if is_free(one) else no("item_in_use") for one in gone]
    first_no(may(by, meeting, "arrange"), *free).require()
    for one in gone:
        note(meeting, "remove_item", by=by, at=at, about=one, data={"title": one.title})
    start = place_of(rows, found.pk)
    before = meeting.items.get(pk=rows[start - 1].key).public_id if start else None
    lines = [(taken[one.pk].depth - found.depth, matter_of(one)) for one in gone]
    Duty.objects.filter(item__in=taken, waived_at__isnull=False).delete()
    _keep_drafts(gone, at=at)
    _forget_speeches(gone, by=by, at=at)
    AgendaItem.objects.filter(pk__in=taken).delete()
    _keep(meeting, removed(rows, found.pk))
    announce(meeting, "item.removed", agenda_patch(meeting, gone=gone), by=by, at=at)
    _after(meeting, gone, by=by, at=at)
    return Removed(Spot(before, found.depth), lines)


def _keep_drafts(items: Iterable[AgendaItem], *, at: datetime) -> None:
    """Put opinions that nobody else has seen into their authors' notebooks: the clerk may not learn of them."""
    drafts = Opinion.objects.filter(item__in=items, handed_in_at__isnull=True).select_related("item")
    NotebookEntry.objects.bulk_create(
        NotebookEntry(
            meeting_id=draft.item.meeting_id,
            user_id=draft.user_id,
            text=f"{draft.item.title}\n\n{draft.text}",
            created_at=draft.created_at,
            changed_at=at,
        )
        for draft in drafts
    )
    drafts.delete()


def _forget_speeches(items: Collection[AgendaItem], *, by: User, at: datetime) -> None:
    """Delete what was asked and not spoken on items that go; whom the floor was refused is shown that no more."""
    asked = Speech.objects.filter(item__in=items)
    refused = asked.filter(state="refused", participant__removed_at__isnull=True)
    for speech in refused.select_related("meeting", "participant__user"):
        forgotten = {"refusals": {str(speech.public_id): None}}
        tell(speech.meeting, speech.participant.user, "speech.forgotten", forgotten, by=by, at=at)
    asked.delete()


def _refresh_papers(items: Iterable[AgendaItem], *, by: User, at: datetime) -> None:
    """Let those read the papers of these items who may now."""
    for item in items:
        refresh_audiences(item, by=by, at=at)


def _after(meeting: Meeting, items: Iterable[AgendaItem], *, by: User, at: datetime) -> None:
    """Make the change findable and tell those invited, where it is one they may see."""
    index_meeting(meeting)
    if any(not item.hidden for item in items):
        tell_changed(meeting, {"agenda"}, by=by, at=at)
