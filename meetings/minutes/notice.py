"""The conclusion notice (thông báo kết luận) in words: who met, then the conclusions by item."""

from typing import Any

from django.utils.translation import gettext as _

from meetings.minutes.words import day_in_words, named, with_role
from meetings.models import AgendaItem, Conclusion, Meeting, Participant
from meetings.queries.room import roll_of


def notice_content(meeting: Meeting) -> dict[str, Any]:
    """Return the body of the conclusion notice."""
    people = list(roll_of(meeting))
    chair = with_role(people, Participant.Role.CHAIR)
    words = {
        "day": day_in_words(meeting.opened_at or meeting.starts_at),
        "place": meeting.where or meeting.agency.name,
        "chair": named(chair[0]) if chair else "",
        "title": meeting.title,
    }
    intro = _("On %(day)s, at %(place)s, %(chair)s chaired the meeting “%(title)s”.") % words
    heard = _("Having heard the reports and the opinions of those present, the chair concluded:")
    end = _("The units and persons concerned are notified and shall carry this out.")
    recipients = [_("Those who took part"), _("On file")]
    return {"body": [intro, heard, *grouped(shown_conclusions(meeting)), end], "recipients": recipients}


def conclusions_in_order(meeting: Meeting) -> list[Conclusion]:
    """Return the conclusions by item of the agenda, those on the whole meeting last; within an item in their order."""
    lines = meeting.conclusions.select_related("item")
    return sorted(lines, key=lambda line: (line.item is None, line.item.position if line.item else 0, line.position))


def shown_conclusions(meeting: Meeting) -> list[Conclusion]:
    """Return the conclusions members read, in that order: none on hidden items."""
    return [line for line in conclusions_in_order(meeting) if not (line.item and line.item.hidden)]


def grouped(lines: list[Conclusion]) -> list[Any]:
    """Return the conclusions as blocks, each item's title above its own."""
    blocks: list[Any] = []
    current: AgendaItem | None = None
    for number, line in enumerate(lines, start=1):
        if line.item is not None and line.item != current:
            blocks.append({"kind": "heading", "text": line.item.title})
        current = line.item
        blocks.append(f"{number}. {line.text}")
    return blocks
