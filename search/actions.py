"""Feeding the index: called from inside the actions of other packages, in the same transaction."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from ledger.door import current_writ
from search.fold import PageWords, composed, page_words, title_words
from search.fts import full_text_index
from search.fts.asked import is_sound
from search.models import Entry, EntryAudience, EntryPage
from search.place import MOST_PAGES
from search.standing import put_in, rows_of, take_out


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
    facets: Iterable[str] = (),
    about: str = "",
    anchors: Sequence[str] = (),
) -> None:
    """Make an object findable by these audiences, replacing what was known of it; derived data, so no record.

    Long texts come as `PageWords`, read by `page_words` before the transaction. `facets` is what results are filtered
    by besides kind, agency and day (`body:3`); `about` is found and shown along with the title; `anchors` says for each
    page where it stands on the object's own page.
    """
    current_writ()
    entry = Entry.objects.filter(kind=kind, object_id=object_id).first()
    if entry:
        take_out(entry)
        entry.pages.all().delete()
    entry = entry or Entry(kind=kind, object_id=object_id)
    entry.agency_id, entry.title, entry.url, entry.day = agency_id, composed(title), url, day
    entry.facets, entry.anchors = " ".join(_sound(facets)), "\n".join(anchors)
    read = [page_words(text) if isinstance(text, str) else text for text in pages[:MOST_PAGES]]
    entry.read_by_machine = " ".join(str(number) for number, one in enumerate(read, start=1) if one.by_machine)
    entry.save()
    _replace_audiences(entry, _sound(audiences))
    heading = title_words(_heading(title, about))
    EntryPage.objects.bulk_create(
        EntryPage(entry=entry, page=n, text=one.text) for n, one in enumerate([heading, *read])
    )
    put_in(entry, heading, list(enumerate(read, start=1)))


def retitle(*, kind: str, object_id: UUID, title: str, about: str = "") -> None:
    """Change what an object already indexed is called, its pages kept; nothing happens for an unknown one."""
    current_writ()
    after = title_words(_heading(title, about))
    for entry in Entry.objects.filter(kind=kind, object_id=object_id):
        before = title_words(entry.pages.get(page=0).text)
        if before == after:
            continue
        entry.title = composed(title)
        entry.save(update_fields=["title"])
        entry.pages.filter(page=0).update(text=after.text)
        if entry.standing:
            keys = entry.standing.split()
            full_text_index().remove("titles", rows_of(entry, [(0, before)]), keys)
            full_text_index().put("titles", rows_of(entry, [(0, after)]), keys)


def set_audiences(*, kind: str, object_id: UUID, audiences: Iterable[str]) -> None:
    """Change who may find an object already indexed; nothing happens for an unknown one."""
    current_writ()
    for entry in Entry.objects.filter(kind=kind, object_id=object_id):
        keys = _sound(audiences)
        if keys == sorted(entry.audiences.values_list("key", flat=True)):
            continue
        heading, pages = take_out(entry)
        _replace_audiences(entry, keys)
        put_in(entry, heading, pages)


def mark_read_by_machine(*, kind: str, object_id: UUID, pages: Iterable[int]) -> None:
    """Say of an object indexed before this was told which of its pages a machine has read."""
    current_writ()
    for entry in Entry.objects.select_for_update().filter(kind=kind, object_id=object_id, read_by_machine=""):
        known = entry.pages.filter(page__in=list(pages), page__gt=0).exclude(text="").order_by("page")
        entry.read_by_machine = " ".join(map(str, known.values_list("page", flat=True)))
        entry.save(update_fields=["read_by_machine"])


def forget(*, kind: str, object_id: UUID) -> None:
    """Take an object out of the index."""
    current_writ()
    for entry in Entry.objects.filter(kind=kind, object_id=object_id):
        take_out(entry)
        entry.delete()


def _heading(title: str, about: str) -> str:
    return f"{title} · {about}" if about else title


def _replace_audiences(entry: Entry, keys: Sequence[str]) -> None:
    entry.audiences.exclude(key__in=keys).delete()
    EntryAudience.objects.bulk_create((EntryAudience(entry=entry, key=key) for key in keys), ignore_conflicts=True)


def _sound(keys: Iterable[str]) -> list[str]:
    """Return the keys in order; one the full-text tables could not hold as a single word is a defect of the caller."""
    chosen = sorted(set(keys))
    if wrong := [key for key in chosen if not is_sound(key)]:
        raise ValueError(f"no key or facet: {wrong}")
    return chosen
