"""Numbers given on paper: where a register begins in mid-year, and gaps that are explained (NĐ 30/2020, Art. 15)."""

from datetime import datetime
from typing import Any

from documents import rules
from documents.content import tidy
from documents.models import Book, PaperRange
from ledger.days import legal_day
from ledger.door import action, nothing_changed
from ledger.record import record
from ledger.verdict import Refused
from people.models import Agency, User

MOST = 99_999


@action
def set_start(
    agency: Agency,
    *,
    direction: str,
    last: int,
    revised_from: int,
    reason: str = "",
    series: str = "general",
    by: User,
    at: datetime,
) -> Book:
    """Say which number of this year was the last given on paper; the system goes on with the next.

    As long as the system has given none, the number is simply set. Afterwards it can only go up, with a reason: the
    numbers between were given on paper meanwhile. `revised_from` is the last number as it was read.
    """
    rules.may_keep_catalogues(by, agency.pk).require()
    if direction not in Book.Direction.values or not 0 <= last <= MOST:
        raise Refused("start_number", most=MOST)
    key: dict[str, Any] = {"agency": agency, "direction": direction, "series": series, "year": legal_day(at).year}
    Book.objects.get_or_create(**key)
    book = Book.objects.select_for_update().get(**key)
    if book.last != revised_from:
        raise Refused("start_moved", last=book.last)
    if last == book.last:
        nothing_changed()
        return book
    before, used = book.last, book.numbers.exists()
    reason = tidy(reason)[:300]
    if used:
        _require_gap(book, last, reason)
    else:
        book.paper_ranges.all().delete()
    first = before + 1 if used else 1
    if last:
        PaperRange.objects.create(book=book, first=first, last=last, reason=reason, set_by=by, set_at=at)
    book.last = last
    book.save(update_fields=["last"])
    data = {"direction": direction, "series": series, "year": book.year, "before": before, "last": last}
    record(agency, "set_start", by=by, at=at, agency_id=agency.pk, data={**data, "reason": reason})
    return book


def _require_gap(book: Book, last: int, reason: str) -> None:
    if last < book.last:
        raise Refused("start_below", last=book.last)
    rules.explained(reason).require()
