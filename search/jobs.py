"""Background work: building the full-text tables anew, a little at a time, so that other jobs are not held up."""

import time
from datetime import datetime

from django.utils import timezone
from django_tasks import task

from search.rebuilding import begin, completing, go_on, is_complete, is_due, merging, waiting

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
def complete() -> None:
    """Go on with what earlier versions did not keep, then let other jobs pass; safe at once and after any stop."""
    ends = time.monotonic() + SECONDS
    for _ in completing():
        if time.monotonic() > ends:
            complete.enqueue()
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
    """Start a rebuild where the words were read otherwise or objects wait; complete rows of earlier versions."""
    if is_due():
        begin()
    if waiting():
        rebuild.enqueue()
    if not is_complete():
        complete.enqueue()


def nightly(*, at: datetime) -> None:
    """Merge what the day's small writes left behind, while hardly anybody works; nothing to merge costs nothing."""
    if timezone.localtime(at).hour == NIGHT:
        merge.enqueue()
