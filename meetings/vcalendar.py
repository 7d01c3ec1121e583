"""Calendars as text, RFC 5545: what calendar programs and phones read. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

PRODUCT = "-//Nghi Su//Nghi Su//VI"
MAXIMUM_LINE = 75  # octets, without the line break
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True)
class Event:
    """One event; `sequence` grows whenever it is changed, so that programs keep the newest."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    stamp: datetime
    summary: str
    status: str = "CONFIRMED"
    sequence: int = 0
    location: str = ""
    description: str = ""
    url: str = ""
    organizer: str = ""
    organizer_name: str = ""


def calendar(events: Iterable[Event], *, method: str = "PUBLISH", name: str = "") -> str:
    """Return the whole calendar, lines folded and ended as the format asks."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", f"METHOD:{method}"]
    if name:
        lines += [f"NAME:{escaped(name)}", f"X-WR-CALNAME:{escaped(name)}"]
    for event in events:
        lines += event_lines(event)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def event_lines(event: Event) -> list[str]:
    """Return one event's lines, unfolded; what is empty is left out."""
    texts = {"LOCATION": event.location, "DESCRIPTION": event.description}
    return [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{utc(event.stamp)}",
        f"DTSTART:{utc(event.starts_at)}",
        f"DTEND:{utc(event.ends_at)}",
        f"SUMMARY:{escaped(event.summary)}",
        *[f"{name}:{escaped(text)}" for name, text in texts.items() if text],
        *([f"URL:{printable(event.url)}"] if event.url else []),
        *organizer_lines(event),
        f"SEQUENCE:{event.sequence}",
        f"STATUS:{event.status}",
        "END:VEVENT",
    ]


def organizer_lines(event: Event) -> list[str]:
    """Return who calls the meeting, where there is an address to answer to."""
    if not event.organizer:
        return []
    name = printable(event.organizer_name).replace('"', "'")
    return [f'ORGANIZER;CN="{name}":mailto:{printable(event.organizer)}']


def utc(at: datetime) -> str:
    """Return an instant in UTC: no time zone has to be explained to the reader."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def printable(text: str) -> str:
    """Return the text on one line, without control characters."""
    return "".join(char if char.isprintable() else " " for char in text)


def escaped(text: str) -> str:
    """Return a text value: backslash, semicolon, comma and line breaks escaped, control characters taken out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(printable(line) for line in lines).translate(_ESCAPES)


def folded(line: str) -> str:
    """Return the line broken every 75 octets at most, never inside a letter; continuations begin with a space."""
    parts: list[str] = []
    part, room = "", MAXIMUM_LINE
    for char in line:
        size = len(char.encode())
        if size > room:
            parts.append(part)
            part, room = "", MAXIMUM_LINE - 1
        part += char
        room -= size
    return "\r\n ".join([*parts, part])
