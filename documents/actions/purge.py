"""The only removal: bytes go, their hash, their rows and the reason stay."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from documents import rules
from documents.access_streams import readers_changed
from documents.blobs.store import blob_store
from documents.content import tidy
from documents.findable import KIND, make_findable
from documents.models import Blob, Document, Preview, ReadPage, Version
from ledger.door import action, nothing_changed
from ledger.record import record
from ledger.verdict import Unseen
from people.locks import locked
from people.models import User
from search.actions import forget


@action
def purge(blob: Blob, *, reason: str, by: User, at: datetime) -> None:
    """Destroy the bytes of every version that shows or came as `blob`, with their pictures and their indexed text."""
    blob = locked(blob)
    if blob.purged_at is not None:
        nothing_changed()
        return
    versions = list(Version.objects.filter(Q(original=blob) | Q(rendition=blob)).select_related("document"))
    documents = {version.document_id: version.document for version in versions}
    if not documents:
        raise Unseen
    rules.may_purge(by, documents.values()).require()
    rules.explained(reason).require()
    gone = _blobs_of(versions)
    Blob.objects.filter(pk__in=[one.pk for one in gone]).update(purged_at=at)
    ReadPage.objects.filter(rendition__in=gone).delete()
    for document in documents.values():
        _forget(document, gone, reason, by=by, at=at)
    transaction.on_commit(lambda: _delete(gone))


def _blobs_of(versions: list[Version]) -> list[Blob]:
    """Return everything made of the same content that no other version shows, in key order."""
    own = [version.pk for version in versions]
    shown = Blob.objects.filter(
        Q(pk__in=Version.objects.filter(pk__in=own).values("original"))
        | Q(pk__in=Version.objects.filter(pk__in=own).values("rendition"))
        | Q(pk__in=_pictures(own))
    )
    others = Version.objects.exclude(pk__in=own)
    kept = shown.exclude(pk__in=others.values("original")).exclude(pk__in=others.values("rendition"))
    return list(kept.order_by("pk"))


def _pictures(version_ids: list[int]) -> list[int]:
    """Return the pictures only these versions have: a blank page looks the same in every file."""
    mine = Preview.objects.filter(version__in=version_ids).values_list("blob", flat=True)
    shared = Preview.objects.exclude(version__in=version_ids).filter(blob__in=mine).values_list("blob", flat=True)
    return sorted(set(mine) - set(shared))


def _forget(document: Document, gone: list[Blob], reason: str, *, by: User, at: datetime) -> None:
    """Take what was destroyed out of the search: all, or only the text where the newest version stays."""
    newest = document.versions.order_by("-number").select_related("original", "rendition").first()
    assert newest is not None
    if newest.original.purged_at or newest.rendition.purged_at:
        forget(kind=KIND, object_id=document.public_id)
    elif newest.preparation != Version.Preparation.READY:
        make_findable(document)  # until the newest is read, the text found is an older version's
    readers_changed(document.pk, by=by, at=at)
    data = {"sha256": [blob.sha256 for blob in gone], "reason": tidy(reason)}
    record(document, "purge", by=by, at=at, agency_id=document.agency_id, data=data)


def _delete(gone: list[Blob]) -> None:
    store = blob_store()
    for blob in gone:
        store.delete(blob.sha256)
