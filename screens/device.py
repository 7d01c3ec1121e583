"""The screen behind a request: known by its cookie, which scripts cannot read and which opens these pages only."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse

COOKIE = "room_screen"
COOKIE_AGE = timedelta(days=30)


def token_of(request: HttpRequest) -> str:
    """Return the token a browser brings; it may be none of ours."""
    return request.COOKIES.get(COOKIE, "")[:100]


def mark(response: HttpResponse, token: str, *, secure: bool) -> None:
    """Make the browser this screen."""
    age = int(COOKIE_AGE.total_seconds())
    response.set_cookie(COOKIE, token, max_age=age, httponly=True, secure=secure, samesite="Strict")
