"""Commands a device may send twice and that are done once: outcome and work share one transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from ledger.door import OUTCOME, Writ, writing
from ledger.hashing import entry_hash, json_value
from ledger.models import Command
from ledger.verdict import Refused

KEPT = timedelta(days=30)

Outcome = dict[str, Any]


def once(
    user: Any, client_id: UUID, at: datetime, work: Callable[[], Mapping[str, Any] | None], *, asked: Any = None
) -> Outcome:
    """Do `work` unless this user's device already had it done; return the outcome of the first time.

    The outcome is what `work` returns (JSON values) and `"seqs"`: where the streams it published on ended. A refusal
    undoes everything, the memory of the command included, so it may be sent again. Two copies arriving at once wait
    for each other: the row is taken before the work starts. `asked` (JSON) is what the command says: something else
    under the same id is refused.
    """
    digest = entry_hash("", {"asked": asked})
    with writing() as writ:
        row_id = claimed(user.pk, client_id, at, digest)
        if row_id is None:
            writ.repeats += 1
            return outcome_of(user.pk, client_id, digest)
        outcome: Outcome = dict(json_value(work() or {}))
        writ.at_end(OUTCOME, lambda: settle(row_id, outcome, writ))
    return outcome


def claimed(user_id: int, client_id: UUID, at: datetime, digest: str) -> int | None:
    """Take the place of a command; None when it was taken before."""
    params = [user_id, as_stored("client_id", client_id), as_stored("at", at), digest, as_stored("outcome", {})]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_command (user_id, client_id, at, asked, outcome) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (user_id, client_id) DO NOTHING RETURNING id",
            params,
        )
        row = cursor.fetchone()
    return row[0] if row else None


@dataclass(frozen=True)
class Asked:
    """One command among several that are done together: whose, under which id, received when, saying what."""

    user_id: int
    client_id: UUID
    at: datetime
    digest: str

    @property
    def key(self) -> tuple[int, UUID]:
        """What makes it the same command when it comes again."""
        return self.user_id, self.client_id


def claimed_together(asked: Sequence[Asked]) -> dict[tuple[int, UUID], int]:
    """Take the places of commands that are done together; return the rows of those that were not there before."""
    empty = as_stored("outcome", {})
    params = [
        value
        for one in asked
        for value in (one.user_id, as_stored("client_id", one.client_id), as_stored("at", one.at), one.digest, empty)
    ]
    if not params:
        return {}
    places = ", ".join(["(%s, %s, %s, %s, %s)"] * len(asked))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO ledger_command (user_id, client_id, at, asked, outcome) VALUES {places}"
            " ON CONFLICT (user_id, client_id) DO NOTHING RETURNING user_id, client_id, id",
            params,
        )
        return {(user_id, UUID(str(client_id))): row_id for user_id, client_id, row_id in cursor.fetchall()}


def is_same(asked: Asked) -> bool:
    """Is what stands under this id the same command?"""
    same = Command.objects.filter(user_id=asked.user_id, client_id=asked.client_id, asked=asked.digest)
    return same.exists()


def those_known(asked: Sequence[Asked]) -> set[tuple[int, UUID]]:
    """Return which of these commands stand under their ids saying the same; one query for each person."""
    said: dict[tuple[int, UUID], str] = {}
    for user_id in {one.user_id for one in asked}:
        ids = [one.client_id for one in asked if one.user_id == user_id]
        rows = Command.objects.filter(user_id=user_id, client_id__in=ids).values_list("client_id", "asked")
        said |= {(user_id, client_id): digest for client_id, digest in rows}
    return {one.key for one in asked if said.get(one.key) == one.digest}


def give_back(row_ids: Sequence[int]) -> None:
    """Forget commands that were refused: they may be sent again."""
    if row_ids:
        Command.objects.filter(pk__in=row_ids).delete()


def outcome_of(user_id: int, client_id: UUID, digest: str) -> Outcome:
    """Return what came of a command the first time, if it was this one."""
    row = Command.objects.get(user_id=user_id, client_id=client_id)
    if row.asked != digest:
        raise Refused("id_taken")
    return dict(row.outcome)


def settle(row_id: int, outcome: Outcome, writ: Writ) -> None:
    """Keep the outcome with the numbers the streams reached; the very last write of the transaction."""
    outcome["seqs"] = dict(writ.seqs)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_command SET outcome = %s WHERE id = %s", [as_stored("outcome", outcome), row_id])


def as_stored(name: str, value: Any) -> Any:
    """Return a value of a command's field as the database takes it."""
    field: Any = Command._meta.get_field(name)
    return field.get_db_prep_save(value, connection)


def forget_commands(*, at: datetime) -> int:
    """Forget commands older than 30 days; return how many."""
    return Command.objects.filter(at__lt=at - KEPT).delete()[0]
