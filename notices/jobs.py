"""Background work, called by the clock: carrying, reminding, letting go of what is old."""

import logging
import threading
from datetime import datetime

from django.db import close_old_connections

from ledger.door import writing
from notices.actions import devices, keeping
from notices.actions.telling import tell
from notices.carrying import carry
from notices.queries import untold
from notices.reminders import Reminder, due

logger = logging.getLogger(__name__)
_carrier: threading.Thread | None = None


def start_carrying(*, at: datetime) -> None:
    """Send what is due on a thread of its own, unless it is still at it: a slow mail server delays nothing else."""
    global _carrier
    if _carrier is None or not _carrier.is_alive():
        _carrier = threading.Thread(target=_carry, name="notices", daemon=True)
        _carrier.start()


def _carry() -> None:
    close_old_connections()
    try:
        carry()
    except Exception:
        logger.exception("notices could not be carried; what was in hand is taken again later")
    finally:
        close_old_connections()


def remind(*, at: datetime) -> int:
    """Tell every reminder that is due and was not told yet; return how many people were told."""
    return sum(_told(reminder, at) for reminder in untold(due(at)))


def _told(reminder: Reminder, at: datetime) -> int:
    """Tell one reminder; a broken one does not hold up the others, and its key keeps it from being told twice."""
    try:
        with writing():
            told = tell(
                [reminder.user],
                reminder.kind,
                reminder.values,
                url=reminder.url,
                agency_id=reminder.agency_id,
                at=at,
                about=reminder.about,
                key=reminder.key,
            )
            return len(told)
    except Exception:
        logger.exception("reminder %s cannot be told", reminder.key)
        return 0


def daily(*, at: datetime) -> None:
    """Let go of what was read long ago and of devices nobody is signed in on."""
    with writing():
        keeping.let_go(at=at)
    with writing():
        devices.forget_dead(at=at)
