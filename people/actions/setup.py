"""The first administrator of a fresh installation."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password

from ledger.door import action
from ledger.verdict import Refused
from people import setup
from people.actions import agencies, users
from people.drafts import UNDRAWN, Secret, hashed_first
from people.locks import locked
from people.models import Post, User
from people.queries import system_user, today


@hashed_first
@action
def first_administrator(
    *,
    agency_code: str,
    agency_name: str,
    abbreviation: str,
    place: str,
    username: str,
    full_name: str,
    password: str,
    title: str,
    at: datetime,
    secret: Secret = UNDRAWN,
) -> User:
    """Found the top agency and open the administrator's account; possible once, for whoever has the console's code."""
    system = locked(system_user())  # two browsers with the same code: one of them waits here, then is refused
    if not setup.is_needed():
        raise Refused("already_set_up")
    validate_password(password)
    agency = agencies.create(
        code=agency_code,
        name=agency_name,
        abbreviation=abbreviation,
        place=place,
        from_day=today(),
        by=system,
        at=at,
    )
    opened = users.create(
        username=username,
        full_name=full_name,
        password=password,
        secret=secret,
        agency=agency,
        role=Post.Role.ADMIN,
        title=title,
        from_day=today(),
        by=system,
        at=at,
    )
    return opened.user
