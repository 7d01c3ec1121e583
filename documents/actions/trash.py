"""The trash of a library: out of every list and search at once, back within thirty days, then gone with its bytes."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from django.db.models import QuerySet

from documents.access_streams import readers_changed
from documents.findable import KIND, keep_findable
from documents.folders import free_name
from documents.library import folders_of, get_folder, tree_of
from documents.models import DEEPEST, Document, Folder, LibraryItem, Version
from documents.shelving import MAX_NAME, held, opened, set_depths
from ledger.door import action
from people.locks import locked
from people.models import User
from people.queries import only
from search.actions import forget

Row = TypeVar("Row", Folder, LibraryItem)


@action
def trash_items(items: Iterable[LibraryItem], *, by: User, at: datetime) -> int:
    """Put things into the trash; a file shared with others closes for them too."""
    opened(by)
    rows = [held(item, by) for item in items]
    for row in rows:
        _put_away(row, None, by, at)
    return len(rows)


@action
def trash_folder(folder: Folder, *, by: User, at: datetime) -> None:
    """Put a folder with everything in it into the trash."""
    opened(by)
    folder = get_folder(by, folder.public_id)
    under = tree_of(folders_of(by)).under(folder.pk)
    inside = LibraryItem.objects.filter(folder__in=[folder.pk, *under], trashed_at__isnull=True)
    for row in inside.select_related("document"):
        _put_away(row, folder, by, at)
    Folder.objects.filter(pk__in=under).update(trashed_at=at, trashed_with=folder)
    Folder.objects.filter(pk=folder.pk).update(trashed_at=at)


@action
def restore_item(item: LibraryItem, *, by: User, at: datetime) -> LibraryItem:
    """Take a thing out of the trash: back into its folder, or to the top where the folder is gone."""
    opened(by)
    row = _thrown(LibraryItem.objects.filter(pk=item.pk, library__owner=by).select_related("document", "folder"))
    if row.folder is not None and row.folder.trashed_at is not None:
        row.folder = None
    _bring_back(row)
    return row


@action
def restore_folder(folder: Folder, *, by: User, at: datetime) -> Folder:
    """Take a folder with what went with it out of the trash; a name taken meanwhile gets a number."""
    library = opened(by)
    folder = _thrown(Folder.objects.filter(pk=folder.pk, library=library).select_related("parent"))
    with_it = Folder.objects.filter(trashed_with=folder)
    tree = tree_of(Folder.objects.filter(library=library))
    parent = folder.parent
    if parent is None or parent.trashed_at or tree.depth(parent.pk) + tree.height(folder.pk) > DEEPEST:
        folder.parent = None
    beside = folders_of(by).filter(parent=folder.parent).values_list("name", flat=True)
    folder.name, folder.trashed_at = free_name(folder.name, beside, MAX_NAME), None
    folder.save()
    with_it.update(trashed_at=None, trashed_with=None)
    set_depths(folder, by)
    for row in LibraryItem.objects.filter(trashed_with=folder).select_related("document"):
        _bring_back(row)
    return folder


@action
def remove_item(item: LibraryItem, *, by: User, at: datetime) -> None:
    """Remove a thing in the trash for good."""
    opened(by)
    _remove(_thrown(LibraryItem.objects.filter(pk=item.pk, library__owner=by).select_related("document")))


@action
def remove_folder(folder: Folder, *, by: User, at: datetime) -> None:
    """Remove a folder in the trash, and what went there with it, for good."""
    library = opened(by)
    _remove_folder(_thrown(Folder.objects.filter(pk=folder.pk, library=library)))


def _put_away(row: LibraryItem, folder: Folder | None, by: User, at: datetime) -> None:
    row.trashed_at, row.trashed_with = at, folder
    row.save(update_fields=["trashed_at", "trashed_with"])
    if row.own:
        _set_trashed(row.document, at)
        readers_changed(row.document_id, by=by, at=at)


def _bring_back(row: LibraryItem) -> None:
    row.trashed_at, row.trashed_with = None, None
    row.save(update_fields=["trashed_at", "trashed_with", "folder"])
    if row.own:
        _set_trashed(row.document, None)


def _set_trashed(document: Document, at: datetime | None) -> None:
    document = locked(document)
    document.trashed_at = at
    document.save(update_fields=["trashed_at"])
    keep_findable(document)


def _thrown(rows: "QuerySet[Row]") -> Row:
    """Return what was thrown away by itself; what went with a folder comes back with it."""
    return only(rows.filter(trashed_at__isnull=False, trashed_with__isnull=True))


def _remove_folder(folder: Folder) -> None:
    for row in LibraryItem.objects.filter(trashed_with=folder).select_related("document"):
        _remove(row)
    inside = Folder.objects.filter(trashed_with=folder).order_by("-depth")
    keys = [*inside.values_list("pk", flat=True), folder.pk]
    LibraryItem.objects.filter(folder__in=keys).update(folder=None)  # thrown away one by one before the folder was
    Folder.objects.filter(parent__in=keys).exclude(pk__in=keys).update(parent=None)
    for key in keys:
        Folder.objects.filter(pk=key).delete()


def _remove(row: LibraryItem) -> None:
    """Delete a bookmark, or a file of one's own with its versions; the sweep takes bytes nothing refers to."""
    document, own = row.document, row.own
    row.delete()
    if own:
        LibraryItem.objects.filter(document=document).delete()  # kept within reach by people it was shared with
        forget(kind=KIND, object_id=document.public_id)
        for version in Version.objects.filter(document=document):
            version.delete()
        document.delete()
