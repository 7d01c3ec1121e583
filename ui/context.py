"""What every page's frame needs to know."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property

from ui import theme
from ui.nav import NavLink, PostChoice, WayOut, links_for, registry, url_or_empty


@dataclass
class Chrome:
    """The frame of one page; asked lazily, so pages without a shell pay nothing."""

    request: HttpRequest

    @cached_property
    def theme(self) -> str:
        return theme.chosen(self.request)

    @property
    def dark_media(self) -> str:
        return theme.DARK_MEDIA[self.theme]

    @cached_property
    def way_out(self) -> WayOut | None:
        return registry.way_out(self.request) if registry.way_out else None

    @cached_property
    def nav(self) -> list[NavLink]:
        return [] if self.way_out else links_for(self.request)

    @cached_property
    def phone_nav(self) -> list[NavLink]:
        return [link for link in self.nav if link.item.phone][:4]

    @cached_property
    def more_nav(self) -> list[NavLink]:
        return [link for link in self.nav if link not in self.phone_nav]

    @cached_property
    def posts(self) -> list[PostChoice]:
        return registry.posts(self.request) if registry.posts else []

    @property
    def post(self) -> PostChoice | None:
        return next((post for post in self.posts if post.current), None)

    @property
    def post_url(self) -> str:
        return url_or_empty(registry.post_url_name)

    @cached_property
    def inbox_count(self) -> int:
        return registry.inbox_count(self.request) if registry.inbox_count else 0

    @property
    def inbox_url(self) -> str:
        return "" if self.way_out else url_or_empty(registry.inbox_url_name)

    @cached_property
    def notices_count(self) -> int:
        return registry.notices_count(self.request) if registry.notices_count else 0

    @property
    def notices_url(self) -> str:
        return "" if self.way_out else url_or_empty(registry.notices_url_name)

    @property
    def notices_poll_url(self) -> str:
        return url_or_empty(registry.notices_poll_url_name)

    @property
    def setup_url(self) -> str:
        needed = registry.setup_needed is not None and registry.setup_needed()
        return url_or_empty(registry.setup_url_name) if needed else ""

    @property
    def search_url(self) -> str:
        return "" if self.way_out else url_or_empty(registry.search_url_name)


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `chrome` in every template."""
    return {"chrome": Chrome(request)}
