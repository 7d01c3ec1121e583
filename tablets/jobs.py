"""What happens by itself: tablets of meetings that are over are called in."""

from datetime import datetime

from meetings.queries.running import over_by
from people.queries import system_user
from tablets.actions.handovers import call_in_over
from tablets.queries import meetings_with_tablets
from tablets.rules import LATE


def call_in_forgotten(*, at: datetime) -> None:
    """End hand-overs two hours after their meeting was closed, and those of meetings called off."""
    for meeting in over_by(meetings_with_tablets(), late=LATE, at=at):
        call_in_over(meeting, by=system_user(), at=at)
