"""The kinds of meeting of an agency: those of the law, as the agency renamed them or switched them off, and its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from ledger.days import legal_day
from meetings.kinds import Kind, changed_kind, kind_on, kinds_on
from meetings.models import AgencyKind, Meeting


@dataclass(frozen=True)
class Offer:
    """One kind an agency may hold meetings of on a day: its rules, and the agency's row where it has one."""

    kind: Kind
    row: AgencyKind | None = None


def kind_from_row(row: AgencyKind, day: date) -> Kind | None:
    """Return the rules an agency's row means on a day, None where the law has no such kind then."""
    return changed_kind(row.base, day, code=row.code, label=row.label, changes=row.changes)


def kind_of(meeting: Meeting) -> Kind | None:
    """Return the dated rules of a meeting; fetch `kind_row` along where there are many."""
    day = legal_day(meeting.starts_at)
    if meeting.kind_row_id is None:
        return kind_on(meeting.kind, day)
    row = meeting.kind_row
    return kind_from_row(row, day) if row else None


def rows_on(agency_ids: Iterable[int], day: date) -> QuerySet[AgencyKind]:
    """Return the rows of these agencies in force on a day."""
    lasting = Q(effective_to__isnull=True) | Q(effective_to__gt=day)
    return AgencyKind.objects.filter(lasting, agency_id__in=list(agency_ids), effective_from__lte=day)


def offers(agency_id: int, day: date) -> list[Offer]:
    """Return the kinds a new meeting of the agency may have on a day: the law's in their order, then its own."""
    rows = {row.code: row for row in rows_on([agency_id], day)}
    found = [Offer(kind, rows.pop(kind.code, None)) for kind in kinds_on(day)]
    found += [Offer(kind, row) for row in rows.values() if (kind := kind_from_row(row, day))]
    return [_named(offer, day) for offer in found if offer.row is None or offer.row.offered]


def _named(offer: Offer, day: date) -> Offer:
    """Return the offer under the agency's own name of it."""
    own = kind_from_row(offer.row, day) if offer.row else None
    return Offer(own, offer.row) if own else offer


def offer_of(agency_id: int, code: str, day: date) -> Offer | None:
    """Return one kind the agency may hold meetings of on that day."""
    return next((offer for offer in offers(agency_id, day) if offer.kind.code == code), None)


def history_of(agency_id: int) -> QuerySet[AgencyKind]:
    """Return every row the agency ever had, the newest of each kind first."""
    return AgencyKind.objects.filter(agency_id=agency_id).select_related("created_by")


def own_kinds_among(meetings: QuerySet[Meeting]) -> dict[str, str]:
    """Return the kinds agencies made themselves that these meetings are of: code to the newest name."""
    held = meetings.filter(kind_row__isnull=False).order_by().values("kind_row")
    rows = AgencyKind.objects.filter(pk__in=held).exclude(label="").order_by("effective_from", "pk")
    return dict(rows.values_list("code", "label"))
