"""What this package hangs into the shell: the bell, the page of deliveries, its own kind of notice."""

from django.utils.translation import gettext_lazy as _

from notices.kinds import TEST, NoticeKind, register_kind
from notices.views import lists
from people import administration
from people.views.doors import is_administrator
from ui import nav
from ui.tones import register_tones


def hang() -> None:
    """Register everything; called once from `AppConfig.ready`."""
    register_tones({"queued": "waiting", "urgent": "warning"})
    register_kind(NoticeKind(TEST, _("This is a test notice for %(name)s: notices reach you this way."), "bell", True))
    nav.register_notices(lists.count, url_name="notices:list", poll_url_name="notices:count")
    administration.register_page(
        administration.AdminPage(
            "deliveries",
            _("Mail and push"),
            _("Whether notices go out of the house, what waits, what failed and why."),
            "mail-check",
            "notices:delivery",
            is_administrator,
            group=administration.WATCHING,
            order=330,
        )
    )
