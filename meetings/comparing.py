"""Comparing the versions of a paper; slow, so before any transaction."""

from documents.comparing import stored_texts, texts_of
from documents.models import Version
from documents.page_diff import changed_pages
from documents.queries import latest_version
from documents.received import Received
from meetings.models import Paper

MOST_PAGES = 600  # beyond, what changed is said in words only


def pages_changed_by(paper: Paper, received: Received) -> list[int]:
    """Return the pages a received file changes in a laid paper; none where that would take too long."""
    newest = latest_version(paper.document)
    if newest is None or max(newest.pages, len(received.page_sizes)) > MOST_PAGES:
        return []
    if newest.rendition.sha256 == received.rendition.sha256:
        return []
    return changed_pages(texts_of(newest), stored_texts(received.rendition.sha256))


def pages_changed_between(old: Version | None, new: Version | None) -> list[int]:
    """Return the pages that differ between two versions."""
    if old is None or new is None or max(old.pages, new.pages) > MOST_PAGES:
        return []
    return changed_pages(texts_of(old), texts_of(new))
