"""Background work: building the full-text tables anew, a little at a time, so that other jobs are not held up."""

import time
from datetime import datetime

from django.utils import timezone
from django_tasks import task

from search.rebuilding import begin, go_on, is_due, merging, waiting

SECONDS = 15  # at a time
NIGHT = 2  # o'clock
LATER = -50  # after everything somebody waits for


@task(priority=LATER)
def rebuild() -> None:
    """Go on with the rebuild for a while, then let other jobs pass; safe to run twice at once and after any stop."""
    ends = time.monotonic() + SECONDS
    for _ in go_on():
        if time.monotonic() > ends:
            rebuild.enqueue()
            return
    merge.enqueue()


@task(priority=LATER)
def merge(begun: bool = False) -> None:
    """Go on with the merging for a while, then let other jobs pass; safe to run twice at once and after any stop."""
    ends = time.monotonic() + SECONDS
    for _ in merging(begun=begun):
        if time.monotonic() > ends:
            merge.enqueue(begun=True)
            return


def look(*, at: datetime) -> None:
    """Start a rebuild where the words were read otherwise, or where objects wait to be put in."""
    if is_due():
        begin()
    if waiting():
        rebuild.enqueue()


def nightly(*, at: datetime) -> None:
    """Merge what the day's small writes left behind, while hardly anybody works; nothing to merge costs nothing."""
    if timezone.localtime(at).hour == NIGHT:
        merge.enqueue()
