"""Background work on notes, called by the clock."""

from datetime import datetime

from annotations.actions.sweeping import sweep
from people.queries import system_user


def daily(*, at: datetime) -> None:
    """Throw away what nobody can take back any more."""
    sweep(by=system_user(), at=at)
