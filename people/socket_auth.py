"""Who stands behind a websocket: a bearer token (only in the header) or the browser's session from our own pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from channels.db import database_sync_to_async
from django.conf import settings
from django.utils import timezone

from people.bearer import good_tokens, token_of
from people.models import User

Scope = Mapping[str, Any]


@dataclass(frozen=True)
class Entrance:
    """A person and what let them in; `still_good` is asked again whenever rights may have changed."""

    user: User
    session_key: str = ""
    token_id: int | None = None

    def still_good(self) -> bool:
        """Is the account open, and the session or token alive? One query and a session look-up."""
        if self.token_id is not None:
            return good_tokens(timezone.now()).filter(pk=self.token_id).exists()
        alive = import_module(settings.SESSION_ENGINE).SessionStore().exists(self.session_key)
        return bool(alive) and User.objects.filter(pk=self.user.pk, is_active=True).exists()


async def entrance(scope: Scope) -> Entrance | None:
    """Return who opens this socket, or None: nobody, a dead token, or a page of another site using the cookie."""
    header = header_of(scope, b"authorization")
    if header:
        found: Entrance | None = await database_sync_to_async(by_token)(header)
    else:
        found = await database_sync_to_async(by_session)(scope) if is_own_page(scope) else None
    return found


def by_token(header: str) -> Entrance | None:
    """Return the person of a good token."""
    token = token_of(header, timezone.now())
    return Entrance(token.user, token_id=token.pk) if token else None


def by_session(scope: Scope) -> Entrance | None:
    """Return the person of the session that channels' AuthMiddleware has put into the scope."""
    session = scope.get("session")
    key = session.session_key if session is not None else None
    user_id = getattr(scope.get("user"), "pk", None)
    person = User.objects.filter(pk=user_id, is_active=True).first() if key and user_id else None
    if person is None or person.slip_valid_until is not None:
        return None
    return Entrance(person, session_key=str(key))


def is_own_page(scope: Scope) -> bool:
    """Does the Origin header name this server, or a site the installation trusts?"""
    origin = header_of(scope, b"origin")
    own = urlsplit(origin).netloc == header_of(scope, b"host") != ""
    return bool(origin) and (own or origin in settings.CSRF_TRUSTED_ORIGINS)


def header_of(scope: Scope, name: bytes) -> str:
    """Return a header of the handshake."""
    return next((value.decode("latin-1") for key, value in scope.get("headers", ()) if key == name), "")
