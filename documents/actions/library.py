"""What a person does in their own library; it concerns its owner alone and leaves no record others read."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from documents import rules
from documents.content import tidy
from documents.findable import keep_findable, make_findable
from documents.library import folders_of, get_folder, item_of, tree_of
from documents.models import DEEPEST, Document, DocumentAudience, Folder, LibraryItem
from documents.received import Received
from documents.shelving import fits, held, named, opened, set_depths
from documents.versions import new_version
from ledger.door import action
from ledger.verdict import Refused
from people.locks import locked
from people.models import User

MAX_TITLE, MOST_FOLDERS = 500, 1000


@action
def keep_file(
    received: Received, *, agency_id: int, title: str, folder: Folder | None = None, by: User, at: datetime
) -> LibraryItem:
    """Keep a file of one's own: nobody else reads, finds or lists it."""
    library = opened(by)
    rules.may_take_in(by, agency_id).require()
    fits(by, received.original.size)
    title = tidy(title)[:MAX_TITLE] or received.file_name
    document = Document.objects.create(agency_id=agency_id, title=title, created_by=by, created_at=at, owner=by)
    DocumentAudience.objects.create(document=document, key=f"user:{by.pk}")
    make_findable(document)
    new_version(document, received, by=by, at=at)
    return LibraryItem.objects.create(
        library=library,
        folder=_open(folder, by),
        document=document,
        own=True,
        title=title,
        size=received.original.size,
        added_at=at,
    )


@action
def keep_document(document: Document, *, folder: Folder | None = None, by: User, at: datetime) -> LibraryItem:
    """Keep a document one may read within reach; its rights are asked again at every opening."""
    library = opened(by)
    if (there := item_of(by, document)) is not None:
        return there
    LibraryItem.objects.filter(library=library, document=document, own=False).delete()  # it lay in the trash
    if document.owner_id == by.pk:
        raise Refused("in_trash")
    return LibraryItem.objects.create(
        library=library, folder=_open(folder, by), document=document, own=False, title=document.title, added_at=at
    )


@action
def add_folder(name: str, *, parent: Folder | None = None, by: User, at: datetime) -> Folder:
    """Make a folder in another one, or at the top."""
    library = opened(by)
    parent = _open(parent, by)
    tree = tree_of(folders_of(by))
    if len(tree.nodes) >= MOST_FOLDERS:
        raise Refused("folders_too_many", most=MOST_FOLDERS)
    depth = tree.depth(parent.pk if parent else None) + 1
    if depth > DEEPEST:
        raise Refused("folder_too_deep", most=DEEPEST)
    return _stored(Folder(library=library, parent=parent, name=named(name), depth=depth))


@action
def rename_folder(folder: Folder, *, name: str, by: User, at: datetime) -> Folder:
    """Call a folder something else."""
    opened(by)
    folder = get_folder(by, folder.public_id)
    folder.name = named(name)
    return _stored(folder)


@action
def move_folder(folder: Folder, *, into: Folder | None, by: User, at: datetime) -> Folder:
    """Put a folder with everything in it somewhere else."""
    opened(by)
    folder, into = get_folder(by, folder.public_id), _open(into, by)
    tree = tree_of(folders_of(by))
    if why := tree.fits(folder.pk, into.pk if into else None, DEEPEST):
        raise Refused("folder_in_itself" if why == "ring" else "folder_too_deep", most=DEEPEST)
    folder.parent = into
    _stored(folder)
    set_depths(folder, by)
    return folder


@action
def rename_item(item: LibraryItem, *, title: str, by: User, at: datetime) -> LibraryItem:
    """Call a thing something else; only a file of one's own is called so for those it is shared with."""
    opened(by)
    item = held(item, by)
    title = tidy(title)[:MAX_TITLE]
    if not title:
        raise Refused("title_missing")
    item.title = title
    item.save(update_fields=["title", "key"])
    if item.own:
        document = locked(item.document)
        document.title = title
        document.save(update_fields=["title"])
        keep_findable(document)
    return item


@action
def move_items(items: Iterable[LibraryItem], *, into: Folder | None, by: User, at: datetime) -> int:
    """Put things into another folder, or at the top."""
    library = opened(by)
    rows = LibraryItem.objects.filter(library=library, trashed_at__isnull=True, pk__in=[item.pk for item in items])
    return rows.update(folder=_open(into, by))


def _open(folder: Folder | None, by: User) -> Folder | None:
    """Return the folder as it is now: it may have gone to the trash on another tablet."""
    return None if folder is None else get_folder(by, folder.public_id)


def _stored(folder: Folder) -> Folder:
    """Store the folder; a name that stands beside it already is refused."""
    try:
        with transaction.atomic():
            folder.save()
    except IntegrityError:
        raise Refused("folder_name_taken", name=folder.name) from None
    return folder
