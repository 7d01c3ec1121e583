"""Where the signed-in person stands: the post acted in, a slip still to be replaced, a session still in use."""

from collections.abc import Awaitable, Callable
from typing import Any, cast

from allauth.usersessions.models import UserSession
from asgiref.sync import iscoroutinefunction, sync_to_async
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import sync_and_async_middleware

from ledger.verdict import Refused
from people import confinement
from people.acting import act_from
from people.addresses import client_address
from people.identity import came_by_provider
from people.models import User
from people.sign_in import problem

SESSION_KEY = "acting_post"
SEEN_SECONDS = 300
WITH_SLIP = ("/accounts/", "/i18n/", "/static/", "/trust/", "/healthz", "/readyz")

GetResponse = Callable[[HttpRequest], Any]


@sync_and_async_middleware
def standing(get_response: GetResponse) -> GetResponse:
    """Prepare `request.user`; a post no longer held falls back to the first current one."""
    if iscoroutinefunction(get_response):

        async def ahead(request: HttpRequest) -> HttpResponseBase:
            clean_agent(request)
            redirect = await sync_to_async(stand, thread_sensitive=True)(request) if has_session(request) else None
            return redirect or await cast(Awaitable[HttpResponseBase], get_response(request))

        return ahead

    def straight(request: HttpRequest) -> HttpResponseBase:
        clean_agent(request)
        redirect = stand(request) if has_session(request) else None
        return redirect or cast(HttpResponseBase, get_response(request))

    return straight


def clean_agent(request: HttpRequest) -> None:
    """Session list and sign-in log store the browser's name; PostgreSQL cannot store a zero byte."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    if "\x00" in agent:
        request.META["HTTP_USER_AGENT"] = agent.replace("\x00", "")


def has_session(request: HttpRequest) -> bool:
    """Did the browser bring a session at all? Without one there is nothing to ask the database."""
    return bool(request.session.session_key)


def stand(request: HttpRequest) -> HttpResponse | None:
    """Set the acting post and note that the session lives; answer with the way to a new password if one is due."""
    user = request.user
    if not isinstance(user, User) or not user.is_authenticated:
        return None
    if SESSION_KEY in request.session:
        act_from(user, request.session[SESSION_KEY])
    note_seen(request)
    if confinement.is_confined(request.session):
        return None if confinement.lets_in(request.session, request.path) else out_of_reach(request)
    if user.slip_valid_until is None or request.path.startswith(WITH_SLIP):
        return None
    if not came_by_provider(request, user):
        return HttpResponseRedirect(reverse("account_change_password"))
    return None


def out_of_reach(request: HttpRequest) -> HttpResponse:
    """Answer a confined session that asks for something else: back to its own page, or a refusal."""
    if request.method == "GET" and "text/html" in request.headers.get("Accept", ""):
        return HttpResponseRedirect(confinement.HOME)
    return problem(403, "confined", Refused("confined").text)


def note_seen(request: HttpRequest) -> None:
    """Keep the session list fresh, one write in five minutes."""
    key = request.session.session_key
    if cache.add(f"seen:{key}", 1, SEEN_SECONDS):
        sessions = UserSession.objects.filter(session_key=key)
        address = client_address(request)
        with transaction.atomic():  # writers queue for a transaction, single statements would not
            sessions.update(last_seen_at=timezone.now(), **({"ip": address} if address else {}))
