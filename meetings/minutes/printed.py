"""The minutes as the typesetter's data: sections numbered, blocks as paragraphs, votes as a table."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from meetings.minutes.body import Block, Body, by_hand, find
from meetings.minutes.facts import CLOSING, OPENING, SPEECHES, VOTES
from meetings.minutes.speeches import table_head
from meetings.minutes.words import day_in_words, with_role
from meetings.models import Meeting, Participant
from meetings.queries.room import roll_of

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
UNHEADED = (OPENING, CLOSING)
TABLE_COLUMNS = 4


def minutes_data(meeting: Meeting, body: Body, *, at: datetime, draft: bool) -> dict[str, Any]:
    """Return what the template of the minutes sets."""
    people = list(roll_of(meeting))
    agency = meeting.agency
    return {
        "title": _("Minutes of the meeting: %(title)s") % {"title": meeting.title},
        "author": agency.name,
        "governing": agency.superior_name,
        "agency": agency.name,
        "agency_symbol": agency.abbreviation,
        "number": find(body, "opening.number")["text"].strip(),
        "place": agency.place,
        "date": day_in_words(meeting.closed_at or at),
        "subject": meeting.title,
        "draft": draft,
        "sections": list(sections(body)),
        "chair_name": first_name(people, Participant.Role.CHAIR),
        "secretary_name": first_name(people, Participant.Role.SECRETARY),
        "recipients": [_("Those who took part"), _("On file")],
    }


def first_name(people: Iterable[Participant], role: str) -> str:
    """Return the name under a signature."""
    found = with_role(people, role)
    return found[0].user.full_name if found else ""


def sections(body: Body) -> Iterable[dict[str, Any]]:
    """Yield the sections that say anything, numbered; opening and closing have no heading."""
    number = 0
    for part in body["sections"]:
        shown = [block for block in part["blocks"] if block["text"].strip() and not block.get("short")]
        if not shown:
            continue
        headed = part["key"] not in UNHEADED
        number += headed
        heading = f"{ROMAN[number - 1]}. {part['title'].upper()}" if headed else ""
        yield {"heading": heading, "blocks": blocks_of(part["key"], shown)}


def blocks_of(key: str, shown: list[Block]) -> list[dict[str, Any]]:
    """Return the blocks of a section; votes nobody rewrote stand in a table below their sentences, speeches in one."""
    if key == SPEECHES:
        return [one for block in shown for one in held_times(block)]
    made = [one for block in shown for one in paragraphs(block)]
    return [*made, *tables(shown)] if key == VOTES else made


def held_times(block: Block) -> Iterable[dict[str, Any]]:
    """Yield who spoke how long as a table; what was rewritten by hand as it was written."""
    if by_hand(block) or not block.get("table"):
        yield from paragraphs(block)
        return
    yield {"kind": "heading", "text": block["label"]}
    yield {"kind": "table", "head": table_head(), "rows": block["table"]}


def paragraphs(block: Block) -> Iterable[dict[str, Any]]:
    """Yield heading and lines of one block."""
    if block.get("heading"):
        yield {"kind": "heading", "text": block["label"]}
    for line in block["text"].splitlines():
        if line.strip():
            yield {"kind": "item" if line.startswith("- ") else "paragraph", "text": line.strip()}


def tables(shown: list[Block]) -> Iterable[dict[str, Any]]:
    """Yield a table for each set of choices; a vote rewritten by hand is in no table."""
    by_heads: dict[tuple[str, ...], list[list[str]]] = {}
    for block in shown:
        row = block.get("row")
        if row and not by_hand(block) and len(row["heads"]) <= TABLE_COLUMNS:
            cells = [row["question"], row["there"], *row["counts"], row["result"]]
            by_heads.setdefault(tuple(row["heads"]), []).append(cells)
    for heads, rows in by_heads.items():
        yield {"kind": "table", "head": [_("Matter"), pgettext("roll", "Present"), *heads, _("Result")], "rows": rows}
