"""Building the full-text tables anew from the texts kept: some objects at a time, going on where it stopped.

An entry that stands in no full-text table has an empty `standing`: whatever interrupts a rebuild, the rest is known.
"""

from collections.abc import Iterator

from ledger.door import writing
from search.fold import current_words
from search.fts import full_text_index
from search.fts.asked import PARTS
from search.models import Entry, IndexState
from search.standing import put_in, words_of

TOGETHER = 50  # objects in one transaction, so that nobody waits long for their turn to write
TOGETHER_PAGES = 400


def is_due() -> bool:
    """Were the words read otherwise than today? New tables hold nothing yet, and are read as of the first look."""
    state, _ = IndexState.objects.get_or_create(pk=1, defaults={"words": current_words()})
    return state.words != current_words()


def waiting() -> int:
    """Return how many objects stand in no full-text table."""
    return Entry.objects.filter(standing="").count()


def findable(most: int | None = None) -> int:
    """Return how many objects stand in the full-text tables; none are counted past `most`."""
    return Entry.objects.exclude(standing="")[:most].count()


def begin() -> None:
    """Empty the full-text tables; every object waits to be put in again."""
    with writing():
        Entry.objects.exclude(standing="").update(standing="")
        full_text_index().clear()
        IndexState.objects.update_or_create(pk=1, defaults={"words": current_words()})


def go_on() -> Iterator[int]:
    """Put in what waits, newest first, and yield how many objects were put in by each step."""
    while True:
        waits = list(Entry.objects.filter(standing="").order_by("-pk").values_list("pk", flat=True)[:TOGETHER])
        if not waits:
            return
        yield _put(waits)


def is_complete() -> bool:
    """Does every row of the full-text tables hold what this version keeps of it?"""
    return all(full_text_index().is_complete(part) for part in PARTS)


def completing() -> Iterator[int]:
    """Add what is missing to rows of earlier versions, and yield to how many by each step; they are found meanwhile."""
    while done := full_text_index().complete():
        yield done


def merging(*, begun: bool = False) -> Iterator[None]:
    """Put the tables in order, in steps between which others write; `begun`: an earlier round is carried on."""
    index, first = full_text_index(), not begun
    while index.merge(first=first):
        first = False
        yield


def bring_up_to_date() -> int:
    """Rebuild where the words were read otherwise, go on with what waits; return how many objects were put in."""
    if is_due():
        begin()
    return sum(go_on())


def _put(waits: list[int]) -> int:
    """Put some of these in, as many as fit one transaction; an entry another process has put in meanwhile stays."""
    pages = done = 0
    with writing():
        for entry in Entry.objects.select_for_update(of=("self",)).filter(pk__in=waits, standing="").order_by("-pk"):
            heading, read = words_of(entry)
            put_in(entry, heading, read)
            done += 1
            pages += len(read)
            if pages >= TOGETHER_PAGES:
                break
    return done
