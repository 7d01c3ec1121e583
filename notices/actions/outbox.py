"""The outbox: what is queued, who has it in hand, what became of it. Steps; none of it is ledger data."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db.models import F, Q

from ledger.door import current_writ
from notices import channels, rules
from notices.choices import DEFAULT, Choices, choices_of
from notices.models import Delivery, Device, Notice
from notices.patience import MOST_ATTEMPTS

State = Delivery.State
LEASE = timedelta(minutes=15)
TOGETHER = 40


def queue(told: list[Notice], *, at: datetime) -> int:
    """Queue these notices for every channel their readers have and want; return how many deliveries that makes."""
    current_writ()
    people = {notice.user_id for notice in told}
    ways = _ways_to(told, people)
    choices = choices_of(people) if ways else {}
    rows = [row for notice in told for channel in ways[notice.user_id] if (row := _row(notice, channel, choices, at))]
    Delivery.objects.bulk_create(rows)
    return len(rows)


def _ways_to(told: Iterable[Notice], people: set[int]) -> Mapping[int, list[str]]:
    """Return the channels by which each person can be reached at all."""
    ways: dict[int, list[str]] = defaultdict(list)
    if channels.mail_is_on():
        for user_id in {notice.user_id for notice in told if notice.user.email}:
            ways[user_id].append(channels.MAIL)
    if channels.push_is_on():
        for user_id in set(Device.objects.filter(user_id__in=people).values_list("user_id", flat=True)):
            ways[user_id].append(channels.PUSH)
    return ways


def _row(notice: Notice, channel: str, choices: Mapping[int, Choices], at: datetime) -> Delivery | None:
    answer = rules.when(notice, channel, choices.get(notice.user_id, DEFAULT), at)
    return None if answer.skip else Delivery(notice=notice, channel=channel, next_try_at=answer.at)


def cancel(about: Q, *, at: datetime) -> int:
    """Stop what is still queued for notices that were taken back."""
    current_writ()
    queued = Delivery.objects.filter(state=State.QUEUED, notice__in=Notice.objects.filter(about))
    return queued.update(state=State.SKIPPED, reason="taken_back", done_at=at)


def take(*, at: datetime) -> list[Delivery]:
    """Take what is due in hand: nobody else gets it before the lease is over; return what is worth sending now.

    A worker killed between sending and `settle` leaves its deliveries in hand; after the lease they are taken
    again, so a mail may come twice (with the same Message-ID), but is never lost.
    """
    current_writ()
    claim = uuid4()
    due = Q(state__in=[State.QUEUED, State.SENDING], next_try_at__lte=at)
    first = Delivery.objects.filter(due).order_by("next_try_at", "pk").select_for_update(skip_locked=True)
    keys = list(first.values_list("pk", flat=True)[:TOGETHER])
    if not keys:
        return []
    Delivery.objects.filter(due, pk__in=keys).update(
        state=State.SENDING, claim=claim, attempts=F("attempts") + 1, next_try_at=at + LEASE
    )
    return _sift(claim, at)


def _sift(claim: UUID, at: datetime) -> list[Delivery]:
    """Put aside what has lost its purpose or must wait; return the rest, people fetched along."""
    held = list(Delivery.objects.filter(claim=claim).select_related("notice__user").order_by("next_try_at", "pk"))
    choices = choices_of({row.notice.user_id for row in held})
    ready = []
    for row in held:
        answer = rules.still(row, choices.get(row.notice.user_id, DEFAULT), at)
        if row.attempts > MOST_ATTEMPTS:
            settle(row, state=State.FAILED, reason=row.reason or "interrupted", at=at)
        elif answer.skip:
            settle(row, state=State.SKIPPED, reason=answer.skip, at=at)
        elif answer.at > at:
            put_back(row, next_try_at=answer.at)
        else:
            ready.append(row)
    return ready


def settle(
    delivery: Delivery, *, state: str, at: datetime, reason: str = "", next_try_at: datetime | None = None
) -> bool:
    """Write what became of a delivery, if it is still in the same hand; return whether it was."""
    current_writ()
    mine = Delivery.objects.filter(pk=delivery.pk, claim=delivery.claim, state=State.SENDING)
    when = {"next_try_at": next_try_at} if next_try_at else {}
    return bool(mine.update(state=state, reason=reason[:200], claim=None, done_at=at, **when))


def put_back(delivery: Delivery, *, next_try_at: datetime) -> None:
    """Queue a delivery again without counting an attempt."""
    current_writ()
    mine = Delivery.objects.filter(pk=delivery.pk, claim=delivery.claim, state=State.SENDING)
    mine.update(state=State.QUEUED, claim=None, attempts=F("attempts") - 1, next_try_at=next_try_at)
