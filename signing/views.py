"""Pages of signing: the public check page, and the two buttons with a PIN."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from documents.models import Version
from documents.queries import get_visible_outgoing
from ledger.verdict import Refused
from people.addresses import client_address
from people.requests import person
from signing import flow, installation
from signing.presentation import shown
from signing.throttle import Busy, turn
from signing.verification.verify import verify

CHECK_MAX_BYTES = 32 * 1024 * 1024


@csrf_exempt  # it changes nothing and needs no session: a forged request would only check a file
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Check a file somebody brings along; it is looked at once and not kept."""
    if request.method != "POST":
        return _check_page(request)
    if _too_large(request):
        return _check_page(request, status=413, error=_("The file is larger than 32 MB. Choose a smaller one."))
    file = request.FILES.get("file")
    if file is None or not file.size:
        return _check_page(request, status=422, error=_("Choose a PDF file that is not empty."))
    try:
        with turn(client_address(request) or ""):
            report = verify(file.read(), installation.trust_list(), at=timezone.now(), limit=30)
    except Busy:
        return _check_page(request, status=429, error=_("Too many checks just now. Try again in a minute."))
    return _check_page(request, report=shown(report), name=file.name)


@login_required
@sensitive_post_parameters("pin")
@require_POST
def sign(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Sign as the competent person: the PIN, and the fingerprint of what was shown."""
    user = person(request)
    row = get_visible_outgoing(user, public_id)
    pin, fingerprint = request.POST.get("pin", ""), request.POST.get("shown", "")

    def work() -> Version:
        return flow.sign(row, pin=pin, shown_sha256=fingerprint, by=user, at=timezone.now())

    return _done(request, public_id, work, _("Signed. The clerk can give number and date now."))


@login_required
@sensitive_post_parameters("pin")
@require_POST
def seal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Apply number, date and the agency's seal."""
    user = person(request)
    row = get_visible_outgoing(user, public_id)
    pin = request.POST.get("pin", "")
    return _done(
        request,
        public_id,
        lambda: flow.seal(row, pin=pin, by=user, at=timezone.now()),
        _("Number, date and the agency's seal are in the document. It can be issued now."),
    )


def _done(request: HttpRequest, public_id: UUID, work: Callable[[], Version], text: str) -> HttpResponse:
    """Do the work and go back to the document; the result is announced either way (TT 41/2017, Art. 6)."""
    try:
        work()
        messages.success(request, text)
    except Refused as refusal:
        messages.error(request, refusal.text)
    return redirect("documents:outgoing", public_id)


def _too_large(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not length.isdecimal() or int(length) > CHECK_MAX_BYTES


def _check_page(request: HttpRequest, *, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, "signing/check.html", context, status=status)
