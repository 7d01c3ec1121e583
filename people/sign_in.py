"""Coming in and going out: the answer to too many attempts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def locked_out(
    request: HttpRequest, credentials: dict[str, Any] | None = None, *args: Any, **kwargs: Any
) -> HttpResponse:
    """Answer a sign-in that is refused for a while after too many wrong attempts."""
    text = _("Too many wrong attempts. Wait 15 minutes, or ask the clerk of your agency to unlock the account.")
    return render(request, "429.html", {"code": "locked_out", "text": text}, status=429)
