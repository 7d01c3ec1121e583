"""Feeding the index: called from inside the actions of other packages, in the same transaction."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from ledger.door import current_writ
from search.fold import composed, fold, lowered, words
from search.fts import full_text_index
from search.models import Entry, EntryAudience, EntryPage

MAX_PAGE_CHARACTERS = 100_000


def index(
    *,
    kind: str,
    object_id: UUID,
    agency_id: int,
    title: str,
    pages: Sequence[str],
    audiences: Iterable[str],
    url: str,
    day: date | None = None,
) -> None:
    """Make an object findable by these audiences, replacing what was known of it; derived data, so no record."""
    current_writ()
    fields = {"agency_id": agency_id, "title": composed(title), "url": url, "day": day}
    entry, _ = Entry.objects.update_or_create(kind=kind, object_id=object_id, defaults=fields)
    _replace_pages(entry, [entry.title, *pages])
    _replace_audiences(entry, set(audiences))


def retitle(*, kind: str, object_id: UUID, title: str) -> None:
    """Change what an object already indexed is called, its pages kept; nothing happens for an unknown one."""
    current_writ()
    for entry in Entry.objects.filter(kind=kind, object_id=object_id).exclude(title=composed(title)):
        entry.title = composed(title)
        entry.save(update_fields=["title"])
        page = entry.pages.get(page=0)
        full_text_index().remove([page.pk])
        page.text = entry.title
        page.save(update_fields=["text"])
        _put([page])


def set_audiences(*, kind: str, object_id: UUID, audiences: Iterable[str]) -> None:
    """Change who may find an object already indexed; nothing happens for an unknown one."""
    current_writ()
    for entry in Entry.objects.filter(kind=kind, object_id=object_id):
        _replace_audiences(entry, set(audiences))


def forget(*, kind: str, object_id: UUID) -> None:
    """Take an object out of the index."""
    current_writ()
    for entry in Entry.objects.filter(kind=kind, object_id=object_id):
        full_text_index().remove(list(entry.pages.values_list("pk", flat=True)))
        entry.delete()


def _replace_pages(entry: Entry, texts: Sequence[str]) -> None:
    full_text_index().remove(list(entry.pages.values_list("pk", flat=True)))
    entry.pages.all().delete()
    # A NUL byte is text to a PDF and an error to PostgreSQL.
    clean = [composed(text.replace("\x00", " "))[:MAX_PAGE_CHARACTERS] for text in texts]
    pages = [EntryPage(entry=entry, page=number, text=text) for number, text in enumerate(clean)]
    _put(EntryPage.objects.bulk_create(pages))


def _put(pages: Iterable[EntryPage]) -> None:
    full_text_index().put(
        [(page.pk, " ".join(words(fold(page.text))), " ".join(words(lowered(page.text)))) for page in pages]
    )


def _replace_audiences(entry: Entry, keys: set[str]) -> None:
    entry.audiences.exclude(key__in=keys).delete()
    EntryAudience.objects.bulk_create((EntryAudience(entry=entry, key=key) for key in keys), ignore_conflicts=True)
