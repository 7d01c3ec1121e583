"""Background jobs: pictures of pages and text for the search, drawn and read by confined workers."""

import tempfile
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from django.utils import timezone
from django_tasks import task

from documents.actions.preparation import PagePicture, find_again, keep_pictures, mark_failed, mark_ready
from documents.blob_rows import stored_file
from documents.blobs.store import blob_store
from documents.changes import changes_of
from documents.comparing import text_of, texts_of
from documents.ingest.confine import WorkerFailed
from documents.ingest.ocr import reader
from documents.models import Version
from documents.received import StoredFile
from documents.renditions import MEDIA_TYPE, PagePreview, previews
from documents.scans import unread, with_read
from people.queries import system_user

AT_FIRST, AT_MOST = 16, 200  # pictures kept in one transaction: few at first, so that one sees how far it is
WRITERS = 4  # the store flushes each file to the disk: several wait together


@task()
def prepare_version(version_id: int) -> None:
    """Make a version ready: safe to run again, and to run after somebody else did."""
    version = Version.objects.select_related("rendition", "document").get(pk=version_id)
    if version.preparation == Version.Preparation.READY:
        return
    with tempfile.TemporaryDirectory(prefix="nghisu-prepare-") as name:
        folder = Path(name)
        pdf = fetched(version, folder)
        kept, texts = _prepared(version, pdf, folder)
    by, at = system_user(), timezone.now()
    if kept:
        mark_ready(version, text=with_read(version, texts), changes=changes_of(version, texts), by=by, at=at)
        _read_scans(version, texts)
    else:
        mark_failed(version, by=by, at=at)


def _prepared(version: Version, pdf: Path, folder: Path) -> tuple[int, list[str]]:
    """Keep the pictures of all pages; return how many there are, and the text of each page."""
    if kept := _keep(version, _twin_pictures(version)):
        return kept, text_of(pdf, folder)
    texts: dict[int, str | None] = {}
    kept = _keep(version, _drawn(pdf, folder, texts))
    if len(texts) < version.pages:  # a worker died
        return kept, text_of(pdf, folder)
    marked = None in texts.values()  # nothing of it is found
    return kept, [] if marked else [texts[page] or "" for page in sorted(texts)]


@task()
def read_again(document_id: int) -> None:
    """Read the newest version's text into the search again, after it had to leave it."""
    newest = Version.objects.filter(document=document_id).select_related("rendition").order_by("-number").first()
    if newest is not None and newest.rendition.purged_at is None:
        find_again(newest, text=with_read(newest, texts_of(newest)), by=system_user(), at=timezone.now())


def _read_scans(version: Version, texts: list[str]) -> None:
    """Have a machine read the pages that are pictures, where one is installed."""
    from documents.reading_scans import read_scans

    if reader() is not None and (left := unread(version, texts)):
        read_scans.enqueue(version.pk, left)


def _keep(version: Version, pictures: Iterator[PagePicture]) -> int:
    """Keep the pictures, some at a time; return how many there were."""
    kept, together = 0, AT_FIRST
    while batch := list(islice(pictures, together)):
        keep_pictures(version, pictures=batch, by=system_user(), at=timezone.now())
        kept, together = kept + len(batch), min(2 * together, AT_MOST)
    return kept


def fetched(version: Version, folder: Path) -> Path:
    """Return a copy of the rendition on this machine."""
    target = folder / "rendition.pdf"
    with target.open("wb") as file:
        for chunk in blob_store().open_range(version.rendition.sha256):
            file.write(chunk)
    return target


def _twin_pictures(version: Version) -> Iterator[PagePicture]:
    """Yield the pictures another version with the same bytes already has."""
    same = Version.objects.filter(rendition=version.rendition, preparation=Version.Preparation.READY)
    twin = same.exclude(pk=version.pk).first()
    for preview in twin.previews.select_related("blob") if twin else ():
        yield PagePicture(preview.page, preview.width, preview.height, stored_file(preview.blob))


def _drawn(pdf: Path, folder: Path, texts: dict[int, str | None]) -> Iterator[PagePicture]:
    """Draw the pages, put the pictures into the store, add the texts; of a worker that dies stays what came before."""
    own = folder / "pictures"
    own.mkdir()
    stored: deque[Future[list[PagePicture]]] = deque()
    with ThreadPoolExecutor(WRITERS, thread_name_prefix="pictures") as writers:
        try:
            for page in previews(pdf, folder=own):
                texts[page.page] = page.text
                stored.append(writers.submit(_stored, page))
                while stored and stored[0].done():
                    yield from stored.popleft().result()
        except WorkerFailed:
            texts.clear()
        for one in stored:
            yield from one.result()


def _stored(page: PagePreview) -> list[PagePicture]:
    """Put the pictures of one page into the store."""
    found = []
    for picture in page.pictures:
        blob_store().put(picture.path, picture.sha256, picture.size)
        picture.path.unlink()
        file = StoredFile(picture.sha256, picture.size, MEDIA_TYPE)
        found.append(PagePicture(page.page, picture.width, picture.height, file))
    return found
