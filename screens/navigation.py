"""What this package hangs into the shell: the screens into a meeting's page."""

from django.utils.translation import pgettext_lazy

from meetings.models import Meeting
from meetings.rules.meeting import may_in
from meetings.tabs import Tab, register_tab
from meetings.workflow import MEETING
from ui.tones import register_tones

TONES = {"screen_here": "success", "screen_away": "warning"}


def offers_screens(meeting: Meeting, roles: frozenset[str]) -> bool:
    """Are screens offered? To who keeps the meeting, from publication to the end."""
    return bool(may_in(MEETING, meeting.state, "unpair_screen", roles))


def hang() -> None:
    """Register everything; called once from `AppConfig.ready`."""
    register_tones(TONES)
    register_tab(Tab("screens", pgettext_lazy("tab", "Screens"), "screens:list", "projector", offers_screens))
