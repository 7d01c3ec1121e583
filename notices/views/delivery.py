"""For administrators: does mail go out, do pushes, what failed and why."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ledger.door import writing
from ledger.verdict import Refused
from notices import channels
from notices.actions import trying
from notices.queries import administered_trouble, is_failing, tally
from notices.reasons import why_not
from people.views.doors import administrators, person

PER_PAGE = 50


@administrators
@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """How many wait, what failed with which reason; never what a notice says."""
    page = Paginator(administered_trouble(person(request)), PER_PAGE).get_page(request.GET.get("page"))
    at = timezone.now()
    states = [
        {"channel": channel, "on": channels.is_on(channel), "failing": is_failing(channel), **tally(channel, at)}
        for channel in (channels.MAIL, channels.PUSH)
    ]
    lines = [{"row": row, "reason": why_not(row.reason)} for row in page]
    return render(request, "notices/delivery.html", {"states": states, "page": page, "lines": lines})


@administrators
@require_POST
def send_test(request: HttpRequest) -> HttpResponse:
    """Send a test mail to oneself, or say what is missing for it."""
    user = person(request)
    if not channels.mail_is_on():
        raise Refused("mail_off")
    if not user.email:
        raise Refused("no_address")
    with writing():
        trying.try_channels(user, at=timezone.now())
    messages.success(request, _("A test mail to %(address)s is on its way.") % {"address": user.email})
    return redirect("notices:delivery")
