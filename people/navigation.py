"""What this package hangs into the shell: entries, the post picker, the bell, the home panel."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people import setup
from people.actions import users
from people.models import User
from people.queries import posts_of
from people.views import inbox, log
from people.views.doors import is_administrator
from ui import home, language, nav
from ui.nav import NavItem, PostChoice
from ui.tones import register_tones

OUTCOME_TONES = {
    "signed_in": "success",
    "signed_out": "muted",
    "locked": "danger",
    "token": "info",
    "account_open": "success",
    "account_closed": "muted",
    "account_locked": "warning",
}


def post_choices(request: HttpRequest) -> list[PostChoice]:
    """Return the posts the person may act from."""
    user = request.user
    if not isinstance(user, User) or not user.is_authenticated:
        return []
    return [
        PostChoice(str(post.public_id), post.title, post.agency.name, current=post.pk == user.acting_post_id)
        for post in posts_of(user)
    ]


def keep_language(request: HttpRequest, code: str) -> None:
    """Write the chosen language on the account: sockets and notices have no cookie."""
    user = request.user
    if isinstance(user, User) and user.language != code:
        users.update_own(user, email=user.email, phone=user.phone, language=code, by=user, at=timezone.now())


def hang() -> None:
    """Register everything; called once from `AppConfig.ready`."""
    register_tones(OUTCOME_TONES)
    language.register_keeper(keep_language)
    nav.register_posts(post_choices, url_name="people:act_from")
    nav.register_search("people:search")
    nav.register_setup(setup.is_needed, url_name="setup")
    nav.register_inbox(inbox.count, url_name="people:inbox")
    home.register_panel(
        home.HomePanel(
            "inbox", _("Waiting for me"), "inbox", "people/inbox_panel.html", inbox.panel, order=10, wide=True
        )
    )
    short = pgettext_lazy("navigation", "Waiting")
    nav.register(
        NavItem("inbox", _("Waiting for me"), "people:inbox", "inbox", order=15, badge=inbox.count, short=short)
    )
    nav.register(
        NavItem("people", _("People"), "people:users", "users", order=800, visible=is_administrator, phone=False)
    )
    nav.register(
        NavItem("agencies", _("Agencies"), "people:agencies", "building-2", 810, is_administrator, phone=False)
    )
    nav.register(
        NavItem("sign_ins", _("Sign-in log"), "people:sign_ins", "history", 820, is_administrator, phone=False)
    )
    nav.register(NavItem("locks", _("Locked accounts"), "people:locks", "lock-open", 830, log.may_lift, phone=False))
