"""Pages a machine had read before the search told so are marked there: some at a time, until none is left."""

import time
from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django_tasks import task

from documents.findable import KIND
from documents.models import ReadPage, Version
from ledger.door import writing
from people.locks import locked
from search.actions import mark_read_by_machine
from search.queries import unmarked_pages

LATER = -60
SECONDS = 15  # at a time
TOGETHER = 50


def look_for_unmarked(*, at: datetime) -> None:
    """Begin where there is anything to mark."""
    if _unmarked().exists():
        mark_scans.enqueue()


@task(priority=LATER)
def mark_scans() -> None:
    """Mark for a while, then let other jobs pass; safe to run twice at once and after any stop."""
    ends = time.monotonic() + SECONDS
    while versions := list(_unmarked()[:TOGETHER]):
        for version in versions:
            _mark(version)
        if time.monotonic() > ends:
            mark_scans.enqueue()
            return


def _unmarked() -> "QuerySet[Version]":
    """Return the newest versions with a page found as a machine has read it, of which the search does not say so."""
    read = ReadPage.objects.exclude(text="")
    found = unmarked_pages(KIND).filter(entry__object_id=OuterRef(OuterRef("document__public_id")))
    silent = read.filter(Exists(found.filter(page=OuterRef("page"))), rendition=OuterRef("rendition"))
    newest = Version.objects.filter(document=OuterRef("document")).order_by("-number").values("pk")[:1]
    versions = Version.objects.filter(Exists(silent), rendition__in=read.values("rendition"))
    return versions.annotate(newest=Subquery(newest)).filter(pk=F("newest")).select_related("document").order_by("-pk")


def _mark(version: Version) -> None:
    """Mark one, unless a newer version has just taken its place in the search."""
    with writing():
        document = locked(version.document)
        if not document.versions.filter(number__gt=version.number).exists():
            read = ReadPage.objects.filter(rendition=version.rendition_id).exclude(text="")
            pages = read.values_list("page", flat=True)
            mark_read_by_machine(kind=KIND, object_id=document.public_id, pages=pages)
