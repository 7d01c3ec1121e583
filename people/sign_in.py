"""Coming in and going out: every attempt is written down; too many wrong ones are answered calmly."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from people.addresses import client_address
from people.lockout import attempted_name
from people.models import User


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Answer a sign-in that is refused for a while after too many wrong attempts."""
    text = _("Too many wrong attempts. Wait 15 minutes, or ask the clerk of your agency to unlock the account.")
    if request.path.startswith("/api/"):
        response = problem(429, "locked_out", text)
    else:
        response = render(request, "429.html", {"code": "locked_out", "text": text}, status=429)
    response["Retry-After"] = "900"
    return response


def problem(status: int, code: str, text: str) -> HttpResponse:
    """Return the problem document (RFC 9457) of a sign-in that failed."""
    body = {"type": "about:blank", "title": code, "status": status, "detail": text, "code": code}
    return JsonResponse(
        body, status=status, content_type="application/problem+json", json_dumps_params={"ensure_ascii": False}
    )


def listen() -> None:
    """Write down what Django and allauth tell about sign-ins; the only signals the program listens to."""
    user_logged_in.connect(came_in, dispatch_uid="people.came_in")
    user_logged_out.connect(went_out, dispatch_uid="people.went_out")
    user_login_failed.connect(was_refused, dispatch_uid="people.was_refused")
    authenticator_added.connect(factor_added, dispatch_uid="people.factor_added")
    authenticator_removed.connect(factor_removed, dispatch_uid="people.factor_removed")


def factor_added(sender: object, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """A second factor has been set up."""
    from people.actions.sign_ins import note_factor

    note_factor(user, verb="add_factor", kind=authenticator.type, at=timezone.now())


def factor_removed(sender: object, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """A second factor has been taken off."""
    from people.actions.sign_ins import note_factor

    note_factor(user, verb="remove_factor", kind=authenticator.type, at=timezone.now())


def came_in(sender: object, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A person has signed in."""
    note(request, "signed_in", user.username, user)


def went_out(sender: object, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    """A person has signed out."""
    if user is not None and user.is_authenticated:
        note(request, "signed_out", user.username, user)


def was_refused(sender: object, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    """A wrong name or password, or a name that is locked."""
    if request is None:
        return
    name = attempted_name(request, credentials)
    user = User.objects.filter(username=name, is_system=False).first()
    note(request, "locked" if getattr(request, "axes_locked_out", False) else "refused", name, user)


def note(request: HttpRequest, outcome: str, name: str, user: User | None) -> None:
    """Write one line of the sign-in log."""
    from people.actions.sign_ins import note as write

    agent = request.META.get("HTTP_USER_AGENT", "")
    write(user, outcome=outcome, name=name, address=client_address(request), agent=agent, at=timezone.now())
