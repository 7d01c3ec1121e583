"""Finding: only what the person's audiences may see, exact tones first, titles before pages, newest first."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice
from math import inf
from typing import overload
from urllib.parse import quote
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from search.fts import full_text_index
from search.fts.asked import MANY_KEYS, Asked, Column, Params, Part, is_sound
from search.kinds import Kind, kind_of
from search.models import Entry, EntryAudience, EntryPage
from search.place import ENTRY_BITS, MOST_ENTRIES, PAGE_BITS, between, entry_and_page, last_of_entry
from search.query import Term, has_tones, parse, said
from search.snippet import Snippet, snippet

COUNT_LIMIT = 1000  # beyond this a count is shown as "hơn 1.000"
COUNT_SECONDS = 0.06  # nor any longer: what was counted until then is shown as "hơn 340"
_FIRST, _MOST = 60, 1500  # places read at a time, doubling; the rest of an object is skipped between two readings
# Up to `MANY_KEYS` audiences are asked of the full-text tables themselves. With more, objects that hold the words are
# read newest first and looked up one by one, until too few of so many were the person's.
_PATIENCE, _POOR = 2000, 0.1


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What results are narrowed to; empty means everything."""

    kind: str = ""
    agency_id: int | None = None
    since: date | None = None
    until: date | None = None
    facets: tuple[str, ...] = ()
    titles_only: bool = False

    def words(self) -> list[str]:
        """Return the facets asked of the full-text tables."""
        agency = [] if self.agency_id is None else [f"of:{self.agency_id}"]
        return [*([f"kind:{self.kind}"] if self.kind else []), *agency, *self.facets]


EVERYTHING = Narrowed()


@dataclass(frozen=True)
class Hit:
    """One object found, with the page and the words around the first place."""

    kind: str
    object_id: UUID
    agency_id: int
    title: str
    url: str
    day: date | None
    page: int
    exact: bool
    snippet: Snippet
    anchor: str = ""
    by_machine: bool = False
    words: str = ""

    @property
    def face(self) -> Kind:
        """How the kind is called and drawn."""
        return kind_of(self.kind)

    @property
    def address(self) -> str:
        """Where to read it: at the page found where it has pages, the words marked where it has letters."""
        if self.anchor:
            return f"{self.url}#{self.anchor}"
        if not (self.face.paged and self.page):
            return self.url
        marked = f"&find={quote(self.words)}" if self.words and not self.by_machine else ""
        return f"{self.url}#page={self.page}{marked}"


@dataclass(frozen=True, slots=True)
class _Found:
    """Where an object was found: its best page, and whether with the tones typed."""

    entry_id: int
    page: int
    exact: bool


def find(
    audiences: Sequence[str], text: str, *, within: Narrowed = EVERYTHING, limit: int = 30, offset: int = 0
) -> list[Hit]:
    """Return what these audiences may find, one hit per object: exact tones, then titles, then newest."""
    terms = parse(text)
    return _hits(audiences, list(islice(_ranked(audiences, terms, within), offset, offset + limit)), terms)


def count(audiences: Sequence[str], text: str, *, within: Narrowed = EVERYTHING) -> int:
    """Return how many objects would be found, counting no further than `COUNT_LIMIT` + 1."""
    return sum(1 for _ in islice(_ranked(audiences, parse(text), within), COUNT_LIMIT + 1))


def suggest(audiences: Sequence[str], text: str, *, limit: int = 8) -> list[Hit]:
    """Return objects whose title holds every word, the last of which may have been begun only."""
    terms = parse(text)
    begun = bool(terms) and not text.endswith((" ", '"')) and len(terms[-1].folded[-1]) > 1
    found = _ranked(audiences, terms, Narrowed(titles_only=True), begun=begun)
    return _hits(audiences, list(islice(found, limit)), terms, begun=begun)


