"""Publishing: an event is kept back until the door closes, then takes the next numbers of its stream."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from ledger.door import OUTCOME, STREAMS, Writ, current_writ
from ledger.insert import insert
from ledger.written import Written
from live.bell import ring
from live.frames import Frame, compact
from live.models import Event, Stream

# One statement makes the streams that are new, takes the next numbers and holds the rows until the commit.
TAKE_NUMBERS = """
    INSERT INTO live_stream ("key", epoch, "last") VALUES {places}
    ON CONFLICT ("key") DO UPDATE SET "last" = live_stream."last" + excluded."last"
    RETURNING id, "key", "last"
"""


@dataclass(frozen=True)
class Draft:
    """One event without its number yet."""

    stream: str
    kind: str
    at: datetime
    by: UUID | None
    bodies: Mapping[str, str | None] = field(default_factory=dict)


def publish(
    stream: str,
    kind: str,
    data: Mapping[str, Any] | Written,
    *,
    by: Any,
    at: datetime,
    views: Mapping[str, Mapping[str, Any]] | None = None,
    hidden_from: Iterable[str] = (),
) -> None:
    """Publish `data` (a JSON Merge Patch, RFC 7396, of the stream's snapshot) on `stream`.

    `views` gives some roles another patch; `hidden_from` roles only see that a number passed (`skip`).
    A long patch that goes to several streams comes `Written`, so that it is encoded once.
    """
    bodies: dict[str, str | None] = {"": str(data) if isinstance(data, Written) else compact(data)}
    bodies |= {role: compact(other) for role, other in (views or {}).items()}
    bodies |= dict.fromkeys(hidden_from)
    keep(current_writ(), Draft(stream, kind, at, by.public_id if by is not None else None, bodies))


def keep(writ: Writ, draft: Draft) -> None:
    """Keep one event back until the door closes."""
    if not writ.events:
        writ.at_end(STREAMS, lambda: write_events(writ))
    writ.events.append(draft)


def when_numbered(stream: str, keep_number: Callable[[int], object]) -> None:
    """Call `keep_number` just before the commit, with the number of this transaction's last event on `stream`."""
    writ = current_writ()

    def known() -> None:
        keep_number(writ.seqs[stream])

    writ.at_end(OUTCOME, known)


def write_events(writ: Writ) -> None:
    """Number and store the events of every stream, keys ascending: the last writes before the commit."""
    by_stream: dict[str, list[Draft]] = defaultdict(list)
    for draft in writ.events:
        by_stream[draft.stream].append(draft)
    ends = numbers_taken({key: len(by_stream[key]) for key in sorted(by_stream)})
    fresh = {key: numbered(by_stream[key], ends[key][1]) for key in by_stream}
    writ.seqs |= {key: last for key, (_, last) in ends.items()}
    store((ends[key][0], frame) for key, frames in fresh.items() for frame in frames)
    transaction.on_commit(lambda: ring(fresh), robust=True)


def numbers_taken(counts: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Return id and last number of each stream, moved on by its count, the rows locked in the order given."""
    epoch = Stream._meta.get_field("epoch").get_db_prep_save(uuid4(), connection)
    params = [value for key, count in counts.items() for value in (key, epoch, count)]
    with connection.cursor() as cursor:
        cursor.execute(TAKE_NUMBERS.format(places=", ".join(["(%s, %s, %s)"] * len(counts))), params)
        return {key: (stream_id, last) for stream_id, key, last in cursor.fetchall()}


def numbered(drafts: list[Draft], last: int) -> list[Frame]:
    """Return the events of one stream with their numbers, which end at `last`."""
    first = last - len(drafts) + 1
    return [Frame(seq, draft.kind, draft.at, draft.by, draft.bodies) for seq, draft in enumerate(drafts, start=first)]


def store(events: Iterable[tuple[int, Frame]]) -> None:
    """Write the events into the log."""
    columns = ("stream_id", "seq", "kind", "at", "by", "bodies")
    rows = ((stream_id, event.seq, event.kind, event.at, event.by, event.bodies) for stream_id, event in events)
    insert(Event, columns, rows)
