"""Simulated people for rehearsals: without posts or passwords, so seen nowhere else; kept for the next time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password

from ledger.door import action
from ledger.record import record
from people.models import Agency, ApiToken, User
from people.names import sort_key
from people.tokens import digest, new_token

LABEL = "diễn tập"


def _username(number: int) -> str:
    """Return what the simulated person of that number is called by the program."""
    return f"dien-tap-{number:04d}"


@action
def enlist(agency: Agency, *, count: int, valid_for: timedelta, by: User, at: datetime) -> list[tuple[User, str]]:
    """Wake up so many simulated people for a rehearsal of this agency, each with a token; missing ones are made."""
    names = [_username(number) for number in range(1, count + 1)]
    known = set(User.objects.filter(username__in=names).values_list("username", flat=True))
    User.objects.bulk_create([_person(name) for name in names if name not in known])
    User.objects.filter(username__in=names, is_simulated=True).update(is_active=True)
    people = list(User.objects.filter(username__in=names, is_simulated=True).order_by("username"))
    texts = [new_token() for _ in people]
    ApiToken.objects.bulk_create(
        ApiToken(user=user, digest=digest(text), label=LABEL, created_at=at, expires_at=at + valid_for)
        for user, text in zip(people, texts, strict=True)
    )
    data = {"people": len(people), "rehearsal": LABEL}
    record(agency, "enlist_simulated", by=by, at=at, agency_id=agency.pk, data=data)
    return list(zip(people, texts, strict=True))


def _person(name: str) -> User:
    """Return an unsaved simulated person; nobody can sign in as one."""
    full_name = f"Đại biểu diễn tập {name.rsplit('-', 1)[-1]}"
    return User(
        username=name,
        full_name=full_name,
        sort_key=sort_key(full_name),
        password=make_password(None),
        is_simulated=True,
        is_active=False,
    )


@action
def dismiss(agency: Agency, *, people: Sequence[User], by: User, at: datetime) -> None:
    """Send simulated people back to sleep; their tokens are gone."""
    keys = [user.pk for user in people if user.is_simulated]
    tokens, _ = ApiToken.objects.filter(user__in=keys).delete()
    User.objects.filter(pk__in=keys).update(is_active=False)
    data = {"people": len(keys), "tokens": tokens, "rehearsal": LABEL}
    record(agency, "dismiss_simulated", by=by, at=at, agency_id=agency.pk, data=data)
