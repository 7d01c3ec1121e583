"""Reading documents: what exists for a person, and nothing else."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from documents import granted
from documents.audiences import own_key
from documents.blobs.store import blob_store
from documents.models import (
    Blob,
    Book,
    BookNumber,
    Document,
    DocumentAudience,
    DocumentType,
    IncomingDocument,
    Opening,
    OutgoingDocument,
    Preview,
    Signature,
    Version,
)
from documents.renditions import THUMBNAIL
from documents.rights import KEEP
from documents.typelist import in_force
from people.models import Post, User
from people.queries import agencies_with_right, audiences_of, only, posts_of, today


def audiences(user: User) -> list[str]:
    """Return the keys of a person's own documents, one for each agency the person holds a post in today."""
    return [own_key(post.agency_id, user.pk) for post in posts_of(user)]


def visible_documents(user: User) -> QuerySet[Document]:
    """Return the documents one of whose audiences the person belongs to, and those shared with the person."""
    mine = DocumentAudience.objects.filter(document=OuterRef("pk"), key__in=audiences_of(user))
    kept = Document.objects.filter(trashed_at__isnull=True)
    return kept.filter(Exists(mine) | granted.shared_with(user)).select_related("agency")


def get_visible_document(user: User, public_id: UUID) -> Document:
    """Return the document, or raise `Unseen`."""
    return only(visible_documents(user).filter(public_id=public_id))


def get_visible_version(user: User, public_id: UUID, number: int) -> Version:
    """Return one version of a visible document with its files, or raise `Unseen`."""
    versions = Version.objects.filter(document__in=visible_documents(user), document__public_id=public_id)
    return only(versions.filter(number=number).select_related("document__agency", "original", "rendition"))


def documents_kept(agency_id: int, public_ids: Iterable[UUID | str]) -> QuerySet[Document]:
    """Return those of these documents that the agency keeps, whoever asks: for rows that pointed to them before."""
    return Document.objects.filter(agency=agency_id, public_id__in=list(public_ids))


def latest_version(document: Document) -> Version | None:
    """Return the newest version with its files."""
    return document.versions.select_related("original", "rendition").order_by("-number").first()


def preview_of(version: Version, page: int, width: int) -> Preview:
    """Return the picture of one page, or raise `Unseen` while there is none."""
    return only(version.previews.filter(page=page, width=width).select_related("blob"))


def get_picture(versions: QuerySet[Any], page: int, width: int) -> Preview:
    """Return the picture of a page of one of these versions (their keys), or raise `Unseen`; one query."""
    found = Preview.objects.filter(version__in=versions, page=page, width=width, blob__purged_at__isnull=True)
    return only(found.select_related("blob", "version__document"))


def preview_widths(version: Version) -> list[int]:
    """Return the widths this version has pictures of every page in, ascending; none while they are made."""
    if version.preparation != Version.Preparation.READY:
        return []
    known = getattr(version, "first_pictures", None)  # read along with the versions of a list
    widths = (
        version.previews.filter(page=1).values_list("width", flat=True)
        if known is None
        else (picture.width for picture in known)
    )
    return sorted(set(widths))


def versions_to_take() -> QuerySet[Version]:
    """Return versions in order, with what `viewer_document` says of each: whether one may read them comes before."""
    pictures = Prefetch("previews", Preview.objects.filter(page=1), to_attr="first_pictures")
    drawn = Count("previews", filter=Q(previews__width=THUMBNAIL))
    versions = Version.objects.select_related("rendition", "document").annotate(pages_drawn=drawn)
    return versions.prefetch_related(pictures).order_by("number")


def page_pictures(version: Version, width: int) -> dict[int, str]:
    """Return the hash of each page's picture of one width, as far as they are made: the same page looks the same."""
    drawn = version.previews.filter(width=width).values_list("page", "blob__sha256")
    return {page: str(sha256) for page, sha256 in drawn}


def read_version(version: Version) -> bytes:
    """Return the bytes of the version's PDF, for signing and checking."""
    return b"".join(blob_store().open_range(version.rendition.sha256))


