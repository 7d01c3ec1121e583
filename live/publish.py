"""Publishing: an event is kept back until the door closes, then takes the next numbers of its stream."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from ledger.door import STREAMS, Writ, current_writ
from live.bell import ring
from live.models import Event, Stream

# One statement makes the stream if it is new, takes the next numbers and holds the row until the commit.
TAKE_NUMBERS = """
    INSERT INTO live_stream ("key", epoch, "last") VALUES (%s, %s, %s)
    ON CONFLICT ("key") DO UPDATE SET "last" = live_stream."last" + excluded."last"
    RETURNING id, "last"
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
    data: Mapping[str, Any],
    *,
    by: Any,
    at: datetime,
    views: Mapping[str, Mapping[str, Any]] | None = None,
    hidden_from: Iterable[str] = (),
) -> None:
    """Publish `data` (a JSON Merge Patch, RFC 7396, of the stream's snapshot) on `stream`.

    `views` gives some roles another patch; `hidden_from` roles only see that a number passed (`skip`).
    """
    bodies: dict[str, str | None] = {"": encode(data)}
    bodies |= {role: encode(other) for role, other in (views or {}).items()}
    bodies |= dict.fromkeys(hidden_from)
    keep(current_writ(), Draft(stream, kind, at, by.public_id if by is not None else None, bodies))


def encode(data: Mapping[str, Any]) -> str:
    """Return the patch as compact JSON text."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def keep(writ: Writ, draft: Draft) -> None:
    """Keep one event back until the door closes."""
    if not writ.events:
        writ.at_end(STREAMS, lambda: write_events(writ))
    writ.events.append(draft)


def write_events(writ: Writ) -> None:
    """Number and store the events of every stream, keys ascending: the last writes before the commit."""
    by_stream: dict[str, list[Draft]] = defaultdict(list)
    for draft in writ.events:
        by_stream[draft.stream].append(draft)
    for key in sorted(by_stream):
        writ.seqs[key] = append_events(key, by_stream[key])
    seqs = dict(writ.seqs)
    transaction.on_commit(lambda: ring(seqs), robust=True)


def append_events(key: str, drafts: list[Draft]) -> int:
    """Take the next numbers of one stream and store the events; return the last number."""
    stream_id, last = numbers_taken(key, len(drafts))
    first = last - len(drafts) + 1
    Event.objects.bulk_create(
        Event(stream_id=stream_id, seq=seq, kind=draft.kind, at=draft.at, by=draft.by, bodies=dict(draft.bodies))
        for seq, draft in enumerate(drafts, start=first)
    )
    return last


def numbers_taken(key: str, count: int) -> tuple[int, int]:
    """Return the stream's id and the last of its `count` new numbers, its row locked until the commit."""
    epoch = Stream._meta.get_field("epoch").get_db_prep_save(uuid4(), connection)
    with connection.cursor() as cursor:
        cursor.execute(TAKE_NUMBERS, [key, epoch, count])
        stream_id, last = cursor.fetchone()
    return stream_id, last
