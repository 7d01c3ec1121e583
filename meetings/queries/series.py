"""Meetings of a series."""

from meetings.models import Meeting
from meetings.workflow import OVER


def following(meeting: Meeting) -> list[Meeting]:
    """Return the meetings of the series that come after this one and have not begun."""
    if meeting.series_id is None:
        return []
    later = Meeting.objects.filter(series_id=meeting.series_id, starts_at__gt=meeting.starts_at).exclude(pk=meeting.pk)
    return list(later.exclude(state__in=OVER).select_related("agency", "kind_row").order_by("starts_at", "pk"))
