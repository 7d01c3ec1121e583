"""Reading a person's library: nothing in it exists for anybody else; what is kept opens by its own rules."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from documents.findable import KIND
from documents.folders import Node, Tree
from documents.models import Document, Folder, LibraryItem
from documents.queries import visible_documents
from people.models import User
from people.queries import audiences_of, only
from search.fold import fold, words
from search.queries import holding

KEPT_IN_TRASH = timedelta(days=30)
SORTS = {"new": ("-added_at", "-pk"), "name": ("key", "pk"), "size": ("-size", "-pk")}


def folders_of(user: User) -> QuerySet[Folder]:
    """Return the person's folders outside the trash."""
    return Folder.objects.filter(library__owner=user, trashed_at__isnull=True)


def get_folder(user: User, public_id: UUID) -> Folder:
    """Return one of the person's folders, or `Unseen`."""
    return only(folders_of(user).filter(public_id=public_id))


def tree_of(folders: QuerySet[Folder]) -> Tree:
    """Return these folders as a tree."""
    return Tree(Node(*row) for row in folders.values_list("pk", "parent", "name"))


def beside(user: User, folder: Folder | None) -> QuerySet[Folder]:
    """Return the folders lying in `folder` (None: at the top), with how many things lie in each."""
    kept = Count("items", filter=Q(items__trashed_at__isnull=True), distinct=True)
    below = Count("children", filter=Q(children__trashed_at__isnull=True), distinct=True)
    return folders_of(user).filter(parent=folder).annotate(kept=kept, below=below).order_by("key", "name")


def items_of(user: User, sort: str = "new") -> QuerySet[LibraryItem]:
    """Return everything in the person's library outside the trash; `readable` says whether it opens now."""
    rows = LibraryItem.objects.filter(library__owner=user, trashed_at__isnull=True)
    return _shown(user, rows).order_by(*SORTS.get(sort, SORTS["new"]))


def found_items(user: User, text: str, sort: str = "new") -> QuerySet[LibraryItem]:
    """Return what holds every word in its title, or in its text as long as the person may read it."""
    titled = Q()
    for word in words(fold(text)):
        titled &= Q(key__contains=word)
    inside = holding(text, (KIND,), audiences_of(user))
    if inside is None:
        return items_of(user).none()
    return items_of(user, sort).filter(titled | Q(readable=True, document__public_id__in=inside))


def get_item(user: User, public_id: UUID) -> LibraryItem:
    """Return one thing in the person's library, or `Unseen`."""
    return only(items_of(user).filter(public_id=public_id))


def chosen_items(user: User, ids: Sequence[UUID]) -> list[LibraryItem]:
    """Return those of these that are in the person's library."""
    return list(items_of(user).filter(public_id__in=ids))


def item_of(user: User, document: Document) -> LibraryItem | None:
    """Return the place a document has in the person's library, if it has one."""
    return items_of(user).filter(document=document).select_related("folder").first()


def trashed_items(user: User) -> QuerySet[LibraryItem]:
    """Return what the person put into the trash by itself, newest first."""
    rows = LibraryItem.objects.filter(library__owner=user, trashed_at__isnull=False, trashed_with__isnull=True)
    return rows.select_related("document", "folder").order_by("-trashed_at", "-pk")


def trashed_folders(user: User) -> QuerySet[Folder]:
    """Return the folders the person put into the trash, newest first."""
    rows = Folder.objects.filter(library__owner=user, trashed_at__isnull=False, trashed_with__isnull=True)
    return rows.order_by("-trashed_at", "-pk")


def used_bytes(user: User) -> int:
    """Return how much the person's own files take; the trash counts until it is emptied."""
    own = LibraryItem.objects.filter(library__owner=user, own=True)
    return int(own.aggregate(total=Sum("size"))["total"] or 0)


def quota_bytes() -> int:
    """Return how much a person's own files may take."""
    return int(settings.LIBRARY_QUOTA_MB) * 1024 * 1024


def _shown(user: User, rows: QuerySet[LibraryItem]) -> QuerySet[LibraryItem]:
    open_now = Exists(visible_documents(user).filter(pk=OuterRef("document")))
    return rows.annotate(readable=open_now, document_public_id=F("document__public_id")).select_related("folder")
