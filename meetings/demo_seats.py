"""The demo's seats: the meetings of the demo that have a room get its plan, and everybody a seat by rank."""

from datetime import datetime

from ledger.door import writing
from meetings.actions import seating
from meetings.models import Meeting
from people.demo import holder
from rooms.plan import read_or_empty
from rooms.queries import main_plan

SEATED = ("draft", "published")


def build(at: datetime) -> None:
    """Seat every meeting of the demo that still can be, unless it has a plan."""
    clerk = holder("clerk")
    waiting = Meeting.objects.filter(created_by=clerk, state__in=SEATED, room__isnull=False, seating__isnull=True)
    for meeting in waiting.select_related("room", "agency"):
        plan = main_plan(meeting.room) if meeting.room else None
        if plan is None:
            continue
        with writing():
            seating.furnish(meeting, name=plan.name, layout=read_or_empty(plan.layout), by=clerk, at=at)
            seating.seat_all(meeting, order="rank", by=clerk, at=at)
