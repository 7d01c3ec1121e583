"""The parts of a meeting's page: one row of tabs, each a page of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.models import Meeting
from meetings.rules.meeting import may_in
from meetings.rules.outcome import OFFICE
from meetings.workflow import MEETING, OVER, SEEN_BY_ALL, SEES_TABLE, WHO

Roles = frozenset[str]


@dataclass(frozen=True)
class Tab:
    """One tab: its page, and who is offered it."""

    key: str
    label: "Promise | str"
    url_name: str
    icon: str
    shown: Callable[[Meeting, Roles], bool] = lambda meeting, roles: True


def was_opened(meeting: Meeting) -> bool:
    """Has the meeting begun?"""
    return meeting.opened_at is not None


def has_place(roles: Roles) -> bool:
    """Does the person take part, other than as a guest?"""
    return bool(roles & {"chair", "secretary", "member"})


def sees_votes(meeting: Meeting, roles: Roles) -> bool:
    """Is there a question, or may this person still prepare one?"""
    prepares = bool(may_in(MEETING, meeting.state, "prepare_vote", roles))
    return prepares or meeting.votes.exclude(state="dropped").filter(item__hidden=False).exists()


def is_read(meeting: Meeting, roles: Roles) -> bool:
    """Is the meeting published, and does the person keep it?"""
    return meeting.published_at is not None and bool(roles & WHO["keeper"])


def sees_sites(meeting: Meeting, roles: Roles) -> bool:
    """Is there something to arrange, or somewhere else to go than the room?"""
    if meeting.state in OVER or not roles & WHO["involved"]:
        return False
    keeps = bool(roles & WHO["keeper"])
    return keeps or bool(meeting.join_link) or meeting.sites.filter(removed_at__isnull=True).exists()


TABS: list[Tab] = [
    Tab("agenda", pgettext_lazy("tab", "Agenda"), "meetings:detail", "list-ordered"),
    Tab(
        "materials",
        pgettext_lazy("meeting", "Papers"),
        "meetings:materials",
        "files",
        lambda meeting, roles: bool(roles & SEES_TABLE),
    ),
    Tab("votes", pgettext_lazy("tab", "Votes"), "meetings:votes", "vote", sees_votes),
    Tab("people", pgettext_lazy("tab", "People"), "meetings:people", "users"),
    Tab("seating", pgettext_lazy("tab", "Seats"), "meetings:seating", "armchair"),
    Tab("sites", pgettext_lazy("tab", "Sites and codes"), "meetings:sites", "map-pinned", sees_sites),
    Tab("roll", _("Roll"), "meetings:roll", "clipboard-check", lambda meeting, roles: meeting.state in SEEN_BY_ALL),
    Tab(
        "speaking",
        pgettext_lazy("tab", "Speakers"),
        "meetings:speeches",
        "mic",
        lambda meeting, roles: meeting.state in SEEN_BY_ALL,
    ),
    Tab("opinions", _("Opinions"), "meetings:opinions", "message-square-text", lambda meeting, roles: has_place(roles)),
    Tab("reading", pgettext_lazy("tab", "Read"), "meetings:reading", "book-open", is_read),
    Tab("notebook", pgettext_lazy("tab", "Notebook"), "meetings:notebook", "notebook-pen"),
    Tab(
        "conclusions",
        pgettext_lazy("tab", "Outcome"),
        "meetings:conclusions",
        "gavel",
        lambda meeting, roles: was_opened(meeting),
    ),
    Tab(
        "minutes",
        _("Minutes"),
        "meetings:minutes",
        "scroll-text",
        lambda meeting, roles: meeting.state == "closed" and bool(roles & (OFFICE | {"member"})),
    ),
    Tab(
        "book",
        pgettext_lazy("tab", "Book"),
        "meetings:book",
        "book-marked",
        lambda meeting, roles: bool(may_in(MEETING, meeting.state, "bind_book", roles)),
    ),
    Tab("archive", _("Record"), "meetings:archive", "archive", lambda meeting, roles: meeting.state == "closed"),
    Tab(
        "paper_copy",
        _("On paper"),
        "meetings:paper_copy",
        "printer",
        lambda meeting, roles: bool(may_in(MEETING, meeting.state, "print_paper", roles)),
    ),
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
