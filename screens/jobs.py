"""What happens by itself: screens of meetings that are over show nothing of them any more."""

from datetime import datetime

from people.queries import system_user
from screens.actions.pairing import unpair_over
from screens.queries import forgotten


def unpair_forgotten(*, at: datetime) -> None:
    """Take screens off meetings twelve hours after they were closed, and off those called off."""
    for screen in forgotten(at):
        unpair_over(screen, by=system_user(), at=at)
