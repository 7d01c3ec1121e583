"""The parts of a meeting's page: one row of tabs, each a page of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.models import Meeting
from meetings.workflow import SEEN_BY_ALL, SEES_TABLE

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
    Tab(
        "materials",
        pgettext_lazy("meeting", "Papers"),
        "meetings:materials",
        "files",
        lambda meeting, roles: bool(roles & SEES_TABLE),
    ),
    Tab("people", _("Participants"), "meetings:people", "users"),
    Tab("roll", _("Roll"), "meetings:roll", "clipboard-check", lambda meeting, roles: meeting.state in SEEN_BY_ALL),
]


def register_tab(tab: Tab) -> None:
    """Hang a tab of an upper package behind the others; called from its `AppConfig.ready`."""
    TABS[:] = [*(known for known in TABS if known.key != tab.key), tab]


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
