"""The tablet behind a request: known by its cookie, which scripts cannot read."""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse

from tablets.models import Tablet
from tablets.queries import tablet_by_token

COOKIE = "office_tablet"
COOKIE_AGE = timedelta(days=400)
CLEARED = '"cache", "storage"'


def tablet_of(request: HttpRequest) -> Tablet | None:
    """Return the office tablet the request comes from."""
    return tablet_by_token(request.COOKIES.get(COOKIE, ""))


def mark(response: HttpResponse, token: str, *, secure: bool) -> None:
    """Make the browser this tablet."""
    age = int(COOKIE_AGE.total_seconds())
    response.set_cookie(COOKIE, token, max_age=age, httponly=True, secure=secure, samesite="Lax")


def clear(response: HttpResponse) -> HttpResponse:
    """Have the browser throw away what pages have stored (Clear-Site-Data); the tablet's own cookie stays."""
    response["Clear-Site-Data"] = CLEARED
    response["Cache-Control"] = "no-store"
    return response


def session_seconds(ends_at: datetime, at: datetime) -> int:
    """Return how long a tablet's session lives: until two hours after the planned end, two to twelve hours."""
    left = ends_at + timedelta(hours=2) - at
    return int(min(max(left, timedelta(hours=2)), timedelta(hours=12)).total_seconds())
