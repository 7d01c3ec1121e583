"""Background reading of scans: page by page after all other jobs, each page kept before the next is begun."""

import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django_tasks import task

from documents.actions.scans import keep_read
from documents.comparing import text_of
from documents.ingest.inspection import NoteCode
from documents.ingest.ocr import read_page, reader
from documents.jobs import fetched, read_again
from documents.models import ReadPage, Version
from documents.scans import unread
from people.queries import system_user

LATER = -60
SECONDS = 45  # at a time; then other jobs pass
FORGOTTEN = timedelta(minutes=30)
TOGETHER = 20


@task(priority=LATER)
def read_scans(version_id: int) -> None:
    """Read pages for a while, then let other jobs pass; stopped anywhere, it goes on with the next unread page."""
    version = Version.objects.select_related("rendition", "document").get(pk=version_id)
    if reader() is None or version.rendition.purged_at is not None or _is_old(version):
        return
    ends = time.monotonic() + SECONDS
    with tempfile.TemporaryDirectory(prefix="nghisu-scan-") as name:
        pdf = fetched(version, Path(name))
        left = unread(version, text_of(pdf, Path(name)))
        while left and time.monotonic() < ends:
            _read(version, pdf, left.pop(0))
    read_again.enqueue(version.document_id)
    if left:
        read_scans.enqueue(version_id)


def look_for_scans(*, at: datetime) -> int:
    """Ask for scans nobody has read: of before tesseract was installed, or whose job got lost."""
    if reader() is None:
        return 0
    tried = ReadPage.objects.filter(rendition=OuterRef("rendition")).order_by().values("rendition")
    count = Subquery(tried.annotate(n=Count("pk")).values("n"))
    scanned = Version.objects.filter(
        Q(notes__icontains=NoteCode.NO_TEXT.value), created_at__lt=at - FORGOTTEN, rendition__purged_at__isnull=True
    )
    newest = Version.objects.filter(document=OuterRef("document")).order_by("-number").values("pk")[:1]
    waiting = scanned.annotate(tried=Coalesce(count, Value(0)), newest=Subquery(newest)).filter(pk=F("newest"))
    asked = [row for row in waiting.order_by("-pk")[:500] if row.tried < _silent(row)][:TOGETHER]
    for version in asked:
        read_scans.enqueue(version.pk)
    return len(asked)


def _read(version: Version, pdf: Path, page: int) -> None:
    with tempfile.TemporaryDirectory(prefix="nghisu-page-") as name:
        text = read_page(pdf, page, Path(name))
    keep_read(version, texts={page: text}, by=system_user(), at=timezone.now())


def _is_old(version: Version) -> bool:
    return Version.objects.filter(document=version.document_id, number__gt=version.number).exists()


def _silent(version: Version) -> int:
    """Return how many pages had no letters when the file came in."""
    said = next((detail for code, detail in version.notes if code == NoteCode.NO_TEXT.value), "0")
    return int(said) if said.isdecimal() else 0
