"""Facts to count: as transitions leave them, for an agency and a legal day."""

from datetime import UTC, date, datetime
from uuid import uuid4

from ledger.models import Fact
from people.models import Agency

GOOD = {"electronic": True, "person_signed": True, "agency_sealed": True, "signatures_valid": True}


def fact(agency: Agency, name: str, day: date, *, about=None, **attributes) -> Fact:
    """One fact of the agency."""
    kind = "meetings.meeting" if name.startswith("meeting") else "documents.outgoingdocument"
    return Fact.objects.create(
        name=name,
        agency_id=agency.pk,
        object_type=kind,
        object_id=about or uuid4(),
        day=day,
        at=datetime(day.year, day.month, day.day, 3, tzinfo=UTC),
        attributes=attributes,
    )


def issued(agency: Agency, day: date, **changes) -> Fact:
    """An issued document, everything in order unless told otherwise."""
    return fact(agency, "document.issued", day, **(GOOD | changes))


def held(agency: Agency, day: date, *, paperless: bool = True) -> Fact:
    """A meeting that was held."""
    return fact(agency, "meeting.held", day, paperless=paperless)
