"""Accounts: opened with a slip, closed (never deleted), reset, unlocked, looked after by their owner."""

from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from axes.handlers.proxy import AxesProxyHandler
from django.db import IntegrityError, transaction

from ledger.door import action, nothing_changed
from ledger.record import record
from ledger.verdict import Refused
from people import rules
from people.actions import posts
from people.drafts import UNDRAWN, Secret, hashed_first
from people.leave import end_sessions, revoke_tokens, rights_changed
from people.locks import hold_agencies_over, locked
from people.models import Agency, User
from people.names import normalised
from people.queries import administrator_posts, home_agency_id
from people.slips import VALID_FOR, Slip


@hashed_first
@action
def create(
    *,
    username: str,
    full_name: str,
    agency: Agency,
    role: str,
    title: str,
    by: User,
    at: datetime,
    from_day: date,
    email: str = "",
    phone: str = "",
    password: str | None = None,
    is_demo: bool = False,
    secret: Secret = UNDRAWN,
) -> Slip:
    """Open an account with its first post; without a `password` the slip holds one that must be replaced."""
    rules.may_add_user(by, agency).require()
    rules.is_fit_username(username).require()
    if User.objects.filter(username=username).exists():
        raise Refused("username_taken")
    slip_until = None if password else at + VALID_FOR
    facts = {"full_name": full_name, "slip_valid_until": slip_until, "is_demo": is_demo, "email": email, "phone": phone}
    user = _named(username, secret, facts)
    record(user, "create", by=by, at=at, agency_id=agency.pk, data={"username": username, "name": user.full_name})
    posts.give(user, agency=agency, role=role, title=title, from_day=from_day, by=by, at=at)
    return Slip(user, secret.password, slip_until or at)


@action
def update(user: User, *, revision: int, by: User, at: datetime, full_name: str, email: str, phone: str) -> User:
    """Correct a person's name and how to reach them, as they were read at `revision`."""
    user = locked(user)
    rules.may_manage(by, user).require()
    rules.is_unchanged(user, revision).require()
    return _changed(user, {"full_name": normalised(full_name), "email": email, "phone": phone}, by=by, at=at)


@action
def update_own(user: User, *, by: User, at: datetime, email: str, phone: str, language: str) -> User:
    """Change one's own contact data and language."""
    user = locked(user)
    if by.pk != user.pk:
        raise Refused("not_yours")
    return _changed(user, {"email": email, "phone": phone, "language": language}, by=by, at=at)


@action
def deactivate(user: User, *, reason: str, by: User, at: datetime) -> User:
    """Close the account: sessions, tokens and sockets end now; what the person did stays."""
    hold_agencies_over(administrator_posts(user))
    user = locked(user)
    rules.may_deactivate(by, user).require()
    home = home_agency_id(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    ended = {"sessions": end_sessions(user), "tokens": revoke_tokens(user, at=at)}
    record(user, "deactivate", by=by, at=at, agency_id=home, data={"reason": reason, **ended})
    rights_changed(user, by=by, at=at)
    return user


@hashed_first
@action
def reactivate(user: User, *, by: User, at: datetime, secret: Secret = UNDRAWN) -> Slip:
    """Open a closed account again, with a slip: whoever knew the old password is not let in by it."""
    user = locked(user)
    rules.may_reactivate(by, user).require()
    user.is_active = True
    slip = _new_slip(user, secret, at)
    record(user, "reactivate", by=by, at=at, agency_id=home_agency_id(user))
    return slip


@hashed_first
@action
def reset_password(user: User, *, by: User, at: datetime, secret: Secret = UNDRAWN) -> Slip:
    """Replace a forgotten password by one on a slip; open sessions and tokens end."""
    user = locked(user)
    rules.may_reset_password(by, user).require()
    slip = _new_slip(user, secret, at)
    ended = {"sessions": end_sessions(user), "tokens": revoke_tokens(user, at=at)}
    AxesProxyHandler.reset_attempts(username=user.username)
    record(user, "reset_password", by=by, at=at, agency_id=home_agency_id(user), data=ended)
    rights_changed(user, by=by, at=at)
    return slip


@hashed_first
@action
def change_password(
    user: User, *, password: str, by: User, at: datetime, keep_session: str = "", secret: Secret = UNDRAWN
) -> User:
    """Set one's own new password: a slip has done its work with that, and other devices and tokens end."""
    user = locked(user)
    if by.pk != user.pk:
        raise Refused("not_yours")
    user.password = secret.hashed
    user.slip_valid_until = None
    user.save(update_fields=["password", "slip_valid_until"])
    ended = {"sessions": end_sessions(user, but=keep_session), "tokens": revoke_tokens(user, at=at)}
    record(user, "change_password", by=by, at=at, agency_id=home_agency_id(user), data=ended)
    rights_changed(user, by=by, at=at)
    return user


@action
def remove_factors(user: User, *, by: User, at: datetime) -> None:
    """Take off the two-step sign-in of a person who has lost the device."""
    user = locked(user)
    rules.may_reset_password(by, user).require()
    removed = list(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True))
    if not removed:
        nothing_changed()
        return
    Authenticator.objects.filter(user_id=user.pk).delete()
    record(user, "remove_factors", by=by, at=at, agency_id=home_agency_id(user), data={"types": sorted(removed)})


@action
def end_other_sessions(user: User, *, current: str, by: User, at: datetime) -> int:
    """End one's own sessions on all other devices; return how many there were."""
    if by.pk != user.pk:
        raise Refused("not_yours")
    ended = end_sessions(user, but=current)
    if not ended:
        nothing_changed()
        return 0
    record(user, "end_sessions", by=by, at=at, agency_id=home_agency_id(user), data={"sessions": ended})
    rights_changed(user, by=by, at=at)
    return ended


@action
def unlock(user: User, *, by: User, at: datetime) -> None:
    """Let a person try again at once after too many wrong passwords."""
    rules.may_unlock(by, user).require()
    if not AxesProxyHandler.reset_attempts(username=user.username):
        nothing_changed()
        return
    record(user, "unlock", by=by, at=at, agency_id=home_agency_id(user))


def _named(username: str, secret: Secret, facts: dict[str, Any]) -> User:
    """Store the account; of two that ask for one name at once the second is refused."""
    try:
        with transaction.atomic():
            return User.objects.create(username=username, password=secret.hashed, **facts)
    except IntegrityError:
        raise Refused("username_taken") from None


def _new_slip(user: User, secret: Secret, at: datetime) -> Slip:
    slip = Slip(user, secret.password, at + VALID_FOR)
    user.password, user.slip_valid_until = secret.hashed, slip.valid_until
    user.save(update_fields=["password", "slip_valid_until", "is_active"])
    return slip


def _changed(user: User, wanted: dict[str, str], *, by: User, at: datetime) -> User:
    """Store what differs; contact data is named in the record, not copied into it."""
    changed = {key: value for key, value in wanted.items() if getattr(user, key) != value}
    if not changed:
        nothing_changed()
        return user
    names = {"name_before": user.full_name, "name": changed["full_name"]} if "full_name" in changed else {}
    for key, value in changed.items():
        setattr(user, key, value)
    user.revision += 1
    user.save()
    record(user, "update", by=by, at=at, agency_id=home_agency_id(user), data={"fields": sorted(changed), **names})
    return user
