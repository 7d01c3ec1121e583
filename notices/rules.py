"""May this delivery go out now? The question is asked when it is told and again right before it is sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from notices import channels, kinds
from notices.choices import Choices
from notices.models import Delivery, Notice
from notices.quiet import may_send_at
from people.models import User

STALE_PUSH = timedelta(days=2)
FIRST_YEAR, LAST_YEAR = 2000, 2100


def is_countable(moment: datetime) -> bool:
    """Does this moment somebody sent lie in years that every zone and database can count with?"""
    return FIRST_YEAR <= moment.year <= LAST_YEAR


@dataclass(frozen=True)
class Answer:
    """Skip it for a reason, or carry it, not before `at`."""

    at: datetime
    skip: str = ""


def when(notice: Notice, channel: str, choices: Choices, at: datetime) -> Answer:
    """Return when a notice may go out through a channel, as far as the person's own choices go."""
    if notice.kind != kinds.TEST and not choices.wants(channel, kinds.group_of(notice.kind)):
        return Answer(at, "not_wanted")
    return Answer(at if kinds.is_urgent(notice.kind) else may_send_at(at, choices.quiet))


def still(delivery: Delivery, choices: Choices, at: datetime) -> Answer:
    """Return whether a queued delivery still has a purpose now."""
    return Answer(at, reason) if (reason := pointless(delivery, at)) else when_of(delivery, choices, at)


def when_of(delivery: Delivery, choices: Choices, at: datetime) -> Answer:
    """Return when this delivery may go out."""
    return when(delivery.notice, delivery.channel, choices, at)


def pointless(delivery: Delivery, at: datetime) -> str:
    """Return why nothing is carried any more, or nothing; a calendar file goes out although the notice was read."""
    notice, user = delivery.notice, delivery.notice.user
    if notice.taken_back_at:
        return "taken_back"
    if not user.is_active:
        return "closed"
    if not channels.is_on(delivery.channel):
        return "channel_off"
    if notice.read_at and not (notice.ics and delivery.channel == channels.MAIL):
        return "read"
    return no_way(delivery, user, at)


def no_way(delivery: Delivery, user: User, at: datetime) -> str:
    """Return why this channel cannot reach the person."""
    if delivery.channel == channels.MAIL:
        return "" if user.email else "no_address"
    return "stale" if at - delivery.notice.created_at > STALE_PUSH else ""
