"""What happens by itself: work that is due at intervals, each named, with the function that does it."""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.management import call_command
from django.db import close_old_connections
from django.utils import timezone
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)


@dataclass
class Tick:
    """Every `every`, call the function at `path` with `at=` the time; it must be safe to call twice."""

    name: str
    every: timedelta
    path: str
    last: datetime | None = field(default=None, compare=False)

    def due(self, at: datetime) -> bool:
        """Is it time? The first time is right after the start."""
        return self.last is None or at - self.last >= self.every

    def run(self, at: datetime) -> None:
        """Do the work once; a failure is logged and tried again at the next interval."""
        self.last = at
        try:
            import_string(self.path)(at=at)
        except Exception:
            logger.exception("tick %s failed", self.name)


SOON, FIVE = timedelta(seconds=10), timedelta(minutes=5)
QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
TICKS = [
    Tick("anchor the ledger", HOUR, "ledger.jobs.hourly"),
    Tick("forget old commands", DAY, "ledger.jobs.daily"),
    Tick("let go of old events", DAY, "live.jobs.daily"),
    Tick("archive old sign-ins", DAY, "people.jobs.archive_sign_ins"),
    Tick("forget old workbooks", DAY, "people.jobs.forget_workbooks"),
    Tick("forget erased notes", DAY, "annotations.jobs.daily"),
    Tick("sweep orphaned files", DAY, "documents.sweep.sweep_orphans"),
    Tick("empty libraries' trash", DAY, "documents.sweep.empty_trash"),
    Tick("forget unused blobs", DAY, "documents.sweep.forget_unused"),
    Tick("prepare lost versions", QUARTER, "documents.sweep.prepare_lost"),
    Tick("look for unread scans", HOUR, "documents.reading_scans.look_for_scans"),
    Tick("mark scans read earlier", HOUR, "documents.marking_scans.look_for_unmarked"),
    Tick("look after the search", QUARTER, "search.jobs.look"),
    Tick("merge the search at night", HOUR, "search.jobs.nightly"),
    Tick("sweep dead packages", QUARTER, "meetings.jobs.sweep_exports"),
    Tick("close votes whose time is over", SOON, "meetings.countdown.close_overdue"),
    Tick("carry notices", SOON, "notices.jobs.start_carrying"),
    Tick("tell reminders", FIVE, "notices.jobs.remind"),
    Tick("let go of old notices", DAY, "notices.jobs.daily"),
    Tick("call forgotten tablets in", QUARTER, "tablets.jobs.call_in_forgotten"),
    Tick("unpair forgotten screens", QUARTER, "screens.jobs.unpair_forgotten"),
    Tick("clear ended sessions", DAY, "config.ticks.clear_sessions"),
    Tick("clear finished jobs", DAY, "config.ticks.clear_jobs"),
]


def clear_sessions(*, at: datetime) -> None:
    """Remove sessions that have ended."""
    call_command("clearsessions")


def clear_jobs(*, at: datetime) -> None:
    """Remove jobs that finished a month ago."""
    call_command("prune_db_task_results", min_age_days=30, failed_min_age_days=90, verbosity=0)


def run_due(ticks: Iterable[Tick], at: datetime) -> list[str]:
    """Run what is due and return the names."""
    ran = [tick for tick in ticks if tick.due(at)]
    for tick in ran:
        tick.run(at)
    return [tick.name for tick in ran]


def loop(ticks: Iterable[Tick], pause: Callable[[float], object] = time.sleep) -> None:
    """Run what is due, every ten seconds, for ever."""
    while True:
        close_old_connections()
        run_due(ticks, timezone.now())
        close_old_connections()
        pause(10)


def start_thread() -> threading.Thread:
    """Run the loop beside whatever else this process does."""
    thread = threading.Thread(target=loop, args=(TICKS,), name="ticks", daemon=True)
    thread.start()
    return thread
