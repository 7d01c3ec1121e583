"""Steps inside the actions on a person's own library: holding it, and what fits into it under which name."""

from documents.content import tidy
from documents.folders import Tree
from documents.library import folders_of, quota_bytes, tree_of, used_bytes
from documents.models import Folder, Library, LibraryItem
from ledger.door import private
from ledger.verdict import Refused, Unseen
from people.locks import locked
from people.models import User

MAX_NAME = 120


def opened(by: User) -> Library:
    """Hold the person's library until the commit: one change after the other, and none of them is a record."""
    private()
    library, _ = Library.objects.get_or_create(owner=by)
    return locked(library)


def fits(user: User, size: int) -> None:
    """Refuse what would not fit into the person's library any more."""
    if used_bytes(user) + size > quota_bytes():
        raise Refused("library_full", quota=f"{quota_bytes() // 1024**2:,}".replace(",", "."))


def named(name: str) -> str:
    """Return the name of a folder, or refuse."""
    name = tidy(name)
    if not name or len(name) > MAX_NAME:
        raise Refused("folder_name", most=MAX_NAME)
    return name


def set_depths(folder: Folder, by: User) -> None:
    """Write how deep a folder and all under it lie, after it has moved."""
    tree: Tree = tree_of(folders_of(by))
    keys = [folder.pk, *tree.under(folder.pk)]
    rows = list(Folder.objects.filter(pk__in=keys))
    for row in rows:
        row.depth = tree.depth(row.pk)
    Folder.objects.bulk_update(rows, ["depth"])


def held(item: LibraryItem, by: User) -> LibraryItem:
    """Return the thing as it is now in the person's own library, outside the trash."""
    row = LibraryItem.objects.filter(pk=item.pk, library__owner=by, trashed_at__isnull=True)
    found = row.select_related("document", "folder").first()
    if found is None:
        raise Unseen
    return found
