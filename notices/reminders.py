"""Reminders: upper packages say what is due now; each key is told once per person, however often they are asked."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from people.models import User


@dataclass(frozen=True)
class Reminder:
    """One reminder for one person; `key` names the occasion (`duty:7:1d`), so it is told once."""

    user: "User"
    kind: str
    values: Mapping[str, Any]
    url: str
    agency_id: int
    key: str
    about: str = ""


Provider = Callable[[datetime], Iterable[Reminder]]
_providers: list[Provider] = []


def register_reminders(provider: Provider) -> None:
    """Add a provider, asked every five minutes with the time; called from an upper package's `AppConfig.ready`."""
    if provider not in _providers:
        _providers.append(provider)


def due(at: datetime) -> list[Reminder]:
    """Return every reminder that is due at that time, told already or not."""
    return [reminder for provider in _providers for reminder in provider(at)]
