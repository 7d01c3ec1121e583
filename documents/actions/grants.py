"""Explicit grants: a document shared with a person, a register entrusted to a person, and both taken back."""

from datetime import datetime

from guardian.shortcuts import assign_perm, remove_perm

from documents import rules
from documents.access_streams import readers_changed
from documents.findable import keep_findable
from documents.granted import KEEP, READ, keepers_of, readers_of
from documents.models import Book, Document
from ledger.door import action, nothing_changed
from ledger.record import record
from ledger.verdict import first_no
from people.locks import locked
from people.models import User


@action
def share(document: Document, *, user: User, by: User, at: datetime) -> None:
    """Let one more person read and find the document; asked twice, it changes nothing."""
    document = locked(document)
    first_no(rules.may_share(by, document), rules.may_be_granted(user, by)).require()
    if readers_of(document).filter(user=user).exists():
        nothing_changed()
        return
    assign_perm(READ, user, document)
    keep_findable(document)
    record(document, "share", by=by, at=at, agency_id=document.agency_id, data={"user": user.pk})


@action
def unshare(document: Document, *, user: User, by: User, at: datetime) -> None:
    """Take the sharing back: from now on the person neither reads nor finds the document by it."""
    document = locked(document)
    rules.may_share(by, document).require()
    if not readers_of(document).filter(user=user).exists():
        nothing_changed()
        return
    remove_perm(READ, user, document)
    keep_findable(document)
    readers_changed(document.pk, user=user, by=by, at=at)
    record(document, "unshare", by=by, at=at, agency_id=document.agency_id, data={"user": user.pk})


@action
def entrust_book(book: Book, *, user: User, by: User, at: datetime) -> None:
    """Let a person read the register; asked twice, it changes nothing."""
    book = locked(book)
    first_no(rules.may_entrust(by, book), rules.may_be_granted(user, by)).require()
    if keepers_of(book).filter(user=user).exists():
        nothing_changed()
        return
    assign_perm(KEEP, user, book)
    _record(book, "entrust_book", user, by=by, at=at)


@action
def take_back_book(book: Book, *, user: User, by: User, at: datetime) -> None:
    """Take the register back from a person."""
    book = locked(book)
    rules.may_entrust(by, book).require()
    if not keepers_of(book).filter(user=user).exists():
        nothing_changed()
        return
    remove_perm(KEEP, user, book)
    _record(book, "take_back_book", user, by=by, at=at)


def _record(book: Book, verb: str, user: User, *, by: User, at: datetime) -> None:
    """Record the act on the agency: a register has no address of its own."""
    named = {"direction": book.direction, "series": book.series, "year": book.year}
    record(book.agency, verb, by=by, at=at, agency_id=book.agency_id, data={"user": user.pk, **named})
