"""Feeding the index: called from inside the actions of other packages, in the same transaction."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from ledger.door import current_writ
from search.fold import PageWords, composed, page_words
from search.fts import full_text_index
from search.models import Entry, EntryAudience, EntryPage


def index(
    *,
    kind: str,
    object_id: UUID,
    agency_id: int,
    title: str,
    pages: Sequence[str | PageWords],
    audiences: Iterable[str],
    url: str,
    day: date | None = None,
) -> None:
    """Make an object findable by these audiences, replacing what was known of it; derived data, so no record.

    Long texts come as `PageWords`, read by `page_words` before the transaction.
    """
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
        read = page_words(entry.title)
        page.text = read.text
        page.save(update_fields=["text"])
        full_text_index().put([(page.pk, read.folded, read.exact)])


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


def _replace_pages(entry: Entry, texts: Sequence[str | PageWords]) -> None:
    full_text_index().remove(list(entry.pages.values_list("pk", flat=True)))
    entry.pages.all().delete()
    read = [page_words(text) if isinstance(text, str) else text for text in texts]
    pages = EntryPage.objects.bulk_create(EntryPage(entry=entry, page=n, text=one.text) for n, one in enumerate(read))
    full_text_index().put([(page.pk, one.folded, one.exact) for page, one in zip(pages, read, strict=True)])


def _replace_audiences(entry: Entry, keys: set[str]) -> None:
    entry.audiences.exclude(key__in=keys).delete()
    EntryAudience.objects.bulk_create((EntryAudience(entry=entry, key=key) for key in keys), ignore_conflicts=True)
