"""An agency's own document types: new rows with a day of their own; the law's rows and the past stay as they are."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from documents import rules
from documents.content import tidy
from documents.models import DocumentType, UnusedType
from documents.numbering import PatternError, check_pattern
from documents.typelist import law_types, own_types
from ledger.days import legal_day
from ledger.door import action, nothing_changed
from ledger.record import record
from ledger.verdict import Refused
from people.locks import locked
from people.models import Agency, User


@action
def set_type(
    agency: Agency,
    *,
    code: str,
    name: str,
    abbreviation: str,
    number_pattern: str,
    basis: str,
    effective_from: date,
    by: User,
    at: datetime,
) -> DocumentType:
    """Begin a type of the agency's own, or the next wording of one, on a day not before today."""
    agency = locked(agency)
    rules.may_keep_catalogues(by, agency.pk).require()
    wanted = _checked(
        {"name": name, "abbreviation": abbreviation, "number_pattern": number_pattern, "basis": basis},
        effective_from,
        at,
    )
    code = tidy(code).upper()
    former = own_types(agency.pk).filter(code=code).order_by("-effective_from").first()
    if former is not None:
        _end(former, effective_from)
    try:
        with transaction.atomic():
            row = DocumentType.objects.create(agency=agency, code=code, effective_from=effective_from, **wanted)
    except IntegrityError:
        raise Refused("type_day_taken") from None
    data = {"code": code, **wanted, "from": effective_from.isoformat()}
    record(agency, "set_type", by=by, at=at, agency_id=agency.pk, data=data)
    return row


@action
def end_type(agency: Agency, *, code: str, by: User, at: datetime) -> None:
    """End an own type from tomorrow; the law's row of the code, if there is one, applies again."""
    agency = locked(agency)
    rules.may_keep_catalogues(by, agency.pk).require()
    row = own_types(agency.pk).filter(code=code, effective_to__isnull=True).order_by("-effective_from").first()
    if row is None:
        raise Refused("type_unknown")
    _end(row, max(legal_day(at), row.effective_from) + timedelta(days=1))
    data = {"code": code, "to": row.effective_to.isoformat() if row.effective_to else ""}
    record(agency, "end_type", by=by, at=at, agency_id=agency.pk, data=data)


@action
def use_type(agency: Agency, *, code: str, used: bool, by: User, at: datetime) -> None:
    """Offer a type when documents are drafted in the agency, or do not."""
    agency = locked(agency)
    rules.may_keep_catalogues(by, agency.pk).require()
    if not (law_types().filter(code=code).exists() or own_types(agency.pk).filter(code=code).exists()):
        raise Refused("type_unknown")
    unused = UnusedType.objects.filter(agency=agency, code=code)
    if unused.exists() != used:
        nothing_changed()
        return
    if used:
        unused.delete()
    else:
        UnusedType.objects.create(agency=agency, code=code)
    record(agency, "use_type", by=by, at=at, agency_id=agency.pk, data={"code": code, "used": used})


def _checked(texts: dict[str, str], effective_from: date, at: datetime) -> dict[str, Any]:
    wanted = {key: tidy(value) for key, value in texts.items()}
    limits = {"name": 80, "abbreviation": 10, "number_pattern": 60, "basis": 120}
    if any(len(wanted[key]) > most for key, most in limits.items()) or not (wanted["name"] and wanted["basis"]):
        raise Refused("type_incomplete")
    try:
        check_pattern(wanted["number_pattern"])
    except PatternError:
        raise Refused("type_pattern") from None
    if effective_from < legal_day(at):
        raise Refused("type_in_the_past")
    return wanted


def _end(row: DocumentType, day: date) -> None:
    """Close a row where the next begins; one that would begin on or after that day cannot be closed by it."""
    if row.effective_to is not None and row.effective_to <= day:
        return
    if row.effective_from >= day:
        raise Refused("type_day_taken")
    row.effective_to = day
    row.save(update_fields=["effective_to"])
