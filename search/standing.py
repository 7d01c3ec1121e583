"""How an entry stands in the full-text tables: steps inside the actions that feed the index, and of a rebuild."""

from collections.abc import Iterable, Sequence

from search.fold import PageWords, page_words, title_words
from search.fts import full_text_index
from search.fts.asked import Row
from search.models import Entry
from search.place import place_of


def put_in(entry: Entry, heading: PageWords, pages: Sequence[tuple[int, PageWords]]) -> None:
    """Put an entry's words into the full-text tables under its keys and facets of now."""
    keys = found_under(entry, entry.audiences.values_list("key", flat=True))
    index = full_text_index()
    index.put("titles", rows_of(entry, [(0, heading)]), keys)
    index.put("pages", rows_of(entry, pages), keys)
    entry.standing = " ".join(keys)
    entry.save(update_fields=["standing"])


def words_of(entry: Entry) -> tuple[PageWords, list[tuple[int, PageWords]]]:
    """Return the words of an entry's title and of its pages by number, read from the texts kept."""
    texts = dict(entry.pages.order_by("page").values_list("page", "text"))
    heading = title_words(texts.pop(0, ""))
    return heading, [(number, page_words(text)) for number, text in texts.items()]


def take_out(entry: Entry) -> tuple[PageWords, list[tuple[int, PageWords]]]:
    """Take an entry's words out of the full-text tables and return them."""
    heading, pages = words_of(entry)
    if entry.standing:
        index, keys = full_text_index(), entry.standing.split()
        index.remove("titles", rows_of(entry, [(0, heading)]), keys)
        index.remove("pages", rows_of(entry, pages), keys)
    return heading, pages


def rows_of(entry: Entry, pages: Iterable[tuple[int, PageWords]]) -> list[Row]:
    """Return what the full-text tables hold of these pages."""
    return [Row(place_of(entry.day, entry.pk, number), one.folded, one.exact) for number, one in pages]


def found_under(entry: Entry, audiences: Iterable[str]) -> list[str]:
    """Return the keys of those who may find it, and what it is filtered by; never empty."""
    return [*sorted(audiences), f"kind:{entry.kind}", f"of:{entry.agency_id}", *entry.facets.split()]
