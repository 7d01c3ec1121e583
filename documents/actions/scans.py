"""Keeping what a machine has read from pages that are pictures."""

from collections.abc import Mapping
from datetime import datetime

from documents.models import Blob, ReadPage, Version
from ledger.door import action, nothing_changed
from ledger.record import record
from people.locks import locked
from people.models import User


@action
def keep_read(version: Version, *, texts: Mapping[int, str], by: User, at: datetime) -> None:
    """Keep the text of some pages by number, for the search; the file stays as it is, and what was purged is gone."""
    version = locked(version)
    if Blob.objects.filter(pk=version.rendition_id, purged_at__isnull=False).exists():
        nothing_changed()
        return
    rows = (ReadPage(rendition_id=version.rendition_id, page=n, text=text, read_at=at) for n, text in texts.items())
    ReadPage.objects.bulk_create(rows, ignore_conflicts=True)
    document = version.document
    data = {"version": version.number, "pages": sorted(texts)}
    record(document, "read_scans", by=by, at=at, agency_id=document.agency_id, data=data)
