"""Turns refusals and unseen objects, wherever they are raised in a view, into the right answer."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.defaults import server_error as page_of_defect

from config.problems import answer, problem, wants_problem
from ledger.verdict import Refused, Unseen

GetResponse = Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]


class RefusalMiddleware:
    """Answer `Refused` with 403 and its sentence, `Unseen` with 404, and a zero byte in the address with 400."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        if has_zero_byte(request):
            return self.unreadable(request)
        return self.get_response(request)

    def unreadable(self, request: HttpRequest) -> Any:
        """Answer 400; under ASGI the answer is awaited."""
        response = answer(request, 400, "bad_request", _("The address cannot be read. Go back and try the link again."))
        if not iscoroutinefunction(self):
            return response

        async def later() -> HttpResponse:
            return response

        return later()

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer the two exceptions of the house; leave others to Django."""
        return refusal(request, exception)


def refusal(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """Return the answer to one of the two exceptions of the house; a refused form goes back to its page."""
    if isinstance(exception, Refused):
        return back_with(request, exception.text) or answer(request, 403, exception.code, exception.text)
    if isinstance(exception, Unseen):
        return answer(request, 404, "not_found", not_found_text())
    return None


def back_with(request: HttpRequest, text: str) -> HttpResponse | None:
    """Send somebody whose form was refused back to the page it stood on, which says why; programs get the status."""
    page = own_page_before(request)
    if request.method != "POST" or wants_problem(request) or not is_from_a_page(request) or not page:
        return None
    messages.error(request, text)
    return HttpResponseRedirect(page, status=HTTPStatus.SEE_OTHER)


def is_from_a_page(request: HttpRequest) -> bool:
    """Did a browser send a plain form? Scripts that fetch must see the refusal itself."""
    return "text/html" in request.headers.get("Accept", "") and (
        request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    )


def own_page_before(request: HttpRequest) -> str:
    """Return path and query of the page the person came from, if it is one of ours; else nothing."""
    before = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(before, {request.get_host()}) or not urlsplit(before).netloc:
        return ""
    parts = urlsplit(before)
    path = f"/{parts.path.lstrip('/')}"
    return f"{path}?{parts.query}" if parts.query else path


def not_found_text() -> str:
    """Return the sentence for whatever does not exist for this person."""
    return _("There is nothing here, or it is not open to you. Check the address, or go back to the start page.")


def has_zero_byte(request: HttpRequest) -> bool:
    """PostgreSQL cannot store a zero byte and no honest address carries one."""
    return "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", "")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What cannot be read at all."""
    return answer(request, 400, "bad_request", _("The request cannot be read. Check its form and send again."))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's own refusals."""
    return answer(request, 403, "not_allowed", _("This is not open to you."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address nobody answers, or an object that does not exist for this person."""
    return answer(request, 404, "not_found", not_found_text())


def server_error(request: HttpRequest) -> HttpResponse:
    """A defect of ours: said without the database and without context."""
    if wants_problem(request):
        return problem(500, "server_error", _("Something went wrong on the server. Try again in a minute."))
    return page_of_defect(request)