def blob_by_hash(sha256: str) -> Blob | None:
    """Return the row of these bytes, for commands: a hash opens nothing to anybody."""
    return Blob.objects.filter(sha256=sha256).first()


def kept_agencies(user: User) -> list[int]:
    """Return the agencies whose documents the person keeps today, by role or by an extra right."""
    return agencies_with_right(user, KEEP)


def agencies_kept_or_led(user: User) -> list[int]:
    """Return the agencies whose documents the person keeps or which the person leads."""
    return [*kept_agencies(user), *agencies_where(user, Post.Role.LEADER)]


def agencies_where(user: User, *roles: str) -> list[int]:
    """Return the agencies in which the person holds one of these roles today."""
    return [post.agency_id for post in posts_of(user) if post.role in roles]


def visible_outgoing(user: User) -> QuerySet[OutgoingDocument]:
    """Return the outgoing documents of the agencies whose records the person keeps or leads, and the person's own.

    A draft is its drafter's own while the drafter holds a post in its agency.
    """
    posts = posts_of(user)
    drafted = Q(created_by=user, agency__in={post.agency_id for post in posts})
    own = drafted | Q(signer_post__in=[post.pk for post in posts])
    found = OutgoingDocument.objects.filter(Q(agency__in=agencies_kept_or_led(user)) | own)
    return found.select_related("agency", "type", "document", "signer_post__user", "created_by", "version")


def get_visible_outgoing(user: User, public_id: UUID) -> OutgoingDocument:
    """Return the outgoing document, or raise `Unseen`."""
    return only(visible_outgoing(user).filter(public_id=public_id))


def visible_incoming(user: User) -> QuerySet[IncomingDocument]:
    """Return the incoming documents of the agencies whose records the person keeps or leads."""
    found = IncomingDocument.objects.filter(agency__in=agencies_kept_or_led(user))
    return found.select_related("agency", "document", "number__book", "delivery__outgoing__version")


def get_visible_incoming(user: User, public_id: UUID) -> IncomingDocument:
    """Return the incoming document, or raise `Unseen`."""
    return only(visible_incoming(user).filter(public_id=public_id))


def types_in_force(agency_id: int | None = None) -> QuerySet[DocumentType]:
    """Return the document types in force today; with an agency, its own before the law's of the same code."""
    return in_force(today(), agency_id)


def visible_books(user: User) -> QuerySet[Book]:
    """Return the registers of the agencies whose records the person keeps or leads, and those entrusted to the person.

    The newest year comes first.
    """
    led = Q(agency__in=agencies_kept_or_led(user))
    books = Book.objects.filter(led | Q(granted.entrusted_to(user)))
    return books.select_related("agency").order_by("-year", "direction", "agency__name")


def get_visible_book(user: User, agency: UUID, *, direction: str, year: int, series: str) -> Book:
    """Return the register, or raise `Unseen`."""
    books = visible_books(user).filter(agency__public_id=agency, direction=direction, year=year, series=series)
    return only(books)


def register_rows(book: Book) -> QuerySet[BookNumber]:
    """Return the numbers of a register with what the columns of Appendix IV need, in a constant number of queries."""
    rows = book.numbers.select_related(
        "document", "outgoing__type", "outgoing__signer_post__user", "incoming__delivery", "given_by"
    )
    return rows.prefetch_related("outgoing__deliveries__agency").order_by("number")


def twins_of(incoming: IncomingDocument) -> QuerySet[IncomingDocument]:
    """Return other arrivals with the same symbol, author and day: the clerk is warned (Appendix VI)."""
    same = IncomingDocument.objects.filter(
        agency=incoming.agency_id, symbol=incoming.symbol, author=incoming.author, issued_on=incoming.issued_on
    )
    return same.exclude(pk=incoming.pk)


def issued_signatures(incoming: IncomingDocument) -> list[Signature]:
    """Return the signatures recorded when the document was issued inside this installation."""
    if incoming.delivery is None or incoming.delivery.outgoing.version is None:
        return []
    return list(incoming.delivery.outgoing.version.signatures.select_related("signer").order_by("pk"))


def openings_by(user: User) -> QuerySet[Opening]:
    """Return which versions the person has opened."""
    return Opening.objects.filter(user=user)
