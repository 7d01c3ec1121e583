"""The inbox "chờ tôi xử lý": upper packages say what waits for a person; nothing is stored, so nothing goes stale."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from people.models import User


@dataclass(frozen=True)
class InboxStep:
    """What can be done with one tap, without opening the thing: a form with one button."""

    label: "str | Promise"
    url: str
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class InboxItem:
    """One thing that waits: what to do (`verb`, a sentence part), with what (`title`), where, since and until when.

    `due` is a time limit that can be missed; `starts` is when something begins, which is never "overdue".
    """

    kind: str
    verb: "str | Promise"
    title: str
    url: str
    since: datetime
    due: datetime | None = None
    starts: datetime | None = None
    step: InboxStep | None = None


InboxProvider = Callable[["User"], Iterable[InboxItem]]
_providers: list[InboxProvider] = []


def register_inbox(provider: InboxProvider) -> None:
    """Add a provider; called from an upper package's `AppConfig.ready`. One query per provider."""
    if provider not in _providers:
        _providers.append(provider)


def inbox_of(user: "User") -> list[InboxItem]:
    """Return what waits for the person: dated things first, then oldest first."""
    items = [item for provider in _providers for item in provider(user)]
    return sorted(items, key=_urgency)


def _urgency(item: InboxItem) -> tuple[bool, datetime, datetime]:
    moment = item.due or item.starts
    return moment is None, moment or item.since, item.since
