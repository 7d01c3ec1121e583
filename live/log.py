"""Reading the log: where streams end, and the events after a number."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from live.frames import Frame, epoch_name
from live.models import Event, Stream

KEYS_AT_ONCE = 500


@dataclass(frozen=True)
class End:
    """Where a stream stands."""

    stream_id: int
    epoch: str
    last: int


def opened(key: str) -> End:
    """Return where a stream stands; one nobody has written to yet begins here."""
    stream = Stream.objects.filter(key=key).first() or Stream.objects.get_or_create(key=key)[0]
    return End(stream.pk, epoch_name(stream.epoch), stream.last)


def ends(keys: Iterable[str]) -> dict[str, End]:
    """Return where these streams stand."""
    wanted, found = list(keys), {}
    for start in range(0, len(wanted), KEYS_AT_ONCE):
        rows = Stream.objects.filter(key__in=wanted[start : start + KEYS_AT_ONCE])
        for key, pk, epoch, last in rows.values_list("key", "pk", "epoch", "last"):
            found[key] = End(pk, epoch_name(epoch), last)
    return found


def events(stream_id: int, after: int, *, upto: int | None = None, limit: int) -> list[Frame]:
    """Return the next events of a stream, ascending, at most `limit`."""
    rows = Event.objects.filter(stream_id=stream_id, seq__gt=after)
    if upto is not None:
        rows = rows.filter(seq__lte=upto)
    fields = rows.order_by("seq").values_list("seq", "kind", "at", "by", "bodies")
    return [Frame(*row) for row in fields[:limit]]


def data_version() -> int | None:
    """Return SQLite's counter of commits by others; None where there is none and the ends must be read."""
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return int(cursor.fetchone()[0])


@dataclass(frozen=True)
class Position:
    """Where a page's snapshot stands: the page resumes from here."""

    epoch: str
    seq: int


def position(key: str) -> Position:
    """Return where a stream stands now. Read it *before* the state: applying an event twice does no harm."""
    row = Stream.objects.filter(key=key).values_list("epoch", "last").first()
    epoch, last = row or (UUID(int=0), 0)
    return Position(epoch_name(epoch), last)
