"""The end of a countdown: the process that opened a vote closes it in time, and every ten seconds the tick looks too.

Both do the same idempotent thing under the vote's lock, so it does not matter who comes first, nor whether both do.
"""

import logging
from datetime import datetime, timedelta
from threading import Timer

from django.db import connection, transaction
from django.utils import timezone

from ledger.door import retrying
from ledger.verdict import Refused
from meetings.models import Vote
from people.queries import system_user

logger = logging.getLogger(__name__)

# Ballots received in time may still be on their way into the box when the countdown ends.
GRACE = timedelta(seconds=1)


def close_when_due(vote: Vote) -> None:
    """Have this process close the vote when its countdown is over; called inside the action that sets the countdown.

    Where the process is gone by then, the tick does it.
    """
    if vote.closes_at is not None:
        vote_id, due = vote.pk, vote.closes_at + GRACE
        transaction.on_commit(lambda: start_timer(vote_id, due), robust=True)


def close_if_overdue(vote: Vote, at: datetime) -> None:
    """Have this process close a vote whose countdown is over already: what kept it open may just have been settled."""
    if vote.closes_at is not None and vote.closes_at <= at:
        close_when_due(vote)


def start_timer(vote_id: int, due: datetime) -> Timer:
    """Start the timer of one vote; it does not keep a process alive that is told to end."""
    timer = Timer(max((due - timezone.now()).total_seconds(), 0), ring, [vote_id])
    timer.name, timer.daemon = f"countdown-{vote_id}", True
    timer.start()
    return timer


def ring(vote_id: int) -> None:
    """Close the vote on a connection of this thread's own; what fails here is the tick's to do."""
    from meetings.ballot_box import ballot_box

    ballot_box.drain()
    try:
        retrying(lambda: close_due(vote_id, timezone.now()))
    except Exception:
        logger.exception("countdown of vote %s: left to the tick", vote_id)
    finally:
        connection.close()


def close_due(vote_id: int, at: datetime) -> None:
    """Close the vote if its countdown is over and nothing stands in the way."""
    from meetings.actions.votes import run_out

    vote = Vote.objects.select_related("meeting").filter(pk=vote_id).first()
    if vote is None:
        return
    try:
        run_out(vote, by=system_user(), at=at)
    except Refused as refused:
        logger.info("vote %s not closed: %s", vote_id, refused.code)


def close_overdue(*, at: datetime) -> int:
    """Close every vote whose countdown ended and whose process was gone by then; return how many were looked at."""
    overdue = list(Vote.objects.filter(state="open", closes_at__lte=at).values_list("pk", flat=True))
    for vote_id in overdue:
        close_due(vote_id, at)
    return len(overdue)
