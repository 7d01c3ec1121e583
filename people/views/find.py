"""Finding what the person may see: documents by their text, meetings by their agenda."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from people.models import Agency, User
from people.queries import audiences_of, own_agencies
from people.views.doors import person
from search.kinds import known_kinds
from search.queries import COUNT_LIMIT, Narrowed, Results, suggest

PER_PAGE = 20
MAX_QUERY = 200
MOST_TRIES, MOST_WORDS = 3, 6
TRY_SECONDS = 0.15  # for all tries together
_UNQUOTED = str.maketrans('"“”„«»', "      ")
MOST_PAGES = COUNT_LIMIT // PER_PAGE
YEARS = 12
LISTS = ("top-suggestions", "find-suggestions")


@dataclass(frozen=True)
class Asked:
    """What the page was asked: words, and what to narrow the results to; a value that means nothing narrows nothing."""

    user: User
    given: Mapping[str, str]

    @property
    def words(self) -> str:
        """The words typed."""
        return self.given.get("q", "").strip()[:MAX_QUERY]

    @property
    def page(self) -> int:
        """The page of results, from 1."""
        given = self.given.get("page", "")
        return min(max(int(given), 1), MOST_PAGES) if given.isascii() and given.isdecimal() and len(given) < 5 else 1

    @property
    def kind(self) -> str:
        """One kind of thing."""
        return self.given.get("kind", "")[:30]

    @cached_property
    def agencies(self) -> list[Agency]:
        """The agencies to choose from: those the person works in, where they are several."""
        own = list(own_agencies(self.user).order_by("name"))
        return own if len(own) > 1 else []

    @property
    def agency(self) -> int | None:
        """One of them."""
        return next((one.pk for one in self.agencies if str(one.pk) == self.given.get("agency")), None)

    @cached_property
    def years(self) -> list[int]:
        """The years to choose from."""
        return list(range(timezone.localdate().year + 1, timezone.localdate().year - YEARS, -1))

    @property
    def year(self) -> int | None:
        """One of them."""
        return next((year for year in self.years if str(year) == self.given.get("year")), None)

    @cached_property
    def forms(self) -> Sequence[tuple[str, str]]:
        """What the chosen kind can be narrowed to."""
        chosen = next((one for one in known_kinds() if one.key == self.kind), None)
        return chosen.forms() if chosen and chosen.forms else []

    @property
    def form(self) -> str:
        """One of them."""
        return next((form for form, _name in self.forms if form == self.given.get("form")), "")

    @property
    def titles_only(self) -> bool:
        """Titles, numbers and symbols alone?"""
        return bool(self.given.get("titles"))

    @property
    def narrows(self) -> bool:
        """Is anything but the kind narrowed?"""
        return bool(self.agency or self.year or self.form or self.titles_only)

    def within(self) -> Narrowed:
        """Return what the index is asked."""
        since, until = (date(self.year, 1, 1), date(self.year, 12, 31)) if self.year else (None, None)
        facets = (self.form,) if self.form else ()
        return Narrowed(self.kind, self.agency, since, until, facets, self.titles_only)


@login_required
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The words typed, what was found, the page it stands on."""
    asked = Asked(person(request), request.GET.dict())
    sure = PER_PAGE * (asked.page + 1) + 1  # the page asked for, and whether another follows the next one
    results = Results(audiences_of(asked.user) if asked.words else [], asked.words, asked.within(), sure=sure)
    page = Paginator(results, PER_PAGE).get_page(asked.page)
    context = {
        "q": asked.words,
        "said": asked.words.translate(_UNQUOTED).strip(),
        "tries": [] if page.object_list else tries(asked),
        "asked": asked,
        "kind": asked.kind,
        "kinds": known_kinds(),
        "page": page,
        "found": words_for(results.counted, more=results.more),
    }
    return render(request, "people/find.html", context)


def tries(asked: Asked) -> list[tuple[str, str]]:
    """Return other words that do find something where these found nothing, each with how many were found.

    It is a hint beside an answer: what takes long is not tried, or counted no further.
    """
    until = time.monotonic() + TRY_SECONDS
    words = asked.words.translate(_UNQUOTED).split()
    fewer = [" ".join(words[:n] + words[n + 1 :]) for n in range(len(words))] if 1 < len(words) <= MOST_WORDS else []
    others = [one for one in dict.fromkeys([" ".join(words), *fewer]) if one and one != asked.words]
    audiences, found = audiences_of(asked.user), []
    for other in others:
        results = Results(audiences, other, sure=PER_PAGE, until=until)
        if results.counted:
            found.append((other, words_for(results.counted, more=results.more)))
        if len(found) == MOST_TRIES or time.monotonic() > until:
            break
    return found


@login_required
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Titles that hold the words typed so far, for the list under a search field."""
    words = request.GET.get("q", "").strip()[:MAX_QUERY]
    place = request.GET.get("list", "")
    hits = suggest(audiences_of(person(request)), words) if words else []
    context = {"hits": hits, "q": words, "place": place if place in LISTS else LISTS[0]}
    return render(request, "people/suggestions.html", context)


def words_for(counted: int, *, more: bool) -> str:
    """Return how many were found; where counting ended before them, only that there are more."""
    if more:
        return _("More than %(count)s found") % {"count": number_format(_rounded(counted), force_grouping=True)}
    return ngettext("%(count)d found", "%(count)d found", counted) % {"count": counted}


def _rounded(counted: int) -> int:
    """Return a number not above this one that does not look more exact than it is."""
    return next((counted // step * step for step in (100, 10) if counted > 2 * step), counted)