class Results(Sequence[Hit]):
    """What would be found, put in order as far as is asked and read a page at a time (`Paginator` takes it).

    The first `sure` results are looked for unless the time `until` comes; counting goes on up to the limit while it
    is quick.
    """

    def __init__(
        self,
        audiences: Sequence[str],
        text: str,
        within: Narrowed = EVERYTHING,
        *,
        sure: int = 0,
        hurry: bool = True,
        until: float = inf,
    ) -> None:
        self.audiences, self.terms, self.within = audiences, parse(text), within
        self.sure, self.seconds = min(sure, COUNT_LIMIT), COUNT_SECONDS if hurry else None
        self.until = until  # as `time.monotonic` tells it

    @property
    def counted(self) -> int:
        """How many there are, or were counted when it took too long."""
        return len(self)

    @property
    def more(self) -> bool:
        """Are there, or may there be, more than were counted?"""
        return self._read[1]

    @cached_property
    def _read(self) -> tuple[list[_Found], bool]:
        ends = time.monotonic() + (self.seconds or 0)
        found: list[_Found] = []
        for one in _ranked(self.audiences, self.terms, self.within, until=self.until):
            if len(found) == COUNT_LIMIT:
                return found, True
            found.append(one)
            if self.seconds and len(found) > self.sure and time.monotonic() > ends:
                return found, True
        return found, time.monotonic() > self.until

    def __len__(self) -> int:
        return len(self._read[0])

    @overload
    def __getitem__(self, asked: int) -> Hit: ...

    @overload
    def __getitem__(self, asked: slice) -> list[Hit]: ...

    def __getitem__(self, asked: int | slice) -> Hit | list[Hit]:
        if isinstance(asked, int):
            return self[asked : asked + 1][0]
        first, last, _ = asked.indices(len(self))
        return _hits(self.audiences, self._read[0][first:last], self.terms)


def _ranked(
    audiences: Sequence[str], terms: list[Term], within: Narrowed, *, begun: bool = False, until: float = inf
) -> Iterator[_Found]:
    """Yield each object once, in order of rank: tier by tier, each read from its newest place on."""
    if not terms or not audiences or not all(map(is_sound, within.words())):
        return
    columns: tuple[Column, ...] = ("exact", "folded") if has_tones(terms) else ("folded",)
    parts: tuple[Part, ...] = ("titles",) if within.titles_only else ("titles", "pages")
    after, before = between(within.since, within.until)
    seen: set[int] = set()
    folded = [term.folded for term in terms]
    for column in columns:
        words = [term.exact for term in terms] if column == "exact" else folded
        for part in parts:
            asked = Asked(part, column, words, folded, (), within.words(), after, before, begun)
            for entry_id, page in _visible_places(asked, audiences, until):
                if entry_id not in seen:
                    seen.add(entry_id)
                    yield _Found(entry_id, page, column == "exact")


def _visible_places(asked: Asked, audiences: Sequence[str], until: float) -> Iterator[tuple[int, int]]:
    """Yield the first page of each object of one tier that these audiences may find."""
    few, keys, looked_at, visible = len(audiences) <= MANY_KEYS, frozenset(audiences), 0, 0
    for places in _batches(replace(asked, keys=audiences) if few else asked, until):
        pages = [entry_and_page(place) for place in places]
        allowed = pages if few else _allowed(pages, keys)
        yield from allowed
        looked_at, visible = looked_at + len(pages), visible + len(allowed)
        if not few and looked_at > _PATIENCE and visible < looked_at * _POOR:
            rest = replace(asked, keys=audiences, after=last_of_entry(places[-1]))
            yield from (entry_and_page(place) for batch in _batches(rest, until) for place in batch)
            return


def _batches(asked: Asked, until: float) -> Iterator[list[int]]:
    """Yield the first place of each object, some at a time, for as long as there is time."""
    size, last = _FIRST, -1
    while time.monotonic() <= until:
        places, first = _read(asked, size), []
        for place in places:
            if place > last:
                first.append(place)
                last = last_of_entry(place)
        if first:
            yield first
        if len(places) < size:
            return
        asked, size = replace(asked, after=last), min(2 * size, _MOST)


