"""Making meetings findable: title, agenda and conclusions for everybody invited, guests too."""

from documents.audiences import home_keys
from ledger.days import legal_day
from meetings.models import Meeting
from meetings.outline import labels
from search.actions import index

MEETING, CONCLUSIONS = "meeting", "meeting_conclusions"


def index_meeting(meeting: Meeting) -> None:
    """Put title, place and agenda of a published meeting into the index; nothing is found before that."""
    if meeting.published_at is None:
        return
    items = [item for item in meeting.items.all() if not item.hidden]
    numbers = labels([item.depth for item in items])
    lines = [f"{number}. {item.title} {item.presenter}".strip() for number, item in zip(numbers, items, strict=True)]
    _put(meeting, MEETING, ["\n".join([meeting.place, *lines])], [f"{meeting.stream}:guests"])


def index_conclusions(meeting: Meeting) -> None:
    """Put the conclusions into the index; guests hear them in the room, so they find them too, but for hidden items."""
    texts = list(meeting.conclusions.exclude(item__hidden=True).values_list("text", flat=True))
    _put(meeting, CONCLUSIONS, texts, [f"{meeting.stream}:guests"])


def _put(meeting: Meeting, kind: str, pages: list[str], audiences: list[str]) -> None:
    index(
        kind=kind,
        object_id=meeting.public_id,
        agency_id=meeting.agency_id,
        title=meeting.title,
        pages=pages,
        audiences=[*audiences, *home_keys(meeting.agency_id)],
        url=f"/meetings/{meeting.public_id}/",
        day=legal_day(meeting.starts_at),
    )
