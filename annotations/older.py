"""Notes a person left on older versions, and where they would stand on a newer one. Reading text is slow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import Exists, OuterRef, QuerySet

from annotations.carrying import Noted, Page, Spot, carried
from annotations.models import Annotation
from documents.letters import letters_of, places_of
from documents.models import Version
from documents.queries import page_pictures
from documents.renditions import THUMBNAIL
from people.models import User

MOST = 2_000


@dataclass(frozen=True)
class Match:
    """One note and where it would stand on the newer version; without a page it is not found there."""

    note: Annotation
    page: int = 0
    shape: dict[str, Any] | None = None


def left_behind(user: User, version: Version) -> QuerySet[Annotation]:
    """Return the person's own notes on older versions that have not been carried over to this one."""
    there = Annotation.objects.filter(origin=OuterRef("pk"), version=version)
    own = Annotation.objects.filter(document=version.document_id, user=user, erased_at__isnull=True)
    older = own.filter(version__number__lt=version.number, version__rendition__purged_at__isnull=True)
    rows = older.filter(~Exists(there)).select_related("version__rendition")
    return rows.order_by("-version__number", "page", "order")


def carried_id(note: Annotation, version: Version) -> UUID:
    """Return the id a note has on another version: carrying it over twice, or on two tablets, makes one."""
    return uuid5(NAMESPACE_URL, f"urn:uuid:{note.public_id}#{version.public_id}")


def matches(user: User, version: Version, *, placed: bool = True) -> list[Match]:
    """Return the notes left behind, newest version first, each with its place on this version.

    To know how many there are, the pages are enough: unless they are `placed`, nobody looks where their words stand.
    """
    notes = list(left_behind(user, version)[:MOST])
    new = pages_of(version) if notes else []
    found: list[Match] = []
    for number in sorted({note.version.number for note in notes}, reverse=True):
        older = [note for note in notes if note.version.number == number]
        spots = carried([noted(note) for note in older], pages_of(older[0].version), new)
        found += matched(older, version, spots) if placed else [on_page(note, spots) for note in older]
    return found


def on_page(note: Annotation, spots: Mapping[str, Spot | None]) -> Match:
    """Return one note with its page alone."""
    spot = spots[str(note.pk)]
    return Match(note, spot.page if spot else 0)


def matched(notes: Sequence[Annotation], version: Version, spots: Mapping[str, Spot | None]) -> list[Match]:
    """Return the notes of one older version with their places."""
    spans = {key: (spot.page, *spot.span) for key, spot in spots.items() if spot and spot.span}
    lines = dict(zip(spans, places_of(version.rendition.sha256, list(spans.values())), strict=True))
    return [match(note, spots[str(note.pk)], lines.get(str(note.pk))) for note in notes]


def match(note: Annotation, spot: Spot | None, lines: list[list[float]] | None) -> Match:
    """Return one note with its place."""
    if spot is None or (spot.span and not lines):
        return Match(note)
    return Match(note, spot.page, {"rects": lines} if spot.span else note.shape)


def noted(note: Annotation) -> Noted:
    """Return what carrying over needs to know of a note."""
    quote = note.quote or {}
    return Noted(str(note.pk), note.page, quote.get("exact", ""), quote.get("prefix", ""), quote.get("suffix", ""))


def pages_of(version: Version) -> list[Page]:
    """Return the pages of a version: their letters, and what their pictures are told apart by."""
    pictures = page_pictures(version, THUMBNAIL)
    return [Page(text, pictures.get(at, "")) for at, text in enumerate(letters_of(version.rendition.sha256), start=1)]
