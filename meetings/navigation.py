"""What this package hangs into the shell: its entry, and today's meetings on the home page."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from meetings.finding import CONCLUSIONS, HIDDEN, MEETING, forms
from meetings.labels import TONES
from meetings.queries.calls import serves_by_office
from meetings.queries.duties import unit_agencies
from meetings.views import home as views_home
from meetings.views import support as views_support
from people.administration import CATALOGUES, AdminPage, register_page
from people.models import User
from people.views.doors import is_administrator
from search.kinds import Kind, register_kind
from ui import home, importmap, nav, offline
from ui.tones import register_tones

OFFLINE_SHEETS = ("meetings/css/room/frame.css", "meetings/css/offline.css")
OFFLINE_PAGES = (
    offline.OfflinePage(
        "meetings:on_device", "meetings/offline/list.html", ("meetings/offline/list",), sheets=OFFLINE_SHEETS
    ),
    offline.OfflinePage(
        "meetings:offline_meeting",
        "meetings/offline/meeting.html",
        ("meetings/offline/meeting",),
        sheets=(
            *OFFLINE_SHEETS,
            "documents/css/viewer.css",
            "documents/css/viewer_left.css",
            "annotations/css/notes.css",
            "annotations/css/threads.css",
        ),
    ),
)


def prepares_papers(user: User) -> bool:
    """Does the person prepare papers for a unit by office?"""
    return bool(unit_agencies(user))


def libraries() -> None:
    """Make the browser libraries of this package importable by name; called once from `AppConfig.ready`."""
    importmap.register("@noble/hashes/sha2.js", f"{settings.HASHES}/sha2.js")
    for page in OFFLINE_PAGES:
        offline.register_page(page)


def hang() -> None:
    """Register everything; called once from `AppConfig.ready`."""
    register_tones(TONES)
    _findable()
    register_page(
        AdminPage(
            "meeting_kinds",
            _("Kinds of meeting"),
            _("Quorum, ways of deciding and time limits; own names, own kinds, from a day on."),
            "scale",
            "meetings:kinds",
            is_administrator,
            CATALOGUES,
            30,
        )
    )
    nav.register(nav.NavItem("meetings", _("Meetings"), "meetings:list", "calendar-days", order=20, shortcut="m"))
    nav.register(
        nav.NavItem(
            "duties",
            _("Papers to prepare"),
            "meetings:duties",
            "file-clock",
            order=25,
            visible=prepares_papers,
            phone=False,
        )
    )
    home.register_panel(
        home.HomePanel(
            "meetings_today",
            _("Today's meetings"),
            "calendar-days",
            "meetings/home_panel.html",
            views_home.today_panel,
            order=20,
            wide=True,
        )
    )
    home.register_panel(
        home.HomePanel(
            "rooms_to_serve",
            _("Rooms to serve today"),
            "concierge-bell",
            "meetings/serving_panel.html",
            views_support.serving_panel,
            order=22,
            visible=serves_by_office,
        )
    )
    home.register_panel(
        home.HomePanel(
            "meetings_next",
            _("Next meetings"),
            "calendar-range",
            "meetings/home_panel.html",
            views_home.next_panel,
            order=25,
            wide=True,
        )
    )


def _findable() -> None:
    """Name what of meetings can be found."""
    register_kind(Kind(MEETING, _("Meetings"), "calendar-days", forms=forms))
    register_kind(Kind(CONCLUSIONS, _("Conclusions"), "gavel"))
    register_kind(Kind(HIDDEN, _("Hidden agenda items"), "eye-off", listed=False))
