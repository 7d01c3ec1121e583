"""Carrying what is queued out of the house: take in hand (commit) → send → write what became of it (commit)."""

import logging
import smtplib
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.utils import timezone

from ledger.door import writing
from notices import kinds, mail
from notices.actions import devices, outbox
from notices.channels import MAIL
from notices.models import Delivery, Device
from notices.patience import next_try
from notices.push.sending import Forbidden, Gone, Target, push
from notices.queries import live_devices

logger = logging.getLogger(__name__)
ENOUGH = outbox.LEASE.total_seconds() / 3
AT_ONCE = 8
State = Delivery.State
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Outcome:
    """What one attempt came to; without `final` it is tried again."""

    state: str
    reason: str = ""
    final: bool = True


def carry(clock: Clock = timezone.now) -> "Counter[str]":
    """Send until nothing is due; return how many ended how. Several workers may do this at the same time."""
    done: Counter[str] = Counter()
    with mail.Postbox() as postbox, ThreadPoolExecutor(AT_ONCE, "push") as pool:
        while batch := taken(clock()):
            done.update(carry_batch(batch, postbox, pool, clock))
    return done


def taken(at: datetime) -> list[Delivery]:
    """Take the next deliveries in hand; those that lost their purpose are settled on the way."""
    while True:
        with writing():
            held = outbox.take(at=at)
        if held or not outbox_has_due(at):
            return held


def outbox_has_due(at: datetime) -> bool:
    """Is anything left to look at now?"""
    return Delivery.objects.filter(state__in=[State.QUEUED, State.SENDING], next_try_at__lte=at).exists()


def carry_batch(batch: list[Delivery], postbox: mail.Postbox, pool: ThreadPoolExecutor, clock: Clock) -> list[str]:
    """Send a batch; what cannot be begun before a third of the lease is over goes back to the queue."""
    started, states = time.monotonic(), []
    reached = devices_of(batch, clock())
    for delivery in batch:
        if time.monotonic() - started > ENOUGH:
            with writing():
                outbox.put_back(delivery, next_try_at=clock())
            continue
        if delivery.channel == MAIL:
            outcome = posted(delivery, postbox)
        else:
            outcome = pushed(delivery, reached.get(delivery.notice.user_id, []), pool, clock)
        states.append(wrote(delivery, outcome, clock()))
    return states


def wrote(delivery: Delivery, outcome: Outcome, at: datetime) -> str:
    """Write what became of a delivery: sent, tried again later, or given up."""
    again = None if outcome.final else next_try(delivery.attempts, at)
    state = State.QUEUED.value if again else outcome.state
    with writing():
        outbox.settle(delivery, state=state, reason=outcome.reason, next_try_at=again, at=at)
    return str(state)


def posted(delivery: Delivery, postbox: mail.Postbox) -> Outcome:
    """Send one mail."""
    try:
        postbox.post(delivery.notice)
    except mail.Refusal as refusal:
        return Outcome(State.FAILED, str(refusal))
    except (OSError, smtplib.SMTPException) as error:
        return Outcome(State.FAILED, said(error), final=False)
    except Exception as error:  # one letter that cannot be written must not hold up the others
        logger.exception("notice %s cannot be mailed", delivery.notice.public_id)
        return Outcome(State.FAILED, type(error).__name__)
    return Outcome(State.SENT)


def said(error: Exception) -> str:
    """Return a failure in a line an administrator can act on."""
    return f"{type(error).__name__}: {error}"


def devices_of(batch: list[Delivery], at: datetime) -> dict[int, list[Device]]:
    """Return where each person of the batch gets pushes, in one query."""
    people = {delivery.notice.user_id for delivery in batch if delivery.channel != MAIL}
    found: dict[int, list[Device]] = {}
    for device in live_devices(list(people), at) if people else []:
        found.setdefault(device.user_id, []).append(device)
    return found


def pushed(delivery: Delivery, targets: list[Device], pool: ThreadPoolExecutor, clock: Clock) -> Outcome:
    """Send one push to every device of the person; one that takes it is enough."""
    if not targets:
        return Outcome(State.SKIPPED, "no_device")
    notice = delivery.notice
    send = partial(to_device, language=notice.user.language, urgent=kinds.is_urgent(notice.kind))
    outcomes = list(pool.map(send, targets))
    note(targets, outcomes, clock())
    order = [State.SENT.value, State.FAILED.value, State.SKIPPED.value]
    return min(outcomes, key=lambda one: (order.index(one.state), one.final))


def to_device(device: Device, *, language: str, urgent: bool) -> Outcome:
    """Send one push to one device; runs on a thread of its own and touches no database."""
    try:
        push(Target(device.endpoint, device.p256dh, device.auth), language=language, urgent=urgent)
    except Gone:
        return Outcome(State.SKIPPED, "gone")
    except Forbidden as error:
        return Outcome(State.FAILED, str(error))
    except OSError as error:
        return Outcome(State.FAILED, said(error), final=False)
    except Exception as error:
        logger.exception("a push cannot be sent")
        return Outcome(State.FAILED, type(error).__name__)
    return Outcome(State.SENT)


def note(targets: list[Device], outcomes: list[Outcome], at: datetime) -> None:
    """Forget devices that are gone, and note which were reached."""
    pairs = list(zip(targets, outcomes, strict=True))
    gone = [device.pk for device, outcome in pairs if outcome.reason == "gone"]
    reached = [device.pk for device, outcome in pairs if outcome.state == State.SENT]
    with writing():
        devices.forget(gone)
        devices.note_reached(reached, at=at)
