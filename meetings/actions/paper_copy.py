"""That a paper copy was made: the chain says who had what printed."""

from collections.abc import Sequence
from datetime import datetime

from ledger.door import action
from meetings.models import Meeting
from meetings.records import locked, note
from meetings.rules.meeting import may
from people.models import User


@action
def record_copy(meeting: Meeting, *, parts: Sequence[str], papers: int, sha256: str, by: User, at: datetime) -> None:
    """Record that the meeting was printed."""
    meeting = locked(meeting)
    may(by, meeting, "print_paper").require()
    note(meeting, "print_paper", by=by, at=at, data={"parts": list(parts), "papers": papers, "sha256": sha256})
