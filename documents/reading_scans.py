"""Background reading of scans: page by page after all other jobs, each page kept before the next is begun."""

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from documents.actions.scans import keep_read
from documents.comparing import text_of
from documents.ingest.inspection import NoteCode
from documents.ingest.ocr import read_page, reader
from documents.jobs import fetched, read_again
from documents.models import ReadPage, Version
from documents.scans import unread, untried
from people.queries import system_user

LATER = -60
SECONDS = 45  # at a time; sooner where somebody waits for another job
FOUND_EVERY = 50  # pages: until all are read, a long paper comes into the search by so many
FORGOTTEN = timedelta(minutes=30)
TOGETHER = 20
MOST_COUNTED = 10_000  # of papers and of pages, so that the page that says it opens as fast in ten years


@task(priority=LATER)
def read_scans(version_id: int, pages: list[int] | None = None) -> None:
    """Read pages for a while, then let other jobs pass; stopped anywhere, it goes on with the next unread page.

    Which pages are pictures is known from the run before, or the file is looked through.
    """
    version = Version.objects.select_related("rendition", "document").get(pk=version_id)
    if reader() is None or version.rendition.purged_at is not None or _is_old(version):
        return
    before = _tried_of(version)
    with tempfile.TemporaryDirectory(prefix="nghisu-scan-") as name:
        pdf = fetched(version, Path(name))
        left = unread(version, text_of(pdf, Path(name))) if pages is None else untried(version, pages)
        _read_some(version, pdf, left)
    if not left or before // FOUND_EVERY != _tried_of(version) // FOUND_EVERY:
        read_again.enqueue(version.document_id)
    if left:
        read_scans.enqueue(version_id, left)


def look_for_scans(*, at: datetime) -> int:
    """Ask for scans nobody has read: of before tesseract was installed, or whose job got lost."""
    if reader() is None:
        return 0
    old = _scanned().filter(created_at__lt=at - FORGOTTEN).order_by("-pk")
    asked = [key for key, notes, tried in _tried(old)[:500] if tried < _silent(notes)][:TOGETHER]
    for version_id in asked:
        read_scans.enqueue(version_id)
    return len(asked)


@dataclass(frozen=True, slots=True)
class Reading:
    """How the reading of scans stands: is a reader installed, and pages that wait, were read, gave nothing."""

    installed: bool
    waiting: int
    read: int
    failed: int
    newest: int = 0  # only so many pages were looked at; 0: all


def reading() -> Reading:
    """Count the pages of scans, of very many the newest."""
    left = (max(0, _silent(notes) - tried) for _, notes, tried in _tried(_scanned()).order_by("-pk")[:MOST_COUNTED])
    newest = ReadPage.objects.order_by("-pk")[:MOST_COUNTED]
    pages = newest.aggregate(all=Count("pk"), failed=Count("pk", filter=Q(text="")))
    most = MOST_COUNTED if pages["all"] == MOST_COUNTED else 0
    return Reading(reader() is not None, sum(left), pages["all"] - pages["failed"], pages["failed"], most)


def _scanned() -> "QuerySet[Version]":
    """Return the newest versions with pages that are pictures."""
    scanned = Version.objects.filter(Q(notes__icontains=NoteCode.NO_TEXT.value), rendition__purged_at__isnull=True)
    newest = Version.objects.filter(document=OuterRef("document")).order_by("-number").values("pk")[:1]
    return scanned.annotate(newest=Subquery(newest)).filter(pk=F("newest"))


def _tried(versions: "QuerySet[Version]") -> "QuerySet[Version, tuple[int, list[list[str]], int]]":
    """Return of each version its key, its notes, and how many of its pages were tried."""
    tried = ReadPage.objects.filter(rendition=OuterRef("rendition")).order_by().values("rendition")
    count = Subquery(tried.annotate(n=Count("pk")).values("n"))
    return versions.annotate(tried=Coalesce(count, Value(0))).values_list("pk", "notes", "tried")


def _read_some(version: Version, pdf: Path, left: list[int]) -> None:
    """Take pages off the list and read them, until it is somebody else's turn."""
    ends = time.monotonic() + SECONDS
    while left:
        _read(version, pdf, left.pop(0))
        if time.monotonic() > ends or _others_wait():
            return


def _tried_of(version: Version) -> int:
    return ReadPage.objects.filter(rendition=version.rendition_id).count()


def _read(version: Version, pdf: Path, page: int) -> None:
    with tempfile.TemporaryDirectory(prefix="nghisu-page-") as name:
        text = read_page(pdf, page, Path(name))
    keep_read(version, texts={page: text}, by=system_user(), at=timezone.now())


def _others_wait() -> bool:
    """Tell whether there is a job that comes before: a paper just uploaded, a notice."""
    return bool(DBTaskResult.objects.ready().filter(priority__gt=LATER).exists())


def _is_old(version: Version) -> bool:
    return Version.objects.filter(document=version.document_id, number__gt=version.number).exists()


def _silent(notes: Sequence[Sequence[str]]) -> int:
    """Return how many pages had no letters when the file came in."""
    said = next((detail for code, detail in notes if code == NoteCode.NO_TEXT.value), "0")
    return int(said) if said.isdecimal() else 0
