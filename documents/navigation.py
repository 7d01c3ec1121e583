"""What documents hang into the shell: navigation, tones of states, the viewer's library."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from documents.condition import reading_condition
from documents.findable import KIND
from documents.granted import keeps_a_book
from documents.labels import TONES
from documents.manifest import pdfjs_files
from documents.queries import agencies_kept_or_led
from documents.views.catalogues import keeps_catalogues
from people.administration import CATALOGUES, AdminPage, register_condition, register_page
from people.models import User
from search.kinds import Kind, register_kind
from ui import importmap, offline
from ui.nav import NavItem, everyone, register, url_or_empty
from ui.tones import register_tones


def keeps_records(user: User) -> bool:
    """Does the person keep or lead the records of an agency?"""
    return everyone(user) and bool(agencies_kept_or_led(user))


def sees_registers(user: User) -> bool:
    """Does the person keep or lead records, or is a register entrusted to the person?"""
    return keeps_records(user) or (everyone(user) and keeps_a_book(user))


PAGES = [
    AdminPage(
        "document_types",
        _("Document types"),
        _("Types, abbreviations and number patterns with their dates and basis."),
        "file-type",
        "documents:types",
        keeps_catalogues,
        CATALOGUES,
        order=50,
    ),
    AdminPage(
        "issuers",
        _("Issuing bodies"),
        _("Bodies outside this system that send documents here."),
        "landmark",
        "documents:issuers",
        keeps_catalogues,
        CATALOGUES,
        order=55,
    ),
    AdminPage(
        "starts",
        _("Starting numbers"),
        _("Where registers go on when the system begins in mid-year."),
        "list-start",
        "documents:starts",
        keeps_catalogues,
        CATALOGUES,
        order=60,
    ),
]


def hang() -> None:
    """Register everything; called once at start-up."""
    register(
        NavItem(
            "outgoing", pgettext_lazy("document", "Outgoing"), "documents:outgoing_list", "send", order=30, shortcut="o"
        )
    )
    register(
        NavItem(
            "incoming",
            pgettext_lazy("document", "Incoming"),
            "documents:incoming_list",
            "inbox",
            order=31,
            visible=keeps_records,
            shortcut="i",
        )
    )
    register(
        NavItem(
            "library",
            pgettext_lazy("document", "Documents"),
            "documents:library",
            "files",
            order=32,
            phone=False,
            shortcut="d",
            also=lambda: [url_or_empty("documents:shelf")],
        )
    )
    register(
        NavItem(
            "registers",
            pgettext_lazy("document", "Registers"),
            "documents:register_list",
            "book",
            order=33,
            visible=sees_registers,
            phone=False,
        )
    )
    for page in PAGES:
        register_page(page)
    register_condition("reading", reading_condition)
    register_tones(TONES)
    register_kind(Kind(KIND, pgettext_lazy("document", "Documents"), "file-text", paged=True))
    importmap.register("pdfjs", f"npm/pdfjs-{settings.PDFJS_VERSION}/build/pdf.min.mjs")
    offline.register_files(pdfjs_files)
