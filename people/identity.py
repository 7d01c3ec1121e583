"""Whose account an identity of the provider (OpenID Connect) is: known by issuer and subject, first by its name."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base.constants import AuthError
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from ledger.door import retrying
from ledger.verdict import Refused
from people import sign_in
from people.actions import identities
from people.models import User


def who(request: HttpRequest, identity: SocialAccount) -> User:
    """Return the open account of this identity, tied on first use; a refusal is written down with its reason."""
    name = claimed_name(identity)
    user = owner(identity) or User.objects.filter(username=name, is_system=False).first()
    try:
        if not consistent(identity):
            raise Refused("identity_silent", provider=settings.OIDC_NAME)
        return admitted(user, identity, name)
    except Refused:
        sign_in.note(request, "refused", name, user)
        raise


def admitted(user: User | None, identity: SocialAccount, name: str) -> User:
    """Return the person with the identity tied to the account, or `Refused`."""
    if user is None:
        raise Refused("identity_unknown" if name else "identity_nameless", provider=settings.OIDC_NAME, name=name)
    if not user.is_active:
        raise Refused("account_closed")
    if identity.pk:
        return user
    key = {"issuer": identity.provider, "subject": identity.uid}
    return retrying(lambda: identities.tie(user, **key, by=user, at=timezone.now()))


def owner(identity: SocialAccount) -> User | None:
    """Return whose account the identity is tied to already."""
    found = User.objects.filter(pk=identity.user_id) if identity.pk else User.objects.none()
    return found.first()


def claimed_name(identity: SocialAccount) -> str:
    """Return the sign-in name the provider claims, spelled as names are kept here; empty if it claims none."""
    told = {**identity.extra_data.get("id_token", {}), **identity.extra_data.get("userinfo", {})}
    value = told.get(settings.OIDC_USERNAME_CLAIM)
    return value.strip().lower().replace("\x00", "")[:60] if isinstance(value, str) else ""


def consistent(identity: SocialAccount) -> bool:
    """Do the ID token and the user info speak of the same subject (OpenID Connect Core 5.3.2)?"""
    parts = [identity.extra_data.get(part, {}).get("sub") for part in ("id_token", "userinfo")]
    return parts[0] is not None and len(set(parts)) == 1


def failed(error: Any, exception: Exception | None) -> Refused:
    """Return the refusal that explains why a sign-in at the provider came to nothing."""
    if error == AuthError.CANCELLED:
        return Refused("identity_cancelled", provider=settings.OIDC_NAME)
    return Refused("identity_silent" if exception else "identity_unfinished", provider=settings.OIDC_NAME)


def came_by_provider(request: HttpRequest, user: User) -> bool:
    """Did this session begin at the identity provider? Then the password on a slip need not be replaced."""
    return any(step.get("method") == "socialaccount" for step in get_authentication_records(request, user))