def _allowed(pages: Sequence[tuple[int, int]], keys: frozenset[str]) -> list[tuple[int, int]]:
    """Return those whose object one of these audiences may find."""
    of_these = EntryAudience.objects.filter(entry_id__in=[entry_id for entry_id, _ in pages])
    visible = {entry_id for entry_id, key in of_these.values_list("entry_id", "key") if key in keys}
    return [one for one in pages if one[0] in visible]


def _read(asked: Asked, size: int) -> list[int]:
    sql, params = full_text_index().places(asked)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT %s", [*params, size])
        return [place for (place,) in cursor.fetchall()]


def _hits(audiences: Sequence[str], found: Sequence[_Found], terms: list[Term], *, begun: bool = False) -> list[Hit]:
    """Read what is shown; whoever asks is looked up among its audiences once more, beside the full-text tables."""
    entries = Entry.objects.in_bulk([one.entry_id for one in found])
    places = set(_allowed([(one.entry_id, one.page) for one in found], frozenset(audiences)))
    shown = [one for one in found if (one.entry_id, one.page) in places]
    texts, words = _texts(shown), said(terms)
    return [
        _hit(entries[one.entry_id], one, snippet(texts[one.entry_id], terms, exact=one.exact, begun=begun), words)
        for one in shown
    ]


def _texts(found: Iterable[_Found]) -> dict[int, str]:
    """Return the text of each object's best page."""
    wanted = Q(pk__in=[])
    for one in found:
        wanted |= Q(
            entry=one.entry_id, page=one.page
        )  # each by its index; a list of pairs SQLite looks up by reading all
    pages = EntryPage.objects.filter(wanted)
    return dict(pages.values_list("entry_id", "text"))


def _hit(entry: Entry, found: _Found, around: Snippet, words: str) -> Hit:
    return Hit(
        kind=entry.kind,
        object_id=entry.object_id,
        agency_id=entry.agency_id,
        title=entry.title,
        url=entry.url,
        day=entry.day,
        page=found.page,
        exact=found.exact,
        snippet=around,
        anchor=_anchor(entry, found.page),
        words=words,
        by_machine=str(found.page) in entry.read_by_machine.split(),
    )


def _anchor(entry: Entry, page: int) -> str:
    anchors = entry.anchors.split("\n")
    return anchors[page - 1] if 0 < page <= len(anchors) else ""


def is_known(kind: str, object_id: UUID) -> bool:
    """Does the index know the object?"""
    return Entry.objects.filter(kind=kind, object_id=object_id).exists()


def unmarked_pages(kind: str) -> QuerySet[EntryPage]:
    """Return the pages with text of objects of which no page is said to be read by a machine."""
    return EntryPage.objects.filter(entry__kind=kind, entry__read_by_machine="", page__gt=0).exclude(text="")


def holding(text: str, kinds: Sequence[str], audiences: Sequence[str] = ()) -> RawSQL | None:
    """Return what selects the ids of objects of these kinds that hold every word; None when nothing can be searched.

    Without audiences nobody's rights are asked: the caller filters rows of its own by it, and has decided who reads
    what is indexed of them.
    """
    terms = parse(text)
    if not terms:
        return None
    sql, params = [], []
    for kind in kinds:
        for part in ("titles", "pages"):
            places, asked = _places_of_kind(part, terms, kind, audiences)
            sql.append(f"SELECT place FROM ({places}) AS {part}_{kind}")
            params += asked
    entry = f"{MOST_ENTRIES} - ((found.place >> {PAGE_BITS}) & {(1 << ENTRY_BITS) - 1})"
    chosen = f"SELECT {entry} FROM ({' UNION ALL '.join(sql)}) AS found"
    return RawSQL(f"SELECT entry.object_id FROM search_entry entry WHERE entry.id IN ({chosen})", params)


def _places_of_kind(part: Part, terms: list[Term], kind: str, audiences: Sequence[str]) -> tuple[str, Params]:
    words = [term.folded for term in terms]
    return full_text_index().places(Asked(part, "folded", words, words, audiences, (f"kind:{kind}",)))
