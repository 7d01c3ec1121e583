"""The steps of a plan written down: inside the action of the import, in bulk, every one recorded."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from ledger.record import record
from ledger.verdict import Refused
from people.actions import agencies, posts
from people.catalogue import entries_for, key_of
from people.models import Agency, Position, Post, User
from people.names import normalised, sort_key
from people.queries import every_agency, home_agency_id
from people.sheets.headings import PEOPLE, POSTS, UNITS
from people.sheets.plan import Plan, Step

BATCH = 500


def carry_out(plan: Plan, *, by: User, at: datetime) -> None:
    """Do everything the plan says: units, then people, then their posts."""
    for step in plan.steps:
        if step.kind == UNITS:
            write_unit(step, by, at)
    units = {agency.code: agency for agency in every_agency().filter(dissolved_on__isnull=True)}
    named = add_people(plan.of(PEOPLE, "add"), plan.of(POSTS, "add"), units, by, at)
    change_people(plan.of(PEOPLE, "change"), by, at)
    add_posts(plan.of(POSTS, "add"), named, units, by, at)
    for step in plan.of(POSTS, "change"):
        retitle(step, units, by, at)


def write_unit(step: Step, by: User, at: datetime) -> None:
    """Found a unit, or change what it is called and where it stands."""
    facts = dict(step.facts)
    code, parent = facts.pop("code"), facts.pop("parent", "")
    day = date.fromisoformat(facts.pop("from_day", str(date.min)))
    above = Agency.objects.get(code=parent) if parent else None
    if step.verb == "add":
        printed = {"abbreviation": code[:20], "place": above.place if above else "", **facts}
        agencies.create(code=code, parent=above, from_day=day, by=by, at=at, **printed)
        return
    agency = Agency.objects.get(code=code)
    if facts:
        agency = agencies.rename(agency, revision=agency.revision, by=by, at=at, **facts)
    if above is not None:
        agencies.place_under(agency, parent=above, from_day=day, by=by, at=at)


def add_people(
    steps: list[Step], given: list[Step], units: dict[str, Agency], by: User, at: datetime
) -> dict[str, User]:
    """Open the accounts without a password that works: slips are made when they are printed."""
    homes = {step.facts["username"]: units[step.facts["unit"]].pk for step in reversed(given)}
    people = [new_user(step.facts) for step in steps]
    made = stored(people)
    for user in made:
        data = {"username": user.username, "name": user.full_name, "by": "import"}
        record(user, "create", by=by, at=at, agency_id=homes[user.username], data=data)
    return {user.username: user for user in made}


def new_user(facts: dict[str, Any]) -> User:
    """Return an unsaved account, as `User.save` would keep it."""
    name = normalised(facts["full_name"])
    contact = {"email": facts["email"], "phone": facts["phone"]}
    return User(
        username=facts["username"], full_name=name, sort_key=sort_key(name), password=make_password(None), **contact
    )


def stored(people: list[User]) -> list[User]:
    """Store the accounts; a name somebody took since the plan was made stops everything."""
    try:
        with transaction.atomic():
            return User.objects.bulk_create(people, batch_size=BATCH)
    except IntegrityError:
        raise Refused("changed_meanwhile") from None


def change_people(steps: list[Step], by: User, at: datetime) -> None:
    """Correct names and contact data."""
    wanted = {step.facts["username"]: step.facts for step in steps}
    people = list(User.objects.filter(username__in=wanted))
    for user in people:
        facts = {name: value for name, value in wanted[user.username].items() if name != "username"}
        for name, value in facts.items():
            setattr(user, name, value)
        user.sort_key, user.revision = sort_key(user.full_name), user.revision + 1
        data = {"fields": sorted(facts), "name": user.full_name, "by": "import"}
        record(user, "update", by=by, at=at, agency_id=home_agency_id(user), data=data)
    User.objects.bulk_update(people, ["full_name", "sort_key", "email", "phone", "revision"], batch_size=BATCH)


def add_posts(steps: list[Step], named: dict[str, User], units: dict[str, Agency], by: User, at: datetime) -> None:
    """Appoint people, new ones and known ones."""
    missing = {step.facts["username"] for step in steps} - named.keys()
    people = {**named, **{user.username: user for user in User.objects.filter(username__in=missing)}}
    entries = entries_for((units[step.facts["unit"]].pk, step.facts["title"]) for step in steps)
    rows = [new_post(step.facts, people, units, entries) for step in steps]
    for post in Post.objects.bulk_create(rows, batch_size=BATCH):
        data = {"user": str(post.user.public_id), "name": post.user.full_name, "role": post.role, "title": post.title}
        data |= {"from": str(post.valid_from), "by": "import"}
        record(post, "give", by=by, at=at, agency_id=post.agency_id, data=data)


def new_post(
    facts: dict[str, Any],
    people: dict[str, User],
    units: dict[str, Agency],
    entries: dict[tuple[int, str], Position | None],
) -> Post:
    """Return an unsaved post."""
    agency = units[facts["unit"]]
    return Post(
        user=people[facts["username"]],
        agency=agency,
        role=facts["role"],
        title=facts["title"],
        position=entries[agency.pk, key_of(facts["title"])],
        valid_from=date.fromisoformat(facts["from_day"]),
        valid_to=date.fromisoformat(facts["to_day"]) if facts["to_day"] else None,
    )


def retitle(step: Step, units: dict[str, Agency], by: User, at: datetime) -> None:
    """Give a post that is held another title."""
    held = Post.objects.filter(
        user__username=step.facts["username"],
        agency=units[step.facts["unit"]],
        role=step.facts["role"],
        valid_from=date.fromisoformat(step.facts["held_from"]),
    )
    posts.retitle(held.get(), title=step.facts["title"], by=by, at=at)
