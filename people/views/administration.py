"""The page of cards from which every administration page is reached."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ledger.verdict import Unseen
from people.administration import cards, conditions, grouped
from people.views.doors import is_administrator, person


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What I may administer, in groups; for whoever administers nothing the page does not exist."""
    shown = cards(person(request))
    if not shown:
        raise Unseen
    known = conditions() if is_administrator(request.user) else []
    return render(request, "people/administration.html", {"groups": grouped(shown), "conditions": known})
