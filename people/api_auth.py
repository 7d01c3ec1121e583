"""How the API recognises a person: a bearer token in the header, or the browser's session with its CSRF token."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import APIKeyCookie
from ninja.security.base import AuthBase

from people.acting import act_from
from people.bearer import token_of
from people.models import ApiToken

ACTING_POST = "Acting-Post"


class TokenAuth(AuthBase):
    """`Authorization: Bearer nst_…`; `Acting-Post: <public id>` picks one of several posts."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> ApiToken | None:
        token = token_of(request.headers.get("Authorization", ""), timezone.now())
        if token is not None:
            request.user = token.user
            if ACTING_POST in request.headers:
                act_from(token.user, request.headers[ACTING_POST])
        return token


class SessionCookieAuth(APIKeyCookie):
    """The session of whoever is signed in on a page; unsafe methods need the CSRF token."""

    param_name = "sessionid"

    def __call__(self, request: HttpRequest) -> Any:
        if "Authorization" in request.headers or not request.user.is_authenticated:
            return None
        return super().__call__(request)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """The session has been looked up already."""
        return request.user


WAYS = [TokenAuth(), SessionCookieAuth()]
