"""What this package hangs into the shell: its entry, and its card in the administration."""

from django.utils.translation import gettext_lazy as _

from people.administration import PLACES, AdminPage, register_page
from rooms.views.doors import looks_after_rooms, uses_rooms
from ui import nav
from ui.tones import register_tones

TONES = {"room_open": "success", "room_closed": "muted", "room_main_plan": "info", "room_block": "warning"}


def hang() -> None:
    """Register everything; called once from `AppConfig.ready`."""
    register_tones(TONES)
    label = _("Meeting rooms")
    nav.register(nav.NavItem("rooms", label, "rooms:calendar", "door-open", 40, visible=uses_rooms, phone=False))
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
