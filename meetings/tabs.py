"""The parts of a meeting's page: one row of tabs, each a page of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting

Roles = frozenset[str]


@dataclass(frozen=True)
class Tab:
    """One tab: its page, and who is offered it."""

    key: str
    label: "Promise | str"
    url_name: str
    icon: str
    shown: Callable[[Meeting, Roles], bool] = lambda meeting, roles: True


TABS: list[Tab] = [
    Tab("agenda", _("Agenda"), "meetings:detail", "list-ordered"),
]


def tabs_for(meeting: Meeting, roles: Roles, current: str) -> list[dict[str, Any]]:
    """Return the tabs this person is offered, the current one marked."""
    return [
        {
            "label": tab.label,
            "icon": tab.icon,
            "url": reverse(tab.url_name, args=[meeting.public_id]),
            "current": tab.key == current,
        }
        for tab in TABS
        if tab.shown(meeting, roles)
    ]
