"""The ways out of the house: which of them this installation has."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from notices.models import Delivery, Notice

MAIL, PUSH = Delivery.Channel.MAIL.value, Delivery.Channel.PUSH.value


def mail_is_on() -> bool:
    """Has the installation a mail server?"""
    return bool(settings.EMAIL_URL)


def push_is_on() -> bool:
    """May pushes leave the house? Without a host they may go to, none is offered."""
    return bool(settings.PUSH_HOSTS)


def is_on(channel: str) -> bool:
    """Is this channel set up?"""
    return mail_is_on() if channel == MAIL else push_is_on()


def site() -> str:
    """Return the address people reach this installation by, without the last slash."""
    scheme = "https" if settings.HTTPS else "http"
    return (settings.PUBLIC_URL or f"{scheme}://{settings.HOST}:{settings.PORT}").rstrip("/")


def site_host() -> str:
    """Return the host name of that address."""
    return urlsplit(site()).hostname or "localhost"


def link(notice: Notice) -> str:
    """Return the full address that opens a notice, which also marks it as read."""
    return site() + reverse("notices:open", args=[notice.public_id])


def sender() -> str:
    """Return whom mails are from."""
    return settings.MAIL_FROM or settings.EMAIL_HOST_USER or f"nghi-su@{site_host()}"
