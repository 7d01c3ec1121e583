"""Calendar files that go along in mail: only their form is looked at here. Pure."""

import re

_BEGIN = "BEGIN:VCALENDAR"
_METHOD = re.compile(r"^METHOD:([A-Z]{1,20})\s*$", re.MULTILINE)


def require_calendar(ics: str) -> None:
    """Stop a caller that hands over something else: a defect of ours, nobody's input."""
    if ics and not ics.startswith(_BEGIN):
        raise ValueError("not a calendar file: it does not begin with BEGIN:VCALENDAR")


def method(ics: str) -> str:
    """Return what the file asks of the receiver: REQUEST, CANCEL, …"""
    found = _METHOD.search(ics)
    return found.group(1) if found else "PUBLISH"
