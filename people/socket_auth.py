"""Who stands behind a websocket: a bearer token (only in the header) or the browser's session from our own pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from channels.db import database_sync_to_async
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from people.acting import act_from, forget_rights
from people.bearer import good_tokens, token_of
from people.confinement import is_confined, lets_in
from people.middleware import SESSION_KEY
from people.models import User

Scope = Mapping[str, Any]


@dataclass(frozen=True)
class Entrance:
    """A person and what let them in; `still_good` is asked again whenever rights may have changed."""

    user: User
    session_key: str = ""
    token_id: int | None = None
    picked_post: object = None

    def still_good(self) -> bool:
        """Is the account open, and the session or token alive? The person's posts are read anew after this."""
        return self.good_until(timezone.now()) is not None

    def good_until(self, at: datetime) -> datetime | None:
        """Return when session or token expires, or None if it no longer lets anybody in; posts are read anew."""
        forget_rights(self.user)
        act_from(self.user, self.picked_post)
        if self.token_id is not None:
            return good_tokens(at).filter(pk=self.token_id).values_list("expires_at", flat=True).first()
        if not User.objects.filter(pk=self.user.pk, is_active=True).exists():
            return None
        alive = Session.objects.filter(session_key=self.session_key, expire_date__gt=at)
        return alive.values_list("expire_date", flat=True).first()


async def entrance(scope: Scope) -> Entrance | None:
    """Return who opens this socket, or None: nobody, a dead token, or a page of another site using the cookie."""
    header = header_of(scope, b"authorization")
    if header:
        found: Entrance | None = await database_sync_to_async(by_token)(header, header_of(scope, b"acting-post"))
    else:
        found = await database_sync_to_async(by_session)(scope) if is_ours(scope) else None
    return found


def by_token(header: str, picked: str = "") -> Entrance | None:
    """Return the person of a good token."""
    token = token_of(header, timezone.now())
    return entered(Entrance(token.user, token_id=token.pk, picked_post=picked)) if token else None


def entered(found: Entrance) -> Entrance:
    """Let the person act from the post that was picked."""
    act_from(found.user, found.picked_post)
    return found


def by_session(scope: Scope) -> Entrance | None:
    """Return the person of the session that channels' AuthMiddleware has put into the scope."""
    session = scope.get("session")
    user_id = getattr(scope.get("user"), "pk", None)
    if session is None or not session.session_key or not user_id:
        return None
    if not lets_in(session, str(scope.get("path", ""))):
        return None
    person = User.objects.filter(pk=user_id, is_active=True).first()
    if person is None or (person.slip_valid_until is not None and not is_confined(session)):
        return None
    return entered(Entrance(person, session_key=session.session_key, picked_post=session.get(SESSION_KEY)))


def is_ours(scope: Scope) -> bool:
    """May this request use the cookie? Reading over HTTP names no origin: no other site's page can read the answer."""
    reads = scope.get("method") == "GET" and not header_of(scope, b"origin")
    return reads or is_own_page(scope)


def is_own_page(scope: Scope) -> bool:
    """Does the Origin header name this server, or a site the installation trusts?"""
    origin = header_of(scope, b"origin")
    own = urlsplit(origin).netloc == header_of(scope, b"host") != ""
    return bool(origin) and (own or origin in settings.CSRF_TRUSTED_ORIGINS)


def header_of(scope: Scope, name: bytes) -> str:
    """Return a header of the handshake."""
    return next((value.decode("latin-1") for key, value in scope.get("headers", ()) if key == name), "")
