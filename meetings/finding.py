"""Making meetings findable: title, place, agenda and conclusions for everybody invited, guests too."""

from collections.abc import Sequence
from uuid import uuid5

from documents.audiences import home_keys
from ledger.days import legal_day
from meetings.kinds import all_kinds
from meetings.labels import language
from meetings.models import AgendaItem, Meeting
from meetings.outline import labels
from search.actions import forget, index

MEETING, CONCLUSIONS, HIDDEN = "meeting", "meeting_conclusions", "meeting_hidden"


def index_meeting(meeting: Meeting) -> None:
    """Put title, place and agenda of a published meeting into the index; nothing is found before that."""
    if meeting.published_at is None:
        return
    items = list(meeting.items.all())
    shown = [item for item in items if not item.hidden]
    guests = [f"{meeting.stream}:guests", *home_keys(meeting.agency_id)]
    _put(meeting, MEETING, [meeting.place, *_lines(shown)], guests, ["", *map(_anchor, shown)])
    _index_hidden(meeting, [item for item in items if item.hidden])


def index_conclusions(meeting: Meeting) -> None:
    """Put the conclusions into the index; guests hear them in the room, so they find them too, but for hidden items."""
    texts = list(meeting.conclusions.exclude(item__hidden=True).values_list("text", flat=True))
    _put(meeting, CONCLUSIONS, texts, [f"{meeting.stream}:guests", *home_keys(meeting.agency_id)])


def _index_hidden(meeting: Meeting, items: Sequence[AgendaItem]) -> None:
    """Put the hidden items into an entry of their own: found by chair, secretary, clerks and leaders alone."""
    own = uuid5(meeting.public_id, HIDDEN)
    forget(kind=HIDDEN, object_id=own)
    if items:
        audiences = [f"{meeting.stream}:chair", *home_keys(meeting.agency_id)]
        index(
            kind=HIDDEN,
            object_id=own,
            agency_id=meeting.agency_id,
            title=meeting.title,
            pages=_lines(items),
            audiences=audiences,
            url=_url(meeting),
            day=legal_day(meeting.starts_at),
            facets=[_form(meeting)],
            anchors=[_anchor(item) for item in items],
        )


def _put(meeting: Meeting, kind: str, pages: list[str], audiences: Sequence[str], anchors: Sequence[str] = ()) -> None:
    index(
        kind=kind,
        object_id=meeting.public_id,
        agency_id=meeting.agency_id,
        title=meeting.title,
        pages=pages,
        audiences=audiences,
        url=_url(meeting),
        day=legal_day(meeting.starts_at),
        facets=[_form(meeting)],
        anchors=anchors,
    )


def _lines(items: Sequence[AgendaItem]) -> list[str]:
    numbers = labels([item.depth for item in items])
    return [f"{number}. {item.title} {item.presenter}".strip() for number, item in zip(numbers, items, strict=True)]


def _anchor(item: AgendaItem) -> str:
    return f"item-{item.public_id}"


def forms() -> list[tuple[str, str]]:
    """Return the kinds of meetings results can be narrowed to, with their names."""
    return [(f"form:{code}", name) for code, name in {kind.code: kind.name(language()) for kind in all_kinds()}.items()]


def _form(meeting: Meeting) -> str:
    """A kind of an agency's own is found among those of the kind it derives from."""
    return f"form:{meeting.kind_row.base if meeting.kind_row else meeting.kind}"


def _url(meeting: Meeting) -> str:
    return f"/meetings/{meeting.public_id}/"
