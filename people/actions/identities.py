"""Which identity of the provider may come in as whom: tied on first use, untied by an administrator."""

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.conf import settings

from ledger.door import action, nothing_changed
from ledger.record import record
from ledger.verdict import Refused
from people import rules
from people.leave import end_sessions, rights_changed
from people.locks import locked
from people.models import User
from people.queries import home_agency_id


@action
def tie(user: User, *, issuer: str, subject: str, by: User, at: datetime) -> User:
    """Tie an account to the identity that came first; a name given to somebody else later opens nothing."""
    user = locked(user)
    if by.pk != user.pk:
        raise Refused("not_yours")
    if SocialAccount.objects.filter(user_id=user.pk, provider=issuer, uid=subject).exists():
        nothing_changed()
        return user
    if SocialAccount.objects.filter(user_id=user.pk, provider=issuer).exists():
        raise Refused("identity_other", provider=settings.OIDC_NAME)
    SocialAccount.objects.create(user_id=user.pk, provider=issuer, uid=subject)
    record(user, "tie_identity", by=by, at=at, agency_id=home_agency_id(user), data={"issuer": issuer})
    return user


@action
def untie(user: User, *, by: User, at: datetime) -> None:
    """Untie every identity of the provider from an account; the devices of the person are signed out."""
    user = locked(user)
    rules.may_reset_password(by, user).require()
    if not SocialAccount.objects.filter(user_id=user.pk).delete()[0]:
        nothing_changed()
        return
    ended = end_sessions(user)
    record(user, "untie_identity", by=by, at=at, agency_id=home_agency_id(user), data={"sessions": ended})
    rights_changed(user, by=by, at=at)
