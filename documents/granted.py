"""Reading explicit grants: whom a document is shared with and a register entrusted to, and what that opens."""

from django.db.models import Exists, OuterRef, QuerySet

from documents.models import Book, BookUserObjectPermission, Document, DocumentUserObjectPermission
from people.models import User
from people.queries import posts_of, with_posts

READ, KEEP = "read_document", "keep_book"


def shared_with(user: User) -> Exists:
    """Is the document of the outer query shared with the person, who still works for an agency?"""
    grants = DocumentUserObjectPermission.objects.filter(permission__codename=READ, user=user)
    return Exists(grants.filter(content_object=OuterRef("pk")) if posts_of(user) else grants.none())


def entrusted_to(user: User) -> Exists:
    """Is the register of the outer query entrusted to the person, who still works for an agency?"""
    grants = BookUserObjectPermission.objects.filter(permission__codename=KEEP, user=user)
    return Exists(grants.filter(content_object=OuterRef("pk")) if posts_of(user) else grants.none())


def keeps_a_book(user: User) -> bool:
    """Is any register entrusted to the person?"""
    return Book.objects.filter(entrusted_to(user)).exists()


def readers_of(document: Document) -> QuerySet[DocumentUserObjectPermission]:
    """Return the grants of a document, people and their posts fetched along, sorted as name lists are."""
    grants = DocumentUserObjectPermission.objects.filter(permission__codename=READ, content_object=document)
    return grants.select_related("user").prefetch_related(with_posts("user__posts")).order_by("user__sort_key", "pk")


def keepers_of(book: Book) -> QuerySet[BookUserObjectPermission]:
    """Return the grants of a register, people and their posts fetched along, sorted as name lists are."""
    grants = BookUserObjectPermission.objects.filter(permission__codename=KEEP, content_object=book)
    return grants.select_related("user").prefetch_related(with_posts("user__posts")).order_by("user__sort_key", "pk")


def keys_of(document: Document) -> list[str]:
    """Return the audience keys the search finds a shared document by; `audiences` says whose they are."""
    grants = DocumentUserObjectPermission.objects.filter(permission__codename=READ, content_object=document)
    return [f"shared:{user_id}" for user_id in grants.values_list("user_id", flat=True)]


def audiences(user: User) -> list[str]:
    """Return the key of what is shared with the person: their own, as long as they hold a post."""
    return [f"shared:{user.pk}"] if posts_of(user) else []
