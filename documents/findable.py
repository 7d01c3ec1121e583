"""Keeping the search index true to a document, inside the actions that change it.

The document's row is held from reading its audiences to the commit: whoever changes them at the same moment comes
before or after, never in between.
"""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from documents.granted import keys_of
from documents.models import Document, IncomingDocument, OutgoingDocument
from documents.rules import may_take_bytes
from ledger.days import legal_day
from people.locks import locked
from search import actions as search
from search.fold import PageWords
from search.queries import is_known

KIND = "document"


def make_findable(document: Document, pages: Sequence[PageWords] = ()) -> None:
    """Put the document into the index as it is now; its text follows when the background job has read it."""
    document = locked(document)
    if not may_take_bytes(document):
        pages = ()  # a find shows pieces of the text
    search.index(
        kind=KIND,
        object_id=document.public_id,
        agency_id=document.agency_id,
        title=shown_title(document),
        about=_arrival(document),
        pages=pages,
        audiences=_keys(document),
        url=reverse("documents:document", args=[document.public_id]),
        day=legal_day(document.created_at),
    )


def keep_findable(document: Document) -> None:
    """Bring title and audiences up to date; the text stays."""
    document = locked(document)
    title, about = shown_title(document), _arrival(document)
    search.retitle(kind=KIND, object_id=document.public_id, title=title, about=about)
    search.set_audiences(kind=KIND, object_id=document.public_id, audiences=_keys(document))


def shown_title(document: Document) -> str:
    """Return the title, after number and symbol where the document has them."""
    outgoing = OutgoingDocument.objects.filter(document=document).values_list("symbol", flat=True)
    incoming = IncomingDocument.objects.filter(document=document).values_list("symbol", flat=True)
    symbol = outgoing.first() or incoming.first() or ""
    return f"{symbol} {document.title}".strip()


def _arrival(document: Document) -> str:
    """Return who sent an incoming document, and the number it has in the register."""
    arrival = IncomingDocument.objects.filter(document=document).select_related("number").first()
    if arrival is None:
        return ""
    with translation.override(settings.LANGUAGE_CODE):  # whoever receives it, everybody finds it by the same words
        number = gettext("incoming number %(number)s") % {"number": arrival.number.number} if arrival.number else ""
    return " · ".join(part for part in (arrival.author, number) if part)


def find_anew(document: Document) -> bool:
    """Bring title and audiences up to date; tell whether the index had lost the document, and its text with it."""
    known = is_known(KIND, document.public_id)
    if known:
        keep_findable(document)
    else:
        make_findable(document)
    return not known


def _keys(document: Document) -> list[str]:
    if document.trashed_at is not None:
        return []
    return [*document.audiences.values_list("key", flat=True), *keys_of(document)]
