"""The demo's agencies and people, built through the actions; passwords are random per installation."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from people.actions import agencies, positions, posts, rights, users
from people.catalogue import entry_for
from people.models import Agency, User
from people.queries import current_posts, system_user
from people.slips import new_password

FROM = date(2026, 1, 1)
DATA = Path(__file__).parent / "data" / "demo.json"


@dataclass(frozen=True)
class DemoPerson:
    """Somebody to sign in as; `roles` says what the person does in the demo, `agency` is the code of the first post."""

    username: str
    password: str
    name: str
    agency: str
    roles: list[str]


def build(at: datetime) -> list[DemoPerson]:
    """Fill in whatever agency or person of the demo is missing, and return the people; refused in production."""
    if settings.PRODUCTION:
        raise ImproperlyConfigured("Demo people have known passwords: there is no demo in production.")
    people = completed(kept()) or keep(drawn())
    if is_built():
        return people
    by = system_user()
    for agency in data()["agencies"]:
        found(agency, by, at)
    fill_catalogue(by, at)
    passwords = {person.username: person.password for person in people}
    for person in data()["people"]:
        open_account(person, passwords[person["username"]], by, at)
    return people


@cache
def data() -> dict[str, Any]:
    """Return the demo's agencies and people as written in data/demo.json."""
    return dict(json.loads(DATA.read_text(encoding="utf-8")))


def path() -> Path:
    """Where this installation keeps the passwords of its demo people."""
    return Path(settings.DATA_DIR) / "demo-people.json"


def kept() -> list[DemoPerson]:
    """Return the demo people of this installation, none before the demo was built."""
    if not path().exists():
        return []
    return [DemoPerson(**person) for person in json.loads(path().read_text(encoding="utf-8"))]


def drawn() -> list[DemoPerson]:
    """Return the demo people with new random passwords."""
    if User.objects.filter(is_system=False).exists():
        raise ImproperlyConfigured(
            f"This database already has people and {path()} is missing: `make demo-reset` builds the demo anew."
        )
    return [newcomer(person) for person in data()["people"]]


def completed(people: list[DemoPerson]) -> list[DemoPerson]:
    """Add whoever has joined the demo since it was built here."""
    names = {person.username for person in people}
    joined = [newcomer(person) for person in data()["people"] if person["username"] not in names]
    return keep(people + joined) if people and joined else people


def newcomer(person: dict[str, Any]) -> DemoPerson:
    """Return a demo person with a new random password."""
    return DemoPerson(person["username"], new_password(), person["name"], person["posts"][0][0], person["roles"])


def fill_catalogue(by: User, at: datetime) -> None:
    """Enter the titles of office that are missing, for the whole tree."""
    top = Agency.objects.get(code=data()["agencies"][0]["code"])
    for name, rank, role in data()["positions"]:
        if entry_for(top.pk, name) is None:
            positions.add(top, name=name, rank=rank, role=role, by=by, at=at)


def keep(people: list[DemoPerson]) -> list[DemoPerson]:
    """Write the passwords where only the owner of the installation reads them, before anybody is created."""
    path().parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path(), os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump([asdict(person) for person in people], file, ensure_ascii=False, indent=1)
    return people


def is_built() -> bool:
    """Is everybody of the demo there?"""
    return User.objects.filter(is_demo=True).count() == len(data()["people"])


def found(agency: dict[str, str], by: User, at: datetime) -> None:
    """Found one agency unless it is there."""
    if Agency.objects.filter(code=agency["code"]).exists():
        return
    fields = {key: value for key, value in agency.items() if key != "parent"}
    parent = Agency.objects.get(code=agency["parent"]) if "parent" in agency else None
    agencies.create(**fields, parent=parent, from_day=FROM, by=by, at=at)


def open_account(person: dict[str, Any], password: str, by: User, at: datetime) -> None:
    """Open one account with its posts unless it is there."""
    if User.objects.filter(username=person["username"]).exists():
        return
    (code, role, title), *further = person["posts"]
    slip = users.create(
        username=person["username"],
        full_name=person["name"],
        agency=Agency.objects.get(code=code),
        role=role,
        title=title,
        from_day=FROM,
        password=password,
        is_demo=True,
        by=by,
        at=at,
    )
    for code, role, title in further:
        agency = Agency.objects.get(code=code)
        posts.give(slip.user, agency=agency, role=role, title=title, from_day=FROM, by=by, at=at)
    for right in person.get("rights", []):
        rights.give(current_posts(slip.user).get(), code=right, by=by, at=at)


def holders(role: str) -> list[User]:
    """Return the demo people with a role, in the order of data/demo.json."""
    names = [person["username"] for person in data()["people"] if role in person["roles"]]
    return sorted(User.objects.filter(username__in=names, is_demo=True), key=lambda user: names.index(user.username))


def holder(role: str) -> User:
    """Return the first demo person with a role (`clerk`, `leader`, `chair`, `secretary`, `member`, `guest`, …)."""
    return holders(role)[0]
