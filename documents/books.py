"""Taking the next number of a register, inside an action: the book's row is the counter and the lock."""

from datetime import date, datetime
from typing import Any

from documents.models import Book, BookNumber, Document, DocumentType, OutgoingDocument
from documents.numbering import following, symbol
from people.models import User


def next_number(
    agency_id: int, direction: str, *, document: Document, day: date, by: User, at: datetime, series: str = "general"
) -> BookNumber:
    """Take the next number of the agency's book of that year; its row is the lock until the commit."""
    key: dict[str, Any] = {"agency_id": agency_id, "direction": direction, "series": series, "year": day.year}
    Book.objects.get_or_create(**key)
    book = Book.objects.select_for_update().get(**key)
    book.last = following(book.last)
    book.save(update_fields=["last"])
    return BookNumber.objects.create(book=book, number=book.last, day=day, document=document, given_by=by, given_at=at)


def symbol_of(outgoing: OutgoingDocument, number: int, day: date) -> str:
    """Return number and symbol after the pattern of the document's type."""
    return symbol(
        outgoing.type.number_pattern,
        number=number,
        year=day.year,
        type_abbreviation=outgoing.type.abbreviation,
        body=outgoing.agency.abbreviation,
        unit=outgoing.content.get("unit", ""),
    )


def registered_title(kind: DocumentType, subject: str) -> str:
    """Return type name and subject, as registers list a document (NĐ 30/2020, Appendix IV)."""
    return f"{kind.name.removesuffix(' (cá biệt)')} {subject}"
