"""Meetings for `manage.py reindex`: title, place, agenda and conclusions anew."""

from collections.abc import Sequence

from ledger.door import writing
from meetings.finding import MEETING, index_conclusions, index_meeting
from meetings.models import Meeting
from people.locks import locked
from search.sources import Source, register_source


def after(last: int, most: int) -> list[int]:
    """Return the next meetings in order."""
    return list(Meeting.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:most])


def put(keys: Sequence[int]) -> None:
    """Make these findable as they are now."""
    for meeting in Meeting.objects.filter(pk__in=keys).order_by("pk"):
        with writing():
            held = locked(meeting)
            index_meeting(held)
            if held.conclusions.exists():
                index_conclusions(held)


def register() -> None:
    """Name the meetings to the rebuild."""
    register_source(Source(MEETING, MEETING, after, put))
