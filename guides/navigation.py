"""What this package hangs into the shell: the guides for everybody, writing and feedback into the administration."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from guides.labels import TONES
from guides.rights import MANAGE, READ_FEEDBACK
from people.administration import WATCHING, AdminPage, register_page
from people.models import User
from people.queries import agencies_with_right
from ui import nav
from ui.tones import register_tones


def writes(user: Any) -> bool:
    """Does the person write guides?"""
    return isinstance(user, User) and bool(agencies_with_right(user, MANAGE))


def answers(user: Any) -> bool:
    """Does the person answer feedback?"""
    return isinstance(user, User) and bool(agencies_with_right(user, READ_FEEDBACK))


def hang() -> None:
    """Register everything; called once from `AppConfig.ready`."""
    register_tones(TONES)
    nav.register(
        nav.NavItem("guides", _("User guides"), "guides:index", "book-open", order=900, phone=False, shortcut="h")
    )
    told = _("What your people read in the program: who to call, which room, which rules.")
    register_page(AdminPage("guides", _("Write guides"), told, "book-open", "guides:managed", writes, WATCHING, 60))
    said = _("What people say about the program; answer them here.")
    register_page(
        AdminPage("feedback", _("Feedback"), said, "message-square", "guides:feedback", answers, WATCHING, 70)
    )
