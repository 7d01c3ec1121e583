"""What this package hangs into the shell: entries, the post picker, the bell, the home panel."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext, npgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from people import administration, setup
from people.actions import users
from people.administration import CATALOGUES, PEOPLE, WATCHING, AdminPage, Condition
from people.models import User
from people.queries import posts_of
from people.views import inbox, log
from people.views.doors import is_administrator
from search.rebuilding import findable, waiting
from ui import home, language, nav
from ui.nav import NavItem, PostChoice
from ui.tones import register_tones

MOST_COUNTED = 10_000  # things; the page that says it opens as fast with a million

OUTCOME_TONES = {
    "signed_in": "success",
    "signed_out": "muted",
    "locked": "danger",
    "token": "info",
    "account_open": "success",
    "account_closed": "muted",
    "account_locked": "warning",
}


PAGES = [
    AdminPage(
        "agencies",
        _("Organisation"),
        _("The tree of units: add, edit, move, merge, dissolve."),
        "network",
        "people:agencies",
        is_administrator,
        PEOPLE,
        order=10,
    ),
    AdminPage(
        "people",
        _("People"),
        _("Accounts and posts, roles and extra rights, password slips."),
        "users",
        "people:users",
        is_administrator,
        PEOPLE,
        order=20,
    ),
    AdminPage(
        "imports",
        _("First-day kit"),
        _("Units, people and posts out of one Excel file, looked at before anything is written."),
        "file-spreadsheet",
        "people:imports",
        is_administrator,
        PEOPLE,
        order=30,
    ),
    AdminPage(
        "slips",
        _("Password slips"),
        _("Print slips for people who have no password yet, many on one sheet."),
        "key-round",
        "people:slips",
        is_administrator,
        PEOPLE,
        order=35,
    ),
    AdminPage(
        "positions",
        _("Titles of office"),
        _("Which titles there are, in which order lists put them."),
        "id-card",
        "people:positions",
        is_administrator,
        CATALOGUES,
        order=40,
    ),
    AdminPage(
        "sign_ins",
        _("Sign-in log"),
        _("Who came in when and from where; kept, archived, never deleted by hand."),
        "history",
        "people:sign_ins",
        is_administrator,
        WATCHING,
        order=80,
    ),
    AdminPage(
        "locks",
        _("Locked accounts"),
        _("Who cannot sign in after too many wrong passwords."),
        "lock-open",
        "people:locks",
        log.may_lift,
        WATCHING,
        order=90,
    ),
]


def post_choices(request: HttpRequest) -> list[PostChoice]:
    """Return the posts the person may act from."""
    user = request.user
    if not isinstance(user, User) or not user.is_authenticated:
        return []
    return [
        PostChoice(str(post.public_id), post.title, post.agency.name, current=post.pk == user.acting_post_id)
        for post in posts_of(user)
    ]


def search_condition() -> Condition:
    """Say how many things can be found, and how many wait to be put into the index."""
    there, waits = findable(MOST_COUNTED + 1), waiting()
    text = ngettext("%(count)d thing can be found", "%(count)d things can be found", there) % {"count": there}
    if there > MOST_COUNTED:
        most = number_format(MOST_COUNTED, force_grouping=True)
        text = gettext("More than %(count)s things can be found") % {"count": most}
    if not waits:
        return Condition(_("Search index"), text, "search", tone="success")
    more = npgettext("search index", "%(count)d waits", "%(count)d wait", waits) % {"count": waits}
    advice = _("What waits is put in by itself, within minutes.")
    return Condition(_("Search index"), f"{text} · {more}", "search", advice)


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
    administration.register_condition("search", search_condition)
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
        NavItem(
            "administration",
            _("Administration"),
            "people:administration",
            "settings-2",
            order=800,
            visible=administration.open_to,
            phone=False,
            also=administration.addresses,
        )
    )
    for page in PAGES:
        administration.register_page(page)
