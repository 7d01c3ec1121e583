"""Password slips for many at once: who waits for one, and a sheet of slips to print and cut."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.actions import slips
from people.drafts import drafted
from people.intakes import waiting_for_slip
from people.listing import chosen_unit, in_unit, units_to_choose
from people.slips import Slip
from people.views.doors import administrators, person

PER_PRINT = 30


@administrators
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: HttpRequest) -> HttpResponse:
    """Who has no password that works; the next slips are made when they are printed, and shown once."""
    user = person(request)
    unit = chosen_unit(user, request.POST.get("unit") or request.GET.get("unit", ""))
    people = in_unit(waiting_for_slip(user), unit)
    made: list[Slip] = []
    if request.method == "POST":
        made = slips.hand_out(drafted(list(people[:PER_PRINT])), by=user, at=timezone.now())
    context = {
        "slips": made,
        "people": people[:PER_PRINT],
        "total": people.count(),
        "unit": unit,
        "units": units_to_choose(user),
        "per_print": PER_PRINT,
    }
    return render(request, "people/slips.html", context)
