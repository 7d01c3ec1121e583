"""What this package hangs into the shell: tablets into the administration, the desk into a meeting's page."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.models import Meeting
from meetings.tabs import Tab, register_tab
from people import confinement
from people.administration import PLACES, AdminPage, register_page
from people.confinement import is_confined
from people.models import User
from people.queries import agencies_with_right
from tablets.rights import HAND_OUT
from ui import nav
from ui.tones import register_tones

TONES = {"tablet_used": "info", "tablet_free": "success", "tablet_new": "muted", "tablet_unwiped": "warning"}


def keeps(user: Any) -> bool:
    """Does the person keep tablets?"""
    return isinstance(user, User) and bool(agencies_with_right(user, HAND_OUT))


def offers_desk(meeting: Meeting, roles: frozenset[str]) -> bool:
    """Is the desk offered? To clerk and secretary of a meeting that is published and not called off."""
    return meeting.published_at is not None and meeting.state != "cancelled" and bool(roles & {"clerk", "secretary"})


def way_out(request: HttpRequest) -> nav.WayOut | None:
    """Return where a tablet in somebody's hand leads back to."""
    if not hasattr(request, "session") or not is_confined(request.session):
        return None
    return nav.WayOut(confinement.HOME, pgettext_lazy("tablet", "Hand back"), "tablet")


def hang() -> None:
    """Register everything; called once from `AppConfig.ready`."""
    register_tones(TONES)
    nav.register_way_out(way_out)
    told = _("Tablets of the office: set up, who has which, receipts that they were wiped.")
    register_page(AdminPage("tablets", _("Office tablets"), told, "tablet", "tablets:list", keeps, PLACES, 50))
    register_tab(Tab("tablets", pgettext_lazy("tab", "Tablets"), "tablets:desk", "tablet", offers_desk))
