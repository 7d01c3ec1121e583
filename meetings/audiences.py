"""Reading audiences of a meeting's papers, as `documents` keeps them."""

from meetings.models import Meeting


def paper_audiences(meeting: Meeting, *, guests_may_read: bool) -> list[str]:
    """Return who of the meeting reads a paper; the agency's clerks and leaders read it anyway."""
    return [f"{meeting.stream}:guests" if guests_may_read else meeting.stream]


def record_audiences(meeting: Meeting) -> list[str]:
    """Return who reads the minutes: chair, secretary and members."""
    return [meeting.stream]
