"""Noting that somebody opened a version; no act and no record: nobody's reading stands in the audit log."""

from datetime import datetime

from documents.models import Access, Opening, Version
from ledger.door import action, private
from people.models import User


@action
def note(version: Version, *, by: User, at: datetime) -> None:
    """Note the first and the latest time the person opened the version, once per person and version."""
    made = Opening(version=version, user=by, first_at=at, last_at=at)
    Opening.objects.bulk_create(
        [made], update_conflicts=True, unique_fields=["version", "user"], update_fields=["last_at"]
    )
    private()


@action
def log(version: Version, *, on_device: bool = False, by: User, at: datetime) -> None:
    """Add a line to the access log, which those who keep the document read."""
    Access.objects.create(version=version, user=by, at=at, on_device=on_device)
    private()
