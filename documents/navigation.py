"""What documents hang into the shell: navigation, tones of states, the viewer's library."""

from django.conf import settings
from django.utils.translation import pgettext_lazy

from documents.findable import KIND
from documents.granted import keeps_a_book
from documents.labels import TONES
from documents.queries import agencies_kept_or_led
from people.models import User
from search.kinds import Kind, register_kind
from ui import importmap
from ui.nav import NavItem, everyone, register, url_or_empty
from ui.tones import register_tones


def keeps_records(user: User) -> bool:
    """Does the person keep or lead the records of an agency?"""
    return everyone(user) and bool(agencies_kept_or_led(user))


def sees_registers(user: User) -> bool:
    """Does the person keep or lead records, or is a register entrusted to the person?"""
    return keeps_records(user) or (everyone(user) and keeps_a_book(user))


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
    register_tones(TONES)
    register_kind(Kind(KIND, pgettext_lazy("document", "Documents"), "file-text", paged=True))
    importmap.register("pdfjs", f"npm/pdfjs-{settings.PDFJS_VERSION}/build/pdf.min.mjs")
