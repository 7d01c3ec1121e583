"""What changed in a version since earlier ones: found out by the background job, kept with the version."""

from collections.abc import Sequence

from documents.comparing import texts_of
from documents.models import Version
from documents.page_diff import changed_pages
from documents.renditions import THUMBNAIL

MOST_PAGES, MOST_VERSIONS = 600, 3


def changes_of(version: Version, texts: Sequence[str]) -> dict[str, list[int]]:
    """Return, by the number of each of the last versions before, the pages of this one that differ; slow."""
    if not 0 < version.pages <= MOST_PAGES:
        return {}
    earlier = Version.objects.filter(document=version.document_id, number__lt=version.number, pages__lte=MOST_PAGES)
    before = earlier.filter(rendition__purged_at__isnull=True).select_related("rendition").order_by("-number")
    now = page_marks(version, texts)
    return {str(old.number): _changed(old, version, now) for old in before[:MOST_VERSIONS]}


def page_marks(version: Version, texts: Sequence[str]) -> list[str]:
    """Return what tells each page from others: its text, or its picture where it has none, as on a scan."""
    pictures = dict(version.previews.filter(width=THUMBNAIL).values_list("page", "blob__sha256"))
    return [text.strip() or f"picture {pictures.get(page, '')}" for page, text in enumerate(texts, start=1)]


def changed_since(version: Version, newest: Version) -> list[int] | None:
    """Return the pages of the newest version that differ from this one; None where nobody has compared them."""
    found = newest.changes.get(str(version.number))
    return None if found is None else list(found)


def _changed(old: Version, new: Version, now: Sequence[str]) -> list[int]:
    if old.rendition_id == new.rendition_id:
        return []
    return changed_pages(page_marks(old, texts_of(old)), now)
