"""What the background job found out about a version: pictures of its pages, and its text for the search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from documents.blob_rows import blob_rows
from documents.findable import make_findable
from documents.models import Blob, Preview, Version
from documents.received import StoredFile
from ledger.door import action, nothing_changed
from ledger.record import record
from people.locks import locked
from people.models import User
from search.fold import PageWords


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One stored picture of one page."""

    page: int
    width: int
    height: int
    file: StoredFile


@action
def keep_pictures(version: Version, *, pictures: Sequence[PagePicture], by: User, at: datetime) -> None:
    """Keep the pictures of some pages; a long paper comes in several calls, so that no ballot waits behind it."""
    version = locked(version)
    if version.preparation == Version.Preparation.READY:
        nothing_changed()
        return
    blobs = blob_rows([picture.file for picture in pictures], at)
    previews = (_preview(version, picture, blobs[picture.file.sha256]) for picture in pictures)
    Preview.objects.bulk_create(previews, ignore_conflicts=True)
    document = version.document
    data = {"version": version.number, "pages": sorted({picture.page for picture in pictures})}
    record(document, "keep_pictures", by=by, at=at, agency_id=document.agency_id, data=data)


@action
def mark_ready(
    version: Version,
    *,
    text: Sequence[PageWords],
    changes: Mapping[str, Sequence[int]] | None = None,
    by: User,
    at: datetime,
) -> None:
    """All pictures are kept: make the newest version's text findable; asked twice, it changes nothing."""
    version = locked(version)
    if version.preparation == Version.Preparation.READY:
        nothing_changed()
        return
    version.preparation = Version.Preparation.READY
    version.changes = {number: list(pages) for number, pages in (changes or {}).items()}
    version.save(update_fields=["preparation", "changes"])
    document = version.document
    purged = version.rendition.purged_at is not None  # while the job was reading it
    if not document.versions.filter(number__gt=version.number).exists():
        make_findable(document, () if purged else text)
    data = {"version": version.number, "pictures": version.previews.count()}
    record(document, "prepare", by=by, at=at, agency_id=document.agency_id, data=data)


@action
def find_again(version: Version, *, text: Sequence[PageWords], by: User, at: datetime) -> None:
    """Make the newest version's text findable again."""
    version = locked(version)
    document = version.document
    if document.versions.filter(number__gt=version.number).exists():
        nothing_changed()
        return
    make_findable(document, text)
    record(document, "find_again", by=by, at=at, agency_id=document.agency_id, data={"version": version.number})


@action
def mark_failed(version: Version, *, by: User, at: datetime) -> None:
    """Remember that no pictures could be made; the version is still read through PDF.js."""
    version = locked(version)
    if version.preparation != Version.Preparation.WAITING:
        nothing_changed()
        return
    version.preparation = Version.Preparation.FAILED
    version.save(update_fields=["preparation"])
    document = version.document
    record(document, "prepare_failed", by=by, at=at, agency_id=document.agency_id, data={"version": version.number})


def _preview(version: Version, picture: PagePicture, blob: Blob) -> Preview:
    return Preview(version=version, page=picture.page, width=picture.width, height=picture.height, blob=blob)
