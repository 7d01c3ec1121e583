"""Finding: only what the person's audiences may see, exact tones first, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import overload
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from search.fts import full_text_index
from search.kinds import Kind, kind_of
from search.models import EntryPage
from search.query import Term, has_tones, parse
from search.snippet import Snippet, snippet

COUNT_LIMIT = 1000  # beyond this a count is shown as "hơn 1.000"


_RANKED = """
    WITH matched AS (
        SELECT page.id AS page_id, page.page AS page, entry.id AS entry_id, entry.day AS day, {exact} AS exact
        FROM search_entrypage page JOIN search_entry entry ON entry.id = page.entry_id
        WHERE page.id IN ({folded}) AND {kind} AND EXISTS (
            SELECT 1 FROM search_entryaudience audience
            WHERE audience.entry_id = entry.id AND audience.key IN ({audiences}))
    ), best AS (
        SELECT matched.*, ROW_NUMBER() OVER (PARTITION BY entry_id ORDER BY exact DESC, page) AS place FROM matched
    )
    SELECT page_id, exact FROM best WHERE place = 1
    ORDER BY exact DESC, CASE WHEN page = 0 THEN 0 ELSE 1 END, COALESCE(day, {no_day}) DESC, entry_id DESC
    LIMIT %s OFFSET %s"""


@dataclass(frozen=True)
class Hit:
    """One object found, with the page and the words around the first place."""

    kind: str
    object_id: UUID
    title: str
    url: str
    day: date | None
    page: int
    exact: bool
    snippet: Snippet

    @property
    def face(self) -> Kind:
        """How the kind is called and drawn."""
        return kind_of(self.kind)

    @property
    def address(self) -> str:
        """Where to read it, at the page found where it has pages."""
        return f"{self.url}#page={self.page}" if self.face.paged and self.page else self.url


def find(audiences: Sequence[str], text: str, *, kind: str = "", limit: int = 30, offset: int = 0) -> list[Hit]:
    """Return what these audiences may find, one hit per object: exact tones, then titles, then newest."""
    terms = parse(text)
    if not terms or not audiences:
        return []
    rows = _ranked(audiences, terms, kind, limit, offset)
    pages = {page.pk: page for page in _pages([row[0] for row in rows])}
    return [_hit(pages[page_id], bool(exact), terms) for page_id, exact in rows]


def count(audiences: Sequence[str], text: str, *, kind: str = "") -> int:
    """Return how many objects would be found, counting no further than `COUNT_LIMIT` + 1."""
    terms = parse(text)
    return len(_ranked(audiences, terms, kind, COUNT_LIMIT + 1, 0)) if terms and audiences else 0


class Results(Sequence[Hit]):
    """What would be found, counted up to the limit and read a page at a time (`Paginator` takes it)."""

    def __init__(self, audiences: Sequence[str], text: str, kind: str = "") -> None:
        self.audiences, self.text, self.kind = audiences, text, kind

    @cached_property
    def total(self) -> int:
        """How many there are; `COUNT_LIMIT` + 1 stands for more."""
        return count(self.audiences, self.text, kind=self.kind)

    def __len__(self) -> int:
        return min(self.total, COUNT_LIMIT)

    @overload
    def __getitem__(self, asked: int) -> Hit: ...

    @overload
    def __getitem__(self, asked: slice) -> list[Hit]: ...

    def __getitem__(self, asked: int | slice) -> Hit | list[Hit]:
        if isinstance(asked, int):
            return self[asked : asked + 1][0]
        first, last, _ = asked.indices(len(self))
        if first >= last:
            return []
        return find(self.audiences, self.text, kind=self.kind, limit=last - first, offset=first)


def _pages(page_ids: list[int]) -> QuerySet[EntryPage]:
    return EntryPage.objects.filter(pk__in=page_ids).select_related("entry")


def _ranked(audiences: Sequence[str], terms: list[Term], kind: str, limit: int, offset: int) -> list[tuple[int, int]]:
    """Return (best page, exact?) per object in order of rank."""
    folded_sql, folded_params = full_text_index().match(terms, exact=False)
    exact_sql, exact_params = full_text_index().match(terms, exact=True)
    toned = has_tones(terms)
    sql = _RANKED.format(
        exact=f"CASE WHEN page.id IN ({exact_sql}) THEN 1 ELSE 0 END" if toned else "0",
        folded=folded_sql,
        kind="entry.kind = %s" if kind else "TRUE",
        audiences=", ".join(["%s"] * len(audiences)),
        no_day="'0001-01-01'" if connection.vendor == "sqlite" else "DATE '0001-01-01'",
    )
    asked = [*(exact_params if toned else []), *folded_params, *([kind] if kind else []), *audiences]
    params: list[str | int] = [*asked, limit, offset]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [(int(page_id), int(exact)) for page_id, exact in cursor.fetchall()]


def _hit(page: EntryPage, exact: bool, terms: list[Term]) -> Hit:
    entry = page.entry
    return Hit(
        kind=entry.kind,
        object_id=entry.object_id,
        title=entry.title,
        url=entry.url,
        day=entry.day,
        page=page.page,
        exact=exact,
        snippet=snippet(page.text, terms, exact=exact),
    )


def holding(text: str, kinds: Sequence[str]) -> RawSQL | None:
    """Return what selects the ids of objects of these kinds that hold every word; None when nothing can be searched.

    No audience is asked: the caller filters rows of its own by it, and has decided who reads what is indexed of them.
    """
    terms = parse(text)
    if not terms:
        return None
    matched, params = full_text_index().match(terms, exact=False)
    places = ", ".join(["%s"] * len(kinds))
    sql = f"""SELECT entry.object_id FROM search_entry entry JOIN search_entrypage page ON page.entry_id = entry.id
        WHERE page.id IN ({matched}) AND entry.kind IN ({places})"""
    return RawSQL(sql, (*params, *kinds))
