"""Finding what the person may see: documents by their text, meetings by their agenda."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from people.queries import audiences_of
from people.views.doors import person
from search.kinds import known_kinds
from search.queries import COUNT_LIMIT, Narrowed, Results

PER_PAGE = 20
MAX_QUERY = 200


@login_required
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The words typed, what was found, the page it stands on."""
    asked = request.GET.get("q", "").strip()[:MAX_QUERY]
    kind = request.GET.get("kind", "")
    results = Results(audiences_of(person(request)) if asked else [], asked, Narrowed(kind))
    context = {
        "q": asked,
        "kind": kind,
        "kinds": known_kinds(),
        "page": Paginator(results, PER_PAGE).get_page(request.GET.get("page")),
        "found": words_for(results.total),
    }
    return render(request, "people/find.html", context)


def words_for(total: int) -> str:
    """Return how many were found; beyond the limit only that there are more."""
    if total > COUNT_LIMIT:
        return _("More than %(count)s found") % {"count": number_format(COUNT_LIMIT, force_grouping=True)}
    return ngettext("%(count)d found", "%(count)d found", total) % {"count": total}
