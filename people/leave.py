"""Putting a person out: sessions, tokens and open sockets end together."""

from datetime import datetime

from allauth.usersessions.models import UserSession

from live import control
from people.models import ApiToken, User


def rights_changed(person: User, *, by: User, at: datetime) -> None:
    """Have every process look again at what the person's open sockets may still hear."""
    control.rights_changed(user_id=person.pk, stream=None, by=by, at=at)


def end_sessions(person: User, *, but: str = "") -> int:
    """End the person's browser sessions, except the one with key `but`; return how many."""
    ended = list(UserSession.objects.filter(user_id=person.pk).exclude(session_key=but))
    for session in ended:
        session.end()
    return len(ended)


def revoke_tokens(person: User, *, at: datetime) -> int:
    """Revoke the person's tokens; return how many were still good."""
    return ApiToken.objects.filter(user=person, revoked_at__isnull=True).update(revoked_at=at)
