"""The navigation model: packages register their entries at start-up, the shell draws what the person may open."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

Label = str | Promise
User = Any  # ui lies below people and knows no user class


def everyone(user: User) -> bool:
    """Whoever is signed in."""
    return bool(user.is_authenticated)


@dataclass(frozen=True)
class NavItem:
    """One entry of the rail; `phone` puts it in the bottom bar (as `short`), `shortcut` is the letter after "g"."""

    key: str
    label: Label
    url_name: str
    icon: str
    order: int = 100
    visible: Callable[[User], bool] = everyone
    badge: Callable[[HttpRequest], int] | None = None
    phone: bool = True
    shortcut: str = ""
    short: Label = ""
    also: Callable[[], list[str]] | None = None  # further addresses under which it is the current one


@dataclass(frozen=True)
class NavLink:
    """A navigation entry resolved for one request."""

    item: NavItem
    url: str
    current: bool
    badge: int


@dataclass(frozen=True)
class PostChoice:
    """One post the person may act from; the record keeps which one was chosen."""

    value: str
    title: Label
    agency: Label
    current: bool = False


@dataclass(frozen=True)
class WayOut:
    """The one way on from a session that reaches one place only; the rest of the frame is not drawn for it."""

    url: str
    label: Label
    icon: str


@dataclass
class Registry:
    """What upper packages hang into the shell."""

    items: dict[str, NavItem] = field(default_factory=dict)
    posts: Callable[[HttpRequest], list[PostChoice]] | None = None
    post_url_name: str = ""
    inbox_count: Callable[[HttpRequest], int] | None = None
    inbox_url_name: str = ""
    notices_count: Callable[[HttpRequest], int] | None = None
    notices_url_name: str = ""
    notices_poll_url_name: str = ""
    search_url_name: str = ""
    way_out: "Callable[[HttpRequest], WayOut | None] | None" = None
    setup_needed: Callable[[], bool] | None = None
    setup_url_name: str = ""


registry = Registry()


def register(item: NavItem) -> None:
    """Adds an entry; the same key again replaces it."""
    registry.items[item.key] = item


def register_posts(provider: Callable[[HttpRequest], list[PostChoice]], *, url_name: str) -> None:
    """Gives the post picker its choices; the view named `url_name` takes POST `post` and `next`."""
    registry.posts, registry.post_url_name = provider, url_name


def register_inbox(counter: Callable[[HttpRequest], int], *, url_name: str) -> None:
    """Gives "waiting for me" its number and its page."""
    registry.inbox_count, registry.inbox_url_name = counter, url_name


def register_notices(counter: Callable[[HttpRequest], int], *, url_name: str, poll_url_name: str) -> None:
    """Gives the bell its number and its page; open pages ask `poll_url_name` for `{"count": n}` now and then."""
    registry.notices_count = counter
    registry.notices_url_name, registry.notices_poll_url_name = url_name, poll_url_name


def register_search(url_name: str) -> None:
    """Gives the search field in the top bar its page; it sends GET `q`."""
    registry.search_url_name = url_name


def register_way_out(provider: "Callable[[HttpRequest], WayOut | None]") -> None:
    """Says which requests come from a narrow session, and where it leads back to."""
    registry.way_out = provider


def register_setup(needed: Callable[[], bool], *, url_name: str) -> None:
    """Lets the sign-in page point to the page that opens a fresh installation, while that is `needed`."""
    registry.setup_needed, registry.setup_url_name = needed, url_name


def url_or_empty(name: str) -> str:
    """The address of a named page, or nothing while its package is not mounted."""
    try:
        return reverse(name) if name else ""
    except NoReverseMatch:
        return ""


def links_for(request: HttpRequest) -> list[NavLink]:
    """The entries this person sees, in order, the current one marked by the longest matching address."""
    shown = [
        (item, url)
        for item in sorted(registry.items.values(), key=lambda one: (one.order, one.key))
        if (url := url_or_empty(item.url_name)) and item.visible(request.user)
    ]
    places = [(url, item) for item, own in shown for url in (own, *(item.also() if item.also else ()))]
    here = current_url(request.path, [url for url, _ in places])
    current = next((item for url, item in places if url == here), None)
    return [NavLink(item, url, item is current, item.badge(request) if item.badge else 0) for item, url in shown]


def current_url(path: str, urls: list[str]) -> str:
    """The longest address that is the path or a folder above it; the home page matches only itself."""
    matching = [url for url in urls if path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))]
    return max(matching, key=len, default="")
