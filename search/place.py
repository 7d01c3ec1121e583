"""Where a page stands among all results: newest object first, its pages in order. Pure.

One number of 63 bits, so that reading the full-text table from its beginning is reading the results in their order:
the day counted backwards (22 bits), the entry counted backwards (28), the page (13).
"""

from datetime import date

PAGE_BITS, ENTRY_BITS, DAY_BITS = 13, 28, 22
MOST_PAGES, MOST_ENTRIES, MOST_DAYS = (1 << PAGE_BITS) - 1, (1 << ENTRY_BITS) - 1, (1 << DAY_BITS) - 1


def place_of(day: date | None, entry_id: int, page: int) -> int:
    """Return the place of a page; an object without a day stands after all others."""
    past = MOST_DAYS - (day.toordinal() if day else 0)
    return (past << ENTRY_BITS | (MOST_ENTRIES - entry_id)) << PAGE_BITS | page


def entry_and_page(place: int) -> tuple[int, int]:
    """Return which entry and which of its pages stand there."""
    return MOST_ENTRIES - (place >> PAGE_BITS & MOST_ENTRIES), place & MOST_PAGES


def last_of_entry(place: int) -> int:
    """Return the last place the entry standing there can have."""
    return place | MOST_PAGES


def between(since: date | None, until: date | None) -> tuple[int, int]:
    """Return the places before the first and after the last object of these days, both days included."""
    newest = MOST_DAYS - until.toordinal() if until else 0
    oldest = MOST_DAYS - since.toordinal() if since else MOST_DAYS
    shift = ENTRY_BITS + PAGE_BITS
    return (newest << shift) - 1, oldest + 1 << shift if since else (1 << shift + DAY_BITS) - 1
