"""Files by hash, documents and their versions, registers, outgoing and incoming documents."""

from documents.models.blob import Blob
from documents.models.document import Document, DocumentAudience, Preview, Version
from documents.models.exchange import Delivery, IncomingDocument
from documents.models.grants import BookUserObjectPermission, DocumentUserObjectPermission
from documents.models.issuer import Issuer
from documents.models.library import DEEPEST, Folder, Library, LibraryItem
from documents.models.opening import Access, Opening
from documents.models.outgoing import OutgoingDocument
from documents.models.register import Book, BookNumber, DocumentType, PaperRange, UnusedType
from documents.models.scan import ReadPage
from documents.models.signature import Signature

__all__ = [
    "DEEPEST",
    "Access",
    "Blob",
    "Book",
    "BookNumber",
    "BookUserObjectPermission",
    "Delivery",
    "Document",
    "DocumentAudience",
    "DocumentType",
    "DocumentUserObjectPermission",
    "Folder",
    "IncomingDocument",
    "Issuer",
    "Library",
    "LibraryItem",
    "Opening",
    "OutgoingDocument",
    "PaperRange",
    "Preview",
    "ReadPage",
    "Signature",
    "UnusedType",
    "Version",
]
