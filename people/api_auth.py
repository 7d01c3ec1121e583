"""How the API recognises a person: a bearer token in the header, or the browser's session with its CSRF token."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import APIKeyCookie
from ninja.security.base import AuthBase

from people.bearer import token_of
from people.models import ApiToken, User
from people.queries import posts_of

ACTING_POST = "Acting-Post"


class TokenAuth(AuthBase):
    """`Authorization: Bearer nst_…`; `Acting-Post: <public id>` picks one of several posts."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> ApiToken | None:
        token = token_of(request.headers.get("Authorization", ""), timezone.now())
        if token is not None:
            request.user = token.user
            pick_post(token.user, request.headers.get(ACTING_POST, ""))
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


def pick_post(user: User, public_id: str) -> None:
    """Act from the post named in the header, if it is held today."""
    for post in posts_of(user):
        if str(post.public_id) == public_id:
            user.acting_post_id = post.pk


WAYS = [TokenAuth(), SessionCookieAuth()]
