"""Publishing: an event is kept back until the door closes, then takes the next numbers of its stream."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from ledger.door import STREAMS, Writ, current_writ
from live.bell import ring
from live.models import Event, Stream


@dataclass(frozen=True)
class Draft:
    """One event without its number yet."""

    stream: str
    kind: str
    at: datetime
    by_id: int | None
    by_public: str
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
    public = str(by.public_id) if by is not None else ""
    keep(current_writ(), Draft(stream, kind, at, getattr(by, "pk", None), public, bodies))


def encode(data: Mapping[str, Any]) -> str:
    """Return the patch as compact JSON text."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


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
    transaction.on_commit(lambda: ring(seqs))


def append_events(key: str, drafts: list[Draft]) -> int:
    """Take the next numbers of one stream and store the events; return the last number."""
    stream = advanced(key, len(drafts))
    first = stream.last - len(drafts) + 1
    Event.objects.bulk_create(
        Event(stream=stream, seq=first + place, kind=draft.kind, at=draft.at, by_id=draft.by_id, bodies=draft.bodies)
        for place, draft in enumerate(drafts)
    )
    return stream.last


def advanced(key: str, count: int) -> Stream:
    """Move the stream on by `count`, locking its row until the commit."""
    Stream.objects.get_or_create(key=key)
    Stream.objects.filter(key=key).update(last=F("last") + count)
    return Stream.objects.get(key=key)
