"""Documents for `manage.py reindex`: titles and audiences anew, texts read again where the index has lost them."""

from collections.abc import Sequence

from documents.findable import KIND, find_anew
from documents.jobs import read_again
from documents.models import Document
from ledger.door import writing
from search.sources import Source, register_source


def after(last: int, most: int) -> list[int]:
    """Return the next documents in order."""
    return list(Document.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:most])


def put(keys: Sequence[int]) -> None:
    """Make these findable as they are now."""
    for document in Document.objects.filter(pk__in=keys).order_by("pk"):
        with writing():
            lost = find_anew(document)
        if lost:
            read_again.enqueue(document.pk)


def register() -> None:
    """Name the documents to the rebuild."""
    register_source(Source(KIND, KIND, after, put))
