"""The administration: one entry in the rail, one page of cards; every package hangs its pages in here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from ui.nav import url_or_empty

PEOPLE, CATALOGUES, PLACES, WATCHING = "people", "catalogues", "places", "watching"
GROUPS: dict[str, Promise] = {
    PEOPLE: pgettext_lazy("administration", "People and units"),
    CATALOGUES: pgettext_lazy("administration", "Catalogues"),
    PLACES: pgettext_lazy("administration", "Rooms and devices"),
    WATCHING: pgettext_lazy("administration", "Supervision and help"),
}


@dataclass(frozen=True)
class AdminPage:
    """One card of the administration: its title, a sentence on what it is for, who sees it."""

    key: str
    title: "str | Promise"
    text: "str | Promise"
    icon: str
    url_name: str
    visible: Callable[[Any], bool]
    group: str = CATALOGUES
    order: int = 100


@dataclass(frozen=True)
class AdminCard:
    """A page of the administration this person may open."""

    page: AdminPage
    url: str


@dataclass(frozen=True)
class Condition:
    """How a part of the installation stands: a line on the administration's page, with what to do about it."""

    title: "str | Promise"
    text: str
    icon: str
    advice: "str | Promise" = ""
    tone: str = "info"


_pages: dict[str, AdminPage] = {}
_conditions: dict[str, Callable[[], Condition | None]] = {}


def register_page(page: AdminPage) -> None:
    """Hang a page into the administration; called from `AppConfig.ready`, the same key again replaces it."""
    _pages[page.key] = page


def register_condition(key: str, provider: Callable[[], Condition | None]) -> None:
    """Hang a line on how something stands into the administration; the same key again replaces it."""
    _conditions[key] = provider


def conditions() -> list[Condition]:
    """Return how the parts of the installation stand that have something to say."""
    return [said for provider in _conditions.values() if (said := provider())]


def open_to(user: Any) -> bool:
    """May the person open any page of the administration? (for the rail)"""
    return any(page.visible(user) for page in _pages.values())


def cards(user: Any) -> list[AdminCard]:
    """Return the pages the person may open, in order."""
    shown = (page for page in sorted(_pages.values(), key=lambda one: (one.order, one.key)) if page.visible(user))
    return [AdminCard(page, url) for page in shown if (url := url_or_empty(page.url_name))]


def grouped(pages: Iterable[AdminCard]) -> list[tuple[Promise, list[AdminCard]]]:
    """Return the cards under their headings, empty headings left out."""
    known = list(pages)
    rows = ((title, [card for card in known if card.page.group == group]) for group, title in GROUPS.items())
    return [(title, held) for title, held in rows if held]


def addresses() -> list[str]:
    """Return where the pages of the administration stand: there its entry in the rail is the current one."""
    return [url for page in _pages.values() if (url := url_or_empty(page.url_name))]
