"""The open API at /api/v1/: routers of the packages, one error form, one way to say who you are."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from config.errors import not_found_text
from config.problems import problem
from ledger.verdict import Refused, Unseen

PACKAGES = ["people", "notices", "documents", "annotations", "signing", "meetings", "metrics"]


def auth() -> list[Any]:
    """Return the ways to be recognised: bearer token or the browser's session."""
    return list(import_module("people.api_auth").WAYS) if find_spec("people.api_auth") else []


api = NinjaAPI(
    title="Nghị Sự",
    version="1",
    description="Meetings, documents, signatures and figures of the agency. Errors are application/problem+json.",
    docs_url=None,
    auth=auth() or None,
)

for package in PACKAGES:
    if find_spec(f"{package}.api"):
        api.add_router("", import_module(f"{package}.api").router)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """Seen, but not allowed now."""
    return problem(403, error.code, error.text)


@api.exception_handler(Unseen)
@api.exception_handler(Http404)
def unseen(request: HttpRequest, error: Exception) -> HttpResponse:
    """Does not exist for this person."""
    return problem(404, "not_found", not_found_text())


@api.exception_handler(AuthenticationError)
def anonymous(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Nobody is signed in."""
    response = problem(401, "sign_in", _("Sign in first, or send a valid token."))
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The request does not fit the published schema."""
    fields = [{"loc": [str(part) for part in found["loc"]], "type": found["type"]} for found in error.errors]
    return problem(422, "invalid", _("Some fields are missing or wrong. Correct them and send again."), errors=fields)


@api.exception_handler(Throttled)
def throttled(request: HttpRequest, error: Throttled) -> HttpResponse:
    """Too many requests."""
    return problem(429, "too_many", _("Too many requests. Wait a little and try again."))


@api.exception_handler(HttpError)
def failed(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Whatever else the API itself refuses, such as a body that is not JSON."""
    return problem(error.status_code, "bad_request", _("The request cannot be read. Check its form and send again."))
