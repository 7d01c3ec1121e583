"""What this package hangs into the shell: its entry, and its card in the administration."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.administration import PLACES, AdminPage, register_page
from rooms.views.doors import looks_after_rooms, uses_rooms
from ui import nav
from ui.tones import register_tones

TONES = {"room_open": "success", "room_closed": "muted", "room_main_plan": "info", "room_block": "warning"}


def addresses() -> list[str]:
    """Return where all pages of rooms stand, so that the entry in the rail is the current one on each."""
    return [reverse("rooms:list")]


def hang() -> None:
    """Register everything; called once from `AppConfig.ready`."""
    register_tones(TONES)
    label = _("Meeting rooms")
    entry = nav.NavItem(
        "rooms", label, "rooms:calendar", "door-open", 40, visible=uses_rooms, phone=False, also=addresses
    )
    nav.register(entry)
    register_page(
        AdminPage(
            "rooms",
            label,
            _("Rooms with equipment and seat plans, maintenance, who has booked them."),
            "door-open",
            "rooms:list",
            looks_after_rooms,
            PLACES,
        )
    )
