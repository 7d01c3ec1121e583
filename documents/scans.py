"""Pages that are pictures: which of them nobody has read yet, and what a machine has read from the others."""

from collections.abc import Iterable, Sequence

from documents.models import ReadPage, Version
from search.fold import PageWords, page_words


def with_read(version: Version, texts: Sequence[str]) -> list[PageWords]:
    """Return the words of a version's pages; those without letters of their own as a machine has read them."""
    pages = ReadPage.objects.filter(rendition=version.rendition_id)
    read = {} if all(texts) else dict(pages.exclude(text="").values_list("page", "text"))
    return [
        page_words(text or read.get(number, ""), by_machine=not text and number in read)
        for number, text in enumerate(texts, start=1)
    ]


def unread(version: Version, texts: Sequence[str]) -> list[int]:
    """Return the pages without letters of their own that no machine has tried to read."""
    return untried(version, [number for number, text in enumerate(texts, start=1) if not text])


def untried(version: Version, pages: Iterable[int]) -> list[int]:
    """Return those of the pages that no machine has tried to read."""
    tried = set(ReadPage.objects.filter(rendition=version.rendition_id).values_list("page", flat=True))
    return [number for number in pages if number not in tried]
